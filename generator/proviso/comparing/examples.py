"""What a price that is reckoned otherwise means for the documented requests of a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proviso import ir
from proviso.comparing import saved
from proviso.comparing.changes import Change
from proviso.comparing.spoken import spoken, times
from proviso.oracle.exact import plain

_MOST = 3
_FORMULAS = ("hold", "charge")


def with_examples(changes: Iterator[Change], old: ir.Model, new: ir.Model) -> Iterator[Change]:
    """Add to every other formula what documented requests cost by it, and what they cost before."""
    for one in changes:
        if one.rule == "price" and one.at.rpartition(".")[2] in _FORMULAS and one.old and one.new:
            yield replace(one, consequence=f"{one.consequence}{_told(old, new)}")
        else:
            yield one


def _told(old: ir.Model, new: ir.Model) -> str:
    weighed = {one.name: _weighed(one, old, new) for one in (*old.witnesses, *new.witnesses)}
    passing = {name: one for name, one in weighed.items() if not one.old.wrong and not one.new.wrong}
    others = [
        _example(name, one.old.cost, one.new.cost) for name, one in passing.items() if one.old.cost != one.new.cost
    ]
    if others:
        more = f", and {len(others) - _MOST} more" if len(others) > _MOST else ""
        return f"; of the documented requests, {', '.join(others[:_MOST])}{more}"
    return "; the documented requests cost what they did" if passing else ""


def _example(name: str, old: saved.Cost, new: saved.Cost) -> str:
    moved = old.currency == new.currency and old.most and new.most and old.most != new.most
    share = times(old.most, new.most) if moved and old.most and new.most else ""
    return f"{spoken(name)} costs {new} in place of {old}{share}"


def _weighed(witness: ir.RequestWitness, old: ir.Model, new: ir.Model) -> saved.Weighed:
    body, beside = plain(witness.body), {name: plain(value) for name, value in witness.beside.items()}
    return saved.weigh(old, new, body, beside, on=None)
