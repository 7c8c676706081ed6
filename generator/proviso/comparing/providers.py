"""Providers and models that came, went, or are others; what models share is told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proviso import ir
from proviso.comparing.bodies import bodies
from proviso.comparing.changes import Change, breaking, compatible
from proviso.comparing.examples import with_examples
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Fact, Here
from proviso.comparing.prices import prices
from proviso.comparing.rules import rules
from proviso.comparing.walk import parts

_FACT = Fact(rule="other", what="a fact", changed=breaking("{at} is {new} in place of {old}"))


def provider(old: ir.Provider | None, new: ir.Provider | None) -> Iterator[Change]:
    """Yield every change of one provider and its models; None where there is none."""
    one = old or new
    if one is None:
        return
    here = Here(subject=one.name, at="", old=(old or one).place, new=(new or one).place, fact=_FACT)
    if old is None or new is None:
        came = compatible("there is one more provider: {new}")
        went = breaking("{old} is gone: image clients of it are no longer made")
        yield here.change(went if new is None else came, old=old, new=new, rule="provider")
        return
    yield from parts(here, old, new, apart=("models", "path"))
    for before, after in _paired(old.models, new.models):
        yield from _model(here, before, after)


def _paired(old: tuple[ir.Model, ...], new: tuple[ir.Model, ...]) -> Iterator[tuple[ir.Model | None, ir.Model | None]]:
    """Pair models by their names, and those that are left by their ids."""
    names = {one.name: one for one in new}
    left = {one.id: one for one in new if one.name not in {other.name for other in old}}
    taken: set[str] = set()
    for one in old:
        twin = names.get(one.name) or left.get(one.id)
        if twin is not None:
            taken.add(twin.name)
        yield one, twin
    for one in new:
        if one.name not in taken:
            yield None, one


def _model(around: Here, old: ir.Model | None, new: ir.Model | None) -> Iterator[Change]:
    one = new or old
    if one is None:
        return
    here = replace(around.into("", old, new), subject=f"{around.subject}/{one.name}", at="")
    if old is None:
        yield here.change(compatible("there is one more model: {new}"), new=new, rule="model")
    elif new is None:
        yield here.change(breaking("{old} is gone: no request to it is taken any longer"), old=old, rule="model")
    else:
        yield from parts(here, old, new, apart=("price", "body", "beside", "rules", "path"))
        priced = prices(here.into("price", old.price, new.price, FACTS[ir.Model, "price"]), old.price, new.price)
        yield from with_examples(priced, old, new)
        yield from rules(here.into("rules", old.rules, new.rules, FACTS[ir.Model, "rules"]), old.rules, new.rules)
        yield from bodies(here, old, new)
