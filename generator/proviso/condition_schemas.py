"""Conditions as JSON Schema of the wire body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from proviso import ir, kind_schemas, words

Schema = kind_schemas.Schema

NEVER: Schema = {"not": {}}
"""Describes no body at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the parameters of a model stand in one of its bodies.

    fixed: the values that the body has for parameters by what it is, None for those that it cannot have.
    A parameter that is in neither travels beside the body.
    """

    spots: Mapping[str, ir.Spot]
    fixed: Mapping[str, ir.Scalar | None] = field(default_factory=dict[str, ir.Scalar | None])

    def knows(self, *names: str) -> bool:
        """Tell whether the body says something of all these parameters."""
        return all(name in self.spots or name in self.fixed for name in names)


def holds(when: tuple[ir.Condition, ...], places: Places) -> Schema:
    """Describe the bodies for which conditions all hold; every body where there are none."""
    found = [one for condition in when if (one := _one(condition, places)) != {}]
    if NEVER in found:
        return NEVER
    return {} if not found else found[0] if len(found) == 1 else {"allOf": found}


def present(name: str, places: Places) -> Schema:
    """Describe the bodies that have something at the place of a parameter."""
    if name in places.fixed:
        return NEVER if places.fixed[name] is None else {}
    *around, last = places.spots[name]
    there: Schema = {"required": [last]} if isinstance(last, str) else {"minItems": last + 1}
    return inside(tuple(around), there, required=False)


def at(name: str, places: Places, value: Schema, *, required: bool) -> Schema:
    """Describe the bodies that have a value at the place of a parameter, or nothing there unless it is required."""
    return inside(places.spots[name], value, required=required)


def tests(one: ir.Condition) -> tuple[ir.Test, ...]:
    """Give what a condition asks of single parameters."""
    return one.conditions if isinstance(one, ir.Unless) else (one,)


def inside(spot: ir.Spot, value: Schema, *, required: bool) -> Schema:
    """Describe the bodies that have a value at a place, or nothing there unless it is required."""
    for step in reversed(spot):
        if isinstance(step, int):
            value = {"prefixItems": [*([{}] * step), value], **({"minItems": step + 1} if required else {})}
        else:
            value = {"properties": {step: value}, **({"required": [step]} if required else {})}
    return value


def _one(one: ir.Condition, places: Places) -> Schema:
    if isinstance(one, ir.Unless):
        inner = holds(one.conditions, places)
        return NEVER if inner == {} else {} if inner == NEVER else {"not": inner}
    if one.parameter in places.fixed:
        return {} if _is_fixed(one, places.fixed[one.parameter]) else NEVER
    match one:
        case ir.Among(parameter=parameter, values=values):
            allowed = [words.plain(value) for value in values]
            value: Schema = {"const": allowed[0]} if len(allowed) == 1 else {"enum": allowed}
            return at(parameter, places, _or_null(one, value), required=not one.by_default)
        case ir.Within(parameter=parameter, range=span):
            return at(parameter, places, _or_null(one, kind_schemas.kind_schema(span)), required=not one.by_default)
        case ir.Given(parameter=parameter, given=wanted):
            there = present(parameter, places)
            return there if wanted else {"not": there}
        case _:
            assert_never(one)


def _or_null(one: ir.Among | ir.Within, value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "null"}]} if one.or_null else value


def _is_fixed(one: ir.Test, value: ir.Scalar | None) -> bool:
    match one:
        case ir.Given(given=wanted):
            return (value is not None) is wanted
        case ir.Among(values=values):
            return one.by_default if value is None else any(ir.same(value, allowed) for allowed in values)
        case ir.Within(range=span):
            if not isinstance(value, int | Decimal):
                return value is None and one.by_default
            low = (span.minimum is None or value >= span.minimum) and (
                span.exclusive_minimum is None or value > span.exclusive_minimum
            )
            return low and (
                (span.maximum is None or value <= span.maximum)
                and (span.exclusive_maximum is None or value < span.exclusive_maximum)
            )
        case _:
            assert_never(one)
