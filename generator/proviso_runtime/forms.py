"""Write the fields of forms: a body as names and texts, and as one encoded text."""

from __future__ import annotations

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


def _texts(body: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        for item in value if shapes.is_array(value) else [value]:
            yield name, item if isinstance(item, str) else json.dumps(item)
