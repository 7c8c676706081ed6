"""The document that a request carries, in whatever encoding the call is documented with."""

from __future__ import annotations

from urllib.parse import parse_qsl

from proviso import ir
from proviso.mock import fields, parts
from proviso.mock.asking import Asked
from proviso.oracle import access

_TYPES: dict[ir.BodyEncoding, tuple[str, ...]] = {
    "json": ("application/json", ""),
    "form": ("application/x-www-form-urlencoded",),
    "multipart": ("multipart/form-data",),
}


class WrongBody(ValueError):
    """A body that cannot be read as what the call is documented with."""


def document(model: ir.Model, way: ir.Way, asked: Asked) -> object:
    """Read the body of a paid call, without the key where the body shows it. Raises WrongBody."""
    if asked.media_type not in _TYPES[model.encoding]:
        raise WrongBody(f"the body is {asked.media_type or 'of no type'}, not {_TYPES[model.encoding][0]}")
    match model.encoding:
        case "json":
            try:
                found = asked.document
            except ValueError as wrong:
                raise WrongBody(f"the body is no JSON: {wrong}") from None
        case "form":
            pairs = parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True)
            found = fields.document(model, pairs)
        case "multipart":
            try:
                found = fields.document(model, parts.read(asked.headers["content-type"], asked.body))
            except ValueError as wrong:
                raise WrongBody(f"the body is no form in parts: {wrong}") from None
    return access.body(way, found)
