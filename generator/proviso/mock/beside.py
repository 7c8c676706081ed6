"""What a paid call carries beside its body, read back into params."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.mock import fields
from proviso.mock.asking import Asked


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
            found[parameter.name] = fields.value(parameter.kind, text)
    return found


def fresh(model: ir.Model, asked: Asked) -> str | None:
    """Return the UUID that a request carries beside its body."""
    query = dict(asked.query)
    for one in model.beside:
        if isinstance(one.value, ir.Fresh):
            return query.get(one.name) if one.carrier == "query" else asked.headers.get(one.name.lower())
    return None
