"""Conditions as JSON Schema of the wire body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from proviso import ir, kind_schemas, words

Places = Mapping[str, tuple[str, ...]]
"""The way through the body to every parameter."""


def holds(when: tuple[ir.Condition, ...], places: Places) -> kind_schemas.Schema:
    """Describe the bodies for which conditions all hold; every body where there are none."""
    found = [_one(one, places) for one in when]
    return {} if not found else found[0] if len(found) == 1 else {"allOf": found}


def present(place: tuple[str, ...]) -> kind_schemas.Schema:
    """Describe the bodies that have something at a place."""
    *around, last = place
    return at(tuple(around), {"required": [last]}, required=False)


def at(place: tuple[str, ...], value: kind_schemas.Schema, *, required: bool) -> kind_schemas.Schema:
    """Describe the bodies that have a value at a place, or nothing there unless it is required."""
    for name in reversed(place):
        value = {"properties": {name: value}, **({"required": [name]} if required else {})}
    return value


def _one(one: ir.Condition, places: Places) -> kind_schemas.Schema:
    match one:
        case ir.Among(parameter=parameter, values=values):
            allowed = [words.plain(value) for value in values]
            value: kind_schemas.Schema = {"const": allowed[0]} if len(allowed) == 1 else {"enum": allowed}
            return at(places[parameter], value, required=not one.by_default)
        case ir.Within(parameter=parameter, range=span):
            return at(places[parameter], kind_schemas.kind_schema(span), required=not one.by_default)
        case ir.Given(parameter=parameter, given=wanted):
            there = present(places[parameter])
            return there if wanted else {"not": there}
        case ir.Unless(conditions=conditions):
            return {"not": holds(conditions, places)}
        case _:
            assert_never(one)
