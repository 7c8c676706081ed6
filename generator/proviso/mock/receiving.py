"""The document that a request carries, in whatever encoding the call is documented with."""

from __future__ import annotations

from collections.abc import Sequence
from email import policy
from email.parser import BytesParser
from urllib.parse import parse_qsl

from proviso import ir
from proviso.mock import beside
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
            found = _typed(model, parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True))
        case "multipart":
            found = _typed(model, _parts(asked))
    return access.body(way, found)


def _parts(asked: Asked) -> list[tuple[str, object]]:
    head = f"content-type: {asked.headers.get('content-type', '')}\r\n\r\n".encode()
    message = BytesParser(policy=policy.HTTP).parsebytes(head + asked.body)
    if not message.is_multipart():
        raise WrongBody("the body has no parts")
    found: list[tuple[str, object]] = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found.append((name, content if part.get_filename() is not None else content.decode(errors="replace")))
    return found


def _typed(model: ir.Model, members: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Read texts as the values of the parameters that they are for; what comes more than once is a list."""
    kinds = _kinds(model)
    found: dict[str, object] = {}
    for name, text in members:
        bare = name.removesuffix("[]")
        kind = kinds.get(name, kinds.get(bare))
        known = name if name in kinds else bare
        if isinstance(kind, ir.Sequence):
            items = found.setdefault(known, [])
            assert isinstance(items, list)
            items.append(beside.value(kind.items, text) if isinstance(text, str) else text)
        else:
            found[known] = beside.value(kind, text) if isinstance(text, str) and kind is not None else text
    return found


def _kinds(model: ir.Model) -> dict[str, ir.Kind]:
    """Return the kinds of the parameters by the names of their members in the body."""
    if not isinstance(model.body, ir.Members):
        return {}
    found: dict[str, ir.Kind] = {}
    for name, member in model.body.members:
        parameter = model.parameter(member.parameter) if isinstance(member, ir.Value) and not member.as_json else None
        if parameter is not None:
            found[name] = ir.bare(parameter.kind)
    return found
