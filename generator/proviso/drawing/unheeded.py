"""Values that keep their limits and go against one piece of advice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from proviso import ir
from proviso.drawing import values, wrong_values
from proviso.oracle import advice, limits
from proviso.oracle.limits import Breach

_MANY = 200  # right values of a kind, among which some go against advice


def values_of(one: ir.Parameter) -> dict[tuple[str, str], list[tuple[Breach, object]]]:
    """Return right values that go against one piece of advice, by its place and keyword."""
    found: dict[tuple[str, str], list[tuple[Breach, object]]] = {}
    for value in _candidates(one):
        breaches = [] if limits.broken(one.kind, value) else list(advice.against(one, value))
        if len(breaches) == 1:
            found.setdefault((breaches[0].place, breaches[0].rule), []).append((breaches[0], value))
    return found


def _candidates(one: ir.Parameter) -> Iterator[object]:
    if one.advice is not None:
        yield from wrong_values.candidates(one.advice.kind)
        yield from itertools.islice(values.different(one.kind), _MANY)
    yield from _of_kind(one.kind)


def _of_kind(kind: ir.Kind) -> Iterator[object]:
    match kind:
        case ir.Nullable(of=inner):
            yield from _of_kind(inner)
        case ir.Union(arms=arms):
            yield from (value for arm in arms for value in _of_kind(arm))
        case ir.Sequence(items=items, min_items=least):
            usual = next(values.different(items))
            yield from ([value, *[usual] * ((least or 1) - 1)] for value in _of_kind(items))
        case ir.Object(members=members):
            right = values.whole(kind)
            yield from ({**right, one.name: value} for one in members for value in _candidates(one))
        case _:
            pass
