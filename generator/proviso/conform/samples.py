"""A request to begin with: one that the documents print, and else one that keeps every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from proviso import ir
from proviso.conform import costs
from proviso.drawing import settling, values
from proviso.drawing.candidates import ABSENT
from proviso.oracle import wire_reading
from proviso.oracle.subject import Params, Subject

Held = Mapping[str, object]

PROMPT = "a paper boat on a quiet pond, morning light"
"""What is asked for where the documents print no request."""


@cache
def usual(subject: Subject) -> Params:
    """Return the params that every probe is a change of: those of the cheapest printed request that says the most."""
    shown = [one for one in _shown(subject) if fits(subject, one)]
    known = costs.currency(subject.model)
    prices = {id(one): None if known is None else costs.most(subject, one, known) for one in shown}
    return min(shown, key=lambda one: (prices[id(one)] or 0, -len(one))) if shown else _made(subject)


def fits(subject: Subject, params: Params) -> bool:
    """Tell whether params break nothing."""
    return wire_reading.broken(subject.model, params) == ()


def changed(subject: Subject, params: Params, held: Held) -> Params | None:
    """Return params with other values, and what the rules ask for beside them; None where nothing keeps all rules.

    held: values, and ABSENT for what is left out.
    """
    merged = {name: value for name, value in {**params, **held}.items() if value is not ABSENT}
    if fits(subject, merged):
        return merged
    try:
        settled = settling.settled(subject, merged, number=0, held=held)
    except AssertionError:  # so it says that there is no such request
        return None
    return settled if fits(subject, settled) else None


def posts_by_itself(model: ir.Model) -> str | None:
    """Return the parameter that makes the provider call somebody."""
    return None if model.callback is None else model.callback.parameter


def _shown(subject: Subject) -> Iterator[Params]:
    silent = posts_by_itself(subject.model)
    for witness in subject.model.witnesses:
        for read in wire_reading.read(subject.model, witness.body, witness.beside)[:1]:
            if not read.wrong:
                yield {name: value for name, value in read.params.items() if name != silent}


def _made(subject: Subject) -> Params:
    start: dict[str, object] = {}
    for one in subject.model.parameters:
        if one.required:
            kind = ir.bare(one.kind)
            plain = isinstance(kind, ir.Text) and kind.pattern is None
            start[one.name] = _prompt(kind) if plain and isinstance(kind, ir.Text) else next(values.different(kind))
    return start if fits(subject, start) else settling.settled(subject, start, number=0, held={})


def _prompt(kind: ir.Text) -> str:
    return values.stretched(PROMPT, max(kind.min_length or 0, min(len(PROMPT), kind.max_length or len(PROMPT))))
