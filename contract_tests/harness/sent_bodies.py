"""Bodies as they left, read by what their media type says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import compat32
from urllib.parse import parse_qsl

from proviso import ir
from proviso.oracle import bodies, contents
from proviso.oracle.proofs import Call

_TYPES: dict[ir.BodyEncoding, str] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
}


def read(sent: Call) -> object:
    """Return the JSON of a body, or the fields of a form: those of one name as a list."""
    media_type = sent.headers["content-type"].partition(";")[0]
    if media_type == _TYPES["json"]:
        return json.loads(sent.body)
    fields: dict[str, list[object]] = {}
    if media_type == _TYPES["multipart"]:
        for name, content in _parts(sent):
            fields.setdefault(name, []).append(content)
        return fields
    assert media_type == _TYPES["form"]
    for name, text in parse_qsl(sent.body.decode(), keep_blank_values=True, strict_parsing=bool(sent.body)):
        fields.setdefault(name, []).append(text)
    return fields


def _parts(sent: Call) -> Iterator[tuple[str, object]]:
    """Read the parts of a multipart form: texts, and files by their names and types."""
    _, _, boundary = sent.headers["content-type"].partition("boundary=")
    before, *parts, end = sent.body.split(f"--{boundary}".encode())
    assert (before, end) == (b"", b"--\r\n")
    for part in parts:
        assert part.startswith(b"\r\n")
        assert part.endswith(b"\r\n")
        lines, _, content = part[2:-2].partition(b"\r\n\r\n")
        described = message_from_bytes(lines + b"\r\n\r\n", policy=compat32)
        assert not described.defects
        assert described.get_content_disposition() == "form-data"
        name = str(described.get_param("name", header="content-disposition"))
        if (filename := described.get_filename()) is None:
            assert "content-type" not in described
            yield name, content.decode()
        else:
            media_type = str(described["content-type"])
            assert filename == contents.filename(name, media_type)
            yield name, contents.File(name=name, media_type=media_type, content=content)


def expected(model: ir.Model, body: object) -> object:
    """Return what `read` gives of a body, however it is written."""
    if model.encoding == "json":
        return body
    assert isinstance(body, dict)
    listed = {name: value if isinstance(value, list) else [value] for name, value in body.items()}
    return {name: [_field(model, name, item) for item in items] for name, items in listed.items() if items}


def _field(model: ir.Model, name: str, value: object) -> object:
    return contents.file(name, str(value)) if _is_file(model, name) else text(value)


def _is_file(model: ir.Model, name: str) -> bool:
    """Say whether a field of a form, or a numbered one of its name, is where a file belongs."""
    files = {
        one.name
        for one in model.parameters
        for kind in ir.every_kind(one.kind)
        if getattr(kind, "format", "") == "binary"
    }
    arms = [arm.body for arm in model.body.arms] if isinstance(model.body, ir.Chosen) else [bodies.arm(model, {})]
    return any(
        spelled == re.sub("[0-9]+" if "{n}" in str(spelled) else "$^", "{n}", name)
        for layout in arms
        for parameter, spelled in _spelled(layout)
        if parameter in files
    )


def _spelled(layout: bodies.Container) -> Iterator[tuple[str, object]]:
    numbered = bodies.numbered(layout)
    for parameter, spot in bodies.places(layout).items():
        yield parameter, (numbered[parameter][0] if parameter in numbered else spot)[-1]


def text(value: object) -> str:
    """Write a value as it stands in a path, a query, a header or a form."""
    return value if isinstance(value, str) else json.dumps(value)
