"""The JSON Schema (2020-12) of a model's wire body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, kind_schemas, rule_schemas, words

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def body(model: ir.Model) -> kind_schemas.Schema:
    """Describe the body that goes over the wire, limits and rules included."""
    places = dict(_places(model.body, ()))
    rules = list(rule_schemas.rules(model, places))
    unsaid = list(rule_schemas.not_expressed(model))
    return {
        "$schema": DIALECT,
        "title": model.title,
        "description": model.summary,
        **_object(model, model.body),
        **({"allOf": rules} if rules else {}),
        **({"x-proviso-not-expressed": unsaid} if unsaid else {}),
    }


def _object(model: ir.Model, layout: ir.Members) -> kind_schemas.Schema:
    properties: kind_schemas.Schema = {}
    required: list[str] = []
    for name, member in layout.members:
        match member:
            case ir.Constant(value=value):
                properties[name] = {"const": words.plain(value)}
                required.append(name)
            case ir.Members():
                properties[name] = _object(model, member)
                required.append(name)
            case ir.Value(parameter=wanted):
                parameter = model.parameter(wanted)
                assert parameter is not None, wanted
                properties[name] = kind_schemas.parameter(parameter)
                if parameter.required:
                    required.append(name)
            case _:
                assert_never(member)
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _places(layout: ir.Members, at: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, member in layout.members:
        match member:
            case ir.Value(parameter=parameter):
                yield parameter, (*at, name)
            case ir.Members():
                yield from _places(member, (*at, name))
            case ir.Constant():
                pass
            case _:
                assert_never(member)
