"""Bodies as the specs lay them out, worked out from them again and apart from generated code."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from proviso import ir
from proviso.oracle import access, json_types, meaning
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params

FRESH = "0b4f1c9e-6f0c-4d55-9a40-1c2d3e4f5a6b"
"""A UUID of version 4, for bodies that are made here."""

Spot = tuple[str | int, ...]
Container = ir.Members | ir.Items


def arm(model: ir.Model, params: Params) -> Container:
    """Return the layout of the body that params have; that of the last one where no condition holds.

    Where a call may carry many requests, one alone is an array of one object.
    """
    if isinstance(model.body, ir.Many):
        return ir.Items(items=(model.body.each,))
    if not isinstance(model.body, ir.Chosen):
        return model.body
    fitting = (one for one in model.body.arms if meaning.hold(one.when, params))
    return next(fitting, model.body.arms[-1]).body


def arms(model: ir.Model) -> list[Container]:
    """Return the layouts of all bodies that requests may have."""
    return [one.body for one in model.body.arms] if isinstance(model.body, ir.Chosen) else [arm(model, {})]


def wire(model: ir.Model, params: Params, *, fresh: str = FRESH) -> object:
    """Lay params out as the body that goes over the wire."""
    return _laid(arm(model, params), _sent(model, params), fresh)


def beside(model: ir.Model, params: Params) -> dict[str, object]:
    """Return what travels beside the body, by the names of its parameters."""
    names = are_beside(model)
    return {name: value for name, value in meaning.settled(model, params).items() if name in names}


def are_beside(model: ir.Model) -> set[str]:
    """Return the parameters that travel beside the body."""
    return {one.value.parameter for one in model.beside if isinstance(one.value, ir.Value)}


def carried(model: ir.Model, params: Params, carrier: ir.Carrier, *, fresh: str) -> dict[str, object]:
    """Return what travels in the path, the query or the headers, by its name there."""
    found: dict[str, object] = {}
    params = _sent(model, params)
    for one in model.beside:
        match one.value:
            case ir.Value(parameter=name):
                if one.carrier == carrier and name in params:
                    found[one.name] = params[name]
            case ir.Constant(value=constant):
                if one.carrier == carrier:
                    found[one.name] = access.text(constant)
            case ir.Fresh():
                if one.carrier == carrier:
                    found[one.name] = fresh
    return found


def places(layout: ir.Layout, at: Spot = ()) -> dict[str, Spot]:
    """Return the way through the body to every parameter; to the first sibling of a numbered one."""
    return {name: spot for name, spot, _ in _placed(layout, at)}


def numbered(layout: ir.Layout) -> dict[str, tuple[Spot, int]]:
    """Return the numbered parameters: the way to their siblings, with {n} in it, and the first number."""
    return {name: (spot, start) for name, spot, start in _placed(layout, (), named=False) if start is not None}


def as_json(layout: ir.Layout) -> dict[str, Spot]:
    """Return the ways to the parameters that are written as JSON text."""
    return {
        member.parameter: (*place, step)
        for place, container in containers(layout).items()
        for step, member in (container.members if isinstance(container, ir.Members) else enumerate(container.items))
        if isinstance(member, ir.Value) and member.as_json
    }


def opened(layout: ir.Layout, body: object) -> object:
    """Return a body with the values of its JSON texts, which pages write with blanks of their own."""
    spots = as_json(layout).values()

    def look(value: object, at: Spot) -> object:
        match value:
            case str() if at in spots:
                return json.loads(value)
            case dict():
                return {name: look(one, (*at, name)) for name, one in value.items()}
            case list():
                return [look(one, (*at, index)) for index, one in enumerate(value)]
            case _:
                return value

    return look(body, ())


def containers(layout: ir.Layout, at: Spot = ()) -> dict[Spot, Container]:
    """Return every object and every list of the body by the way to it."""
    match layout:
        case ir.Members(members=members):
            inner: Iterable[tuple[str | int, ir.Layout]] = members
        case ir.Items(items=items):
            inner = enumerate(items)
        case _:
            return {}
    found: dict[Spot, Container] = {at: layout}
    for step, member in inner:
        found |= containers(member, (*at, step))
    return found


def pointer(steps: Iterable[str | int]) -> str:
    """Spell a way through a document as JSON Pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def leaves(layout: ir.Layout, kind: type[ir.Constant | ir.Fresh], at: Spot = ()) -> Iterator[Spot]:
    """Yield the ways to all constants, or to all UUIDs."""
    for place, container in containers(layout, at).items():
        inner = container.members if isinstance(container, ir.Members) else enumerate(container.items)
        yield from ((*place, step) for step, member in inner if isinstance(member, kind))


def at(body: object, spot: Spot) -> object:
    """Return what stands at a way through a body."""
    for step in spot:
        assert isinstance(body, dict | list)
        body = body[step]  # type: ignore[index]
    return body


def found(body: object, spot: Spot) -> object:
    """Return what stands at a way through a body, None where there is nothing."""
    for step in spot:
        match step, body:
            case str(), dict():
                body = body.get(step)
            case int(), list() if step < len(body):
                body = body[step]
            case _:
                return None
    return body


def fresh(model: ir.Model, params: Params, body: object) -> str:
    """Return the UUID that a body carries, held to version 4; another one where it carries none."""
    for spot in leaves(arm(model, params), ir.Fresh):
        found = at(body, spot)
        assert isinstance(found, str)
        assert str(uuid.UUID(found, version=4)) == found
        return found
    return FRESH


def _sent(model: ir.Model, params: Params) -> Params:
    """Return params as they are sent: with defaults that are asked for, and integers as Python has them."""
    settled = meaning.settled(model, params)
    kinds = {one.name: one.kind for one in model.parameters}
    return {name: _integer(kinds[name], value) if name in kinds else value for name, value in settled.items()}


def _integer(kind: ir.Kind, value: object) -> object:
    if isinstance(value, list) and isinstance(kind, ir.Sequence):
        return [_integer(kind.items, item) for item in value]
    match kind, value:
        case ir.Nullable(of=inner), _:
            return _integer(inner, value)
        case ir.Object(members=members), dict():
            kinds = {one.name: one.kind for one in members}
            return {name: _integer(kinds[name], one) if name in kinds else one for name, one in value.items()}
        case _:
            pass
    whole = isinstance(value, float) and value.is_integer() and json_types.type_names(kind) == ("integer",)
    return int(value) if whole and isinstance(value, float) else value


def _laid(layout: ir.Layout, params: Params, fresh: str) -> object:
    match layout:
        case ir.Constant(value=value):
            return plain(value)
        case ir.Fresh():
            return fresh
        case ir.Value(parameter=parameter, as_json=True):
            return json.dumps(params[parameter], ensure_ascii=False)
        case ir.Value(parameter=parameter):
            return params[parameter]
        case ir.Items(items=items):
            return [_laid(item, params, fresh) for item in items]
        case ir.Members(members=members):
            return dict(_members(members, params, fresh))
        case ir.Numbered():
            raise AssertionError("laid out with its siblings")
        case _:
            assert_never(layout)


def _members(members: tuple[tuple[str, ir.Layout], ...], params: Params, fresh: str) -> Iterator[tuple[str, object]]:
    for name, member in members:
        if isinstance(member, ir.Numbered):
            items = params.get(member.parameter, [])
            for number, item in enumerate(items if isinstance(items, list) else [], member.start):
                yield name.replace("{n}", str(number)), item
        elif not isinstance(member, ir.Value) or member.parameter in params:
            yield name, _laid(member, params, fresh)


def _placed(layout: ir.Layout, at: Spot, *, named: bool = True) -> Iterator[tuple[str, Spot, int | None]]:
    match layout:
        case ir.Value(parameter=parameter):
            yield parameter, at, None
        case ir.Numbered(parameter=parameter, start=start):
            name = str(at[-1])
            yield parameter, (*at[:-1], name.replace("{n}", str(start)) if named else name), start
        case ir.Members(members=members):
            for step, member in members:
                yield from _placed(member, (*at, step), named=named)
        case ir.Items(items=items):
            for index, item in enumerate(items):
                yield from _placed(item, (*at, index), named=named)
        case ir.Constant() | ir.Fresh():
            pass
        case _:
            assert_never(layout)


def known(layout: ir.Members, body: Mapping[str, object]) -> set[str]:
    """Return the names that a layout has for the members of a body."""
    siblings = {
        name.replace("{n}", str(number))
        for name, member in layout.members
        if isinstance(member, ir.Numbered)
        for number in range(len(body) + 2)
    }
    return siblings | {name for name, _ in layout.members}
