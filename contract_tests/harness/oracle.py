"""What the specs say about a request, worked out from them again and apart from generated code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import assert_never

from jsonschema import Draft202012Validator

from harness import limits
from harness.exact import plain, same
from harness.subjects import Params, Subject
from proviso import ir


@cache
def schema(subject: Subject) -> Draft202012Validator:
    """Return a validator of the published schema, which is a schema itself."""
    Draft202012Validator.check_schema(subject.module.SCHEMA)
    return Draft202012Validator(subject.module.SCHEMA)


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
        case ir.Among(parameter=name, values=values):
            return any(same(params[name], plain(value)) for value in values)
        case ir.Within(parameter=name, range=span):
            return limits.broken(span, params[name]) == []
        case _:
            assert_never(condition)


def wire(model: ir.Model, params: Params) -> dict[str, object]:
    """Lay params out as the body that goes over the wire."""
    return _members(model.body, params)


def _members(layout: ir.Members, params: Params) -> dict[str, object]:
    body: dict[str, object] = {}
    for name, member in layout.members:
        match member:
            case ir.Constant(value=value):
                body[name] = plain(value)
            case ir.Value(parameter=parameter):
                if parameter in params:
                    body[name] = params[parameter]
            case ir.Members():
                body[name] = _members(member, params)
            case _:
                assert_never(member)
    return body


def places(layout: ir.Members, at: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Return the way through the body to every parameter."""
    found: dict[str, tuple[str, ...]] = {}
    for name, member in layout.members:
        match member:
            case ir.Value(parameter=parameter):
                found[parameter] = (*at, name)
            case ir.Members():
                found |= places(member, (*at, name))
            case ir.Constant():
                pass
            case _:
                assert_never(member)
    return found


def containers(layout: ir.Members, at: tuple[str, ...] = ()) -> dict[tuple[str, ...], ir.Members]:
    """Return every object of the body by the way to it."""
    found = {at: layout}
    for name, member in layout.members:
        if isinstance(member, ir.Members):
            found |= containers(member, (*at, name))
    return found


def pointer(steps: Iterable[str | int]) -> str:
    """Spell a way through a document as JSON Pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


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


def is_whole(model: ir.Model, name: str) -> bool:
    """Say whether a parameter takes integers alone."""
    parameter = model.parameter(name)
    match None if parameter is None else parameter.kind:
        case ir.Integer():
            return True
        case ir.Choice(values=values):
            return isinstance(values[0], int)
        case _:
            return False
