"""What the specs say about a request, worked out from them again and apart from generated code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from proviso import ir
from proviso.oracle import advice, json_types, limits
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Params


def hold(when: Iterable[ir.Condition], params: Params) -> bool:
    """Say whether conditions all hold for params."""
    return all(holds(one, params) for one in when)


def holds(condition: ir.Condition, params: Params) -> bool:
    """Say whether a condition holds for params."""
    match condition:
        case ir.Unless(conditions=conditions):
            return not hold(conditions, params)
        case ir.Given(parameter=name, given=wanted):
            return (name in params) is wanted
        case ir.Among() | ir.Within() if condition.parameter not in params:
            return condition.by_default
        case ir.Among() | ir.Within() if params[condition.parameter] is None:
            return condition.or_null
        case ir.Among(parameter=name, values=values):
            return any(same(params[name], plain(value)) for value in values)
        case ir.Within(parameter=name, range=span):
            return limits.broken(span, params[name]) == []
        case _:
            assert_never(condition)


def settled(model: ir.Model, params: Params) -> dict[str, object]:
    """Return params with the defaults that are sent for what is left out, and without those that never are."""
    kept = dict(params)
    for one in model.parameters:
        default = plain(one.default)
        if one.on_wire == "always":
            kept.setdefault(one.name, default)
        elif one.on_wire == "never" and one.name in kept and same(kept[one.name], default):
            del kept[one.name]
    return kept


def advised(model: ir.Model, params: Params) -> list[tuple[str, str]]:
    """Return where params that keep the limits go against what is advised about parameters, and in what."""
    return [
        (f"/{one.name}{breach.at}", breach.rule)
        for one in model.parameters
        if one.name in params
        for breach in advice.against(one, params[one.name])
    ]


def counting(model: ir.Model, params: Params, name: str) -> object:
    """Return what counts for a parameter: what is sent and not null, what a rule sets, or the default."""
    if params.get(name) is not None:
        return params[name]
    for rule in model.rules:
        if isinstance(rule, ir.Sets) and hold(rule.when, params) and name in dict(rule.values):
            return plain(dict(rule.values)[name])
    parameter = model.parameter(name)
    return plain(None if parameter is None else parameter.default)


def pixels(model: ir.Model, params: Params) -> tuple[int, int] | None:
    """Return the pixels that the size table gives for params."""
    if model.sizes is None:
        return None
    wanted = tuple(params.get(name) for name in model.sizes.by)
    return next((row.pixels for row in model.sizes.rows if row.values == wanted), None)


def pace(model: ir.Model, params: Params | None) -> ir.Pace:
    """Return the documented pace of polling; without params that of a job taken up by its id."""
    paces = () if isinstance(model.schedule, ir.Unknown) else model.schedule
    for one in paces:
        if not one.when or (params is not None and hold(one.when, params)):
            return one
    return ir.Pace()


def pause(pace: ir.Pace, age: float) -> float:
    """Return the documented pause after a poll of a job of some age, in seconds."""
    assert pace.every is not None
    reached = [every for least, every in pace.later if age >= least]
    return float(reached[-1] if reached else pace.every)


def whole_numbers(kind: ir.Kind, value: object) -> Iterator[object]:
    """Yield what a value holds where its kind takes integers alone."""
    match kind, value:
        case ir.Nullable(of=inner), _:
            yield from whole_numbers(inner, value)
        case ir.Sequence(items=items), list():
            yield from (number for item in value for number in whole_numbers(items, item))
        case ir.Object(members=members), dict():
            yield from (
                number for one in members if one.name in value for number in whole_numbers(one.kind, value[one.name])
            )
        case ir.Union(arms=arms), _:
            yield from (number for arm in arms if not limits.broken(arm, value) for number in whole_numbers(arm, value))
        case _ if json_types.type_names(kind) == ("integer",) and value is not None:
            yield value
        case _:
            pass
