"""Parameters of a model that travel beside the body of its paid calls."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, kind_schemas, words
from proviso.exports.calls import Call
from proviso.kind_schemas import Schema

PAID = ("submit", "immediate")


def parameters(call: Call) -> Iterator[Schema]:
    """Describe what the query and the headers of a call carry of its models' own."""
    held = [(use, one) for use in call.uses if use.role in PAID for one in use.model.beside if one.carrier != "path"]
    for place in dict.fromkeys((one.carrier, one.name) for _, one in held):
        found = [_described(use.model, one) for use, one in held if (one.carrier, one.name) == place]
        required = len(found) == len(call.uses) and all(one["required"] for one in found)
        yield {**_joined(found), "required": required}


def in_path(call: Call, name: str) -> Schema | None:
    """Describe a place of the path; None where it is no parameter of a model."""
    found = [
        _described(use.model, one)
        for use in call.uses
        for one in (use.model.beside if use.role in PAID else ())
        if (one.carrier, one.name) == ("path", name)
    ]
    return _joined(found) if found else None


def _joined(found: list[Schema]) -> Schema:
    """Describe what several models carry in one place."""
    schemas = list({str(one["schema"]): one["schema"] for one in found}.values())
    return {**found[0], "schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}


def inputs(model: ir.Model) -> Schema:
    """Describe as inputs of a workflow what must travel beside the body; the rest is left out."""
    found: Schema = {}
    for one in _needed(model):
        described = _described(model, one)
        if isinstance(one.value, ir.Value):
            found[one.value.parameter] = described["schema"]
        elif isinstance(one.value, ir.Fresh):
            found["uuid"] = described["schema"]
    return found


def given(model: ir.Model) -> Iterator[Schema]:
    """Yield the same as the parameters of a step, but for those of the path."""
    for one in _needed(model):
        match one.value:
            case ir.Constant(value=value):
                written = words.written(value)
            case ir.Fresh():
                written = "$inputs.uuid"
            case ir.Value(parameter=name):
                written = f"$inputs.{name}"
        if one.carrier != "path":
            yield {"name": one.name, "in": one.carrier, "value": written}


def left_out(model: ir.Model) -> tuple[str, ...]:
    """Name what workflows leave out."""
    return tuple(one.name for one in model.beside if one not in _needed(model))


def _needed(model: ir.Model) -> tuple[ir.Beside, ...]:
    return tuple(
        one for one in model.beside if not isinstance(one.value, ir.Value) or _described(model, one)["required"]
    )


def _described(model: ir.Model, one: ir.Beside) -> Schema:
    found: Schema = {"name": one.name, "in": one.carrier, "required": True}
    match one.value:
        case ir.Constant(value=value):
            return {**found, "schema": {"type": "string", "enum": [words.written(value)]}}
        case ir.Fresh():
            described = "A UUID that is new in every request."
            return {**found, "description": described, "schema": {"type": "string", "format": "uuid"}}
        case ir.Value(parameter=name):
            parameter = model.parameter(name)
            assert parameter is not None, name
            schema = kind_schemas.kind_schema(parameter.kind)
            default = {} if parameter.default is None else {"default": words.plain(parameter.default)}
            found = {**found, "required": parameter.required, "description": parameter.description}
            return {**found, "schema": {**schema, **default}}
