"""What values that keep their limits do against advice, decided apart from generated code, and values that do so."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from harness import limits, values, wrong_values
from harness.limits import Breach
from proviso import ir

_MANY = 200  # right values of a kind, among which some go against advice


def against(one: ir.Parameter, value: object) -> Iterator[Breach]:
    """Yield every piece of advice that a value does not follow."""
    enforced = {breach.rule for breach in limits.broken(one.kind, value) if breach.at == ""}
    if one.advice is not None and value is not None:
        for breach in limits.broken(one.advice.kind, value):
            # About the length of a list every keyword speaks for itself; elsewhere the first that is broken is told.
            told = breach.rule in enforced if isinstance(value, list) else bool(enforced)
            if breach.at == "" and not told:
                yield breach
    yield from _inside(one.kind, value)


def stated(one: ir.Parameter) -> Iterator[tuple[str, str]]:
    """Yield every keyword that is advised about a parameter, by its place inside."""
    if one.advice is not None:
        yield from ((place, rule) for place, rule in limits.keywords(one.advice.kind) if place == "" and rule != "type")
    yield from _stated(one.kind)


def unheeded(one: ir.Parameter) -> dict[tuple[str, str], list[tuple[Breach, object]]]:
    """Return right values that go against one piece of advice, by its place and keyword."""
    found: dict[tuple[str, str], list[tuple[Breach, object]]] = {}
    for value in _candidates(one):
        breaches = [] if limits.broken(one.kind, value) else list(against(one, value))
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


def _inside(kind: ir.Kind, value: object) -> Iterator[Breach]:
    match kind, value:
        case ir.Nullable(of=inner), _:
            yield from _inside(inner, value)
        case ir.Sequence(items=items), list():
            for index, item in enumerate(value):
                yield from (breach.inside(str(index), "*") for breach in _inside(items, item))
        case ir.Object(members=members), dict():
            for one in members:
                if one.name in value:
                    yield from (breach.inside(one.name, one.name) for breach in against(one, value[one.name]))
        case ir.Union(arms=arms), _:
            yield from (found for arm in arms if not limits.broken(arm, value) for found in _inside(arm, value))
        case _:
            pass


def _stated(kind: ir.Kind) -> Iterator[tuple[str, str]]:
    match kind:
        case ir.Nullable(of=inner):
            yield from _stated(inner)
        case ir.Sequence(items=items):
            yield from ((f"/*{place}", rule) for place, rule in _stated(items))
        case ir.Object(members=members):
            yield from ((f"/{one.name}{place}", rule) for one in members for place, rule in stated(one))
        case ir.Union(arms=arms):
            yield from (found for arm in arms for found in _stated(arm))
        case _:
            pass
