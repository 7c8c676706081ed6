"""Bodies as they left, read by what their media type says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from harness.access import Call
from proviso import ir

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
    fields: dict[str, list[str]] = {}
    if media_type == _TYPES["multipart"]:
        for name, text in _parts(sent):
            fields.setdefault(name, []).append(text)
        return fields
    assert media_type == _TYPES["form"]
    for name, text in parse_qsl(sent.body.decode(), keep_blank_values=True, strict_parsing=bool(sent.body)):
        fields.setdefault(name, []).append(text)
    return fields


def _parts(sent: Call) -> Iterator[tuple[str, str]]:
    """Read the parts of a multipart form as the standard library reads mail."""
    head = f"MIME-Version: 1.0\r\nContent-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + sent.body, policy=HTTP)
    assert message.is_multipart()
    assert not message.defects
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert part.get_content_disposition() == "form-data"
        yield str(part.get_param("name", header="content-disposition")), content.decode()


def expected(model: ir.Model, body: object) -> object:
    """Return what `read` gives of a body, however it is written."""
    if model.encoding == "json":
        return body
    assert isinstance(body, dict)
    listed = {name: value if isinstance(value, list) else [value] for name, value in body.items()}
    return {name: [text(item) for item in items] for name, items in listed.items() if items}


def text(value: object) -> str:
    """Write a value as it stands in a path, a query, a header or a form."""
    return value if isinstance(value, str) else json.dumps(value)
