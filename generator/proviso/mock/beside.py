"""What a paid call carries beside its body, read back into params."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.mock.asking import Asked
from proviso.oracle import json_types


def params(model: ir.Model, asked: Asked, places: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters that stand in the path, the query and the headers. places: what stands in those of the path."""
    found: dict[str, object] = {}
    query = dict(asked.query)
    for one in model.beside:
        if not isinstance(one.value, ir.Value):
            continue
        match one.carrier:
            case "path":
                text = places.get(one.name)
            case "query":
                text = query.get(one.name)
            case "header":
                text = asked.headers.get(one.name.lower())
        parameter = model.parameter(one.value.parameter)
        if text is not None and parameter is not None:
            found[parameter.name] = value(parameter.kind, text)
    return found


def value(kind: ir.Kind, text: str) -> object:
    """Read a text as a value of a kind; the text itself where it is none."""
    types = json_types.type_names(kind)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    for wanted, read in (("integer", int), ("number", float)):
        if wanted in types:
            try:
                return read(text)
            except ValueError:
                continue
    return None if text == "null" and "null" in types and "string" not in types else text


def fresh(model: ir.Model, asked: Asked) -> str | None:
    """Return the UUID that a request carries beside its body."""
    query = dict(asked.query)
    for one in model.beside:
        if isinstance(one.value, ir.Fresh):
            return query.get(one.name) if one.carrier == "query" else asked.headers.get(one.name.lower())
    return None
