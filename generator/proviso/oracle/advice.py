"""What values that keep their limits do against advice, decided apart from generated code."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.oracle import limits
from proviso.oracle.limits import Breach


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
