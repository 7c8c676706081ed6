"""Write forms: fields as one text, or as the parts of a multipart body.

The HTTP library would choose a boundary by chance and write the parts while it sends them. Here the
same fields are the same bytes, known before they leave, so that they can be signed and digested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from proviso_runtime import shapes


def fields(body: object, members: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a body as texts; a list is a field that comes again for every item.

    members: what shows the key.
    """
    assert shapes.is_object(body)
    return tuple(_texts({**body, **members}))


def urlencoded(given: tuple[tuple[str, str], ...]) -> tuple[bytes, str]:
    """Return the bytes of an encoded form and their media type."""
    pairs = (f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in given)
    return "&".join(pairs).encode(), "application/x-www-form-urlencoded"


def multipart(given: tuple[tuple[str, str], ...]) -> tuple[bytes, str]:
    """Return the bytes of a multipart form and their media type, which names the boundary."""
    parts = [f'Content-Disposition: form-data; name="{_escaped(name)}"\r\n\r\n{text}'.encode() for name, text in given]
    boundary = _boundary(parts)
    mark = b"--" + boundary.encode()
    content = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return content, f"multipart/form-data; boundary={boundary}"


def _texts(body: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        for item in value if shapes.is_array(value) else [value]:
            yield name, item if isinstance(item, str) else json.dumps(item)


def _boundary(parts: list[bytes]) -> str:
    """Choose a boundary that stands in no part: the digest of them all, which no text can hold of itself."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _escaped(name: str) -> str:
    # As browsers write the names of fields.
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
