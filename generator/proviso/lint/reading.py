"""Documented requests read as the spec lays them out: the params that they carry, and what is not as the spec says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from proviso import ir, layouts
from proviso.lint import forms


def requests(model: ir.Model, one: ir.RequestWitness) -> Iterator[tuple[dict[str, object], list[str]]]:
    """Yield the params of every request that a documented body carries, and its problems in words."""
    if isinstance(model.body, ir.Many):
        yield from _each(model.body, one.body)
    else:
        yield _params(model, one)


def _each(body: ir.Many, given: object) -> Iterator[tuple[dict[str, object], list[str]]]:
    if not isinstance(given, list) or not 1 <= len(given) <= body.most:
        yield {}, [f"the body is not a list of 1 to {body.most} objects"]
        return
    for index, one in enumerate(given):
        found: dict[str, object] = {}
        yield found, list(_read(body.each, one, f"/{index}", found))


def _params(model: ir.Model, one: ir.RequestWitness) -> tuple[dict[str, object], list[str]]:
    found: dict[str, object] = {}
    problems = list(_beside(model, one.beside, found))
    arm = chosen(model.body, one.body)
    if arm is None:
        return found, [*problems, "the body is none of those that the spec chooses from"]
    if isinstance(model.body, ir.Chosen):
        found[model.body.parameter] = arm.value
    return found, [*problems, *_read(arm.body, one.body, "", found)]


def chosen(body: ir.Body, value: object) -> ir.Arm | None:
    """Find which of several bodies one is."""
    if not isinstance(body, ir.Chosen):
        return layouts.arms(body)[0]
    told = _at(value, body.at)
    for arm in body.arms:
        if ir.same(told, arm.told):
            return arm
    return None


def _at(value: object, spot: ir.Spot) -> object:
    for step in spot:
        match step, value:
            case str(), dict():
                value = value.get(step)
            case int(), list() if step < len(value):
                value = value[step]
            case _:
                return None
    return value


def _beside(model: ir.Model, given: Mapping[str, object], found: dict[str, object]) -> Iterator[str]:
    names = layouts.beside(model)
    for name, value in given.items():
        if name in names:
            found[name] = value
        else:
            listed = f"; there are {', '.join(names)}" if names else ""
            yield f"{name} does not travel beside the body{listed}"


def _read(layout: ir.Layout, value: object, at: str, found: dict[str, object]) -> Iterator[str]:
    match layout:
        case ir.Constant(value=constant):
            if not ir.same(value, constant):
                yield f"{at} is not {constant!r}"
        case ir.Value(parameter=parameter, as_json=True):
            try:
                found[parameter] = json.loads(value, parse_float=Decimal) if isinstance(value, str) else None
            except (ValueError, ArithmeticError, RecursionError):
                value = None
            if not isinstance(value, str):
                yield f"{at} is no JSON text"
        case ir.Value(parameter=parameter):
            found[parameter] = value
        case ir.Fresh():
            if not isinstance(value, str) or not forms.is_of("uuid", value):
                yield f"{at} is no UUID"
        case ir.Members():
            yield from _members(layout, value, at, found)
        case ir.Items(items=items):
            if not isinstance(value, list) or len(value) != len(items):
                many = f"{len(items)} item{'s' if len(items) > 1 else ''}"
                yield f"{at or 'the body'} is not a list of {many}"
                return
            for index, (item, one) in enumerate(zip(items, value, strict=True)):
                yield from _read(item, one, f"{at}/{index}", found)
        case ir.Numbered():
            raise AssertionError("read with its siblings")
        case _:
            assert_never(layout)


def _members(layout: ir.Members, body: object, at: str, found: dict[str, object]) -> Iterator[str]:
    if not isinstance(body, dict):
        yield f"{at or 'the body'} is not an object"
        return
    known = {name for name, member in layout.members if not isinstance(member, ir.Numbered)}
    for name, member in layout.members:
        if isinstance(member, ir.Numbered):
            names = list(_siblings(name, member, body))
            known.update(names)
            if names:
                found[member.parameter] = [body[one] for one in names]
        elif isinstance(member, ir.Members) and name not in body:
            yield from _members(member, {}, f"{at}/{name}", found)
        elif name in body or not isinstance(member, ir.Value):
            yield from _read(member, body.get(name), f"{at}/{name}", found)
    for name in body:
        if name not in known:
            yield f"{at}/{name} is no member of the body"


def _siblings(template: str, member: ir.Numbered, body: Mapping[str, object]) -> Iterator[str]:
    number: int = member.start
    while (name := layouts.sibling(template, number)) in body:
        yield name
        number += 1
