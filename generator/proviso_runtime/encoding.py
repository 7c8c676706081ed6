"""Write bodies as the bytes that are sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import assert_never

from proviso_runtime import forms, multipart, shapes
from proviso_runtime.outgoing import Outgoing


def encoded(sent: Outgoing, members: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the bytes of a body and their media type. members: what shows the key."""
    match sent.encoding:
        case "json":
            return json_body(sent.body, members), "application/json"
        case "form":
            return forms.urlencoded(forms.fields(sent.body, members))
        case "multipart":
            return multipart.written(forms.fields(sent.body, members), sent.files)
        case _:
            assert_never(sent.encoding)


def json_body(body: object, members: Mapping[str, str]) -> bytes:
    """Write a JSON body.

    members: what shows the key; it stands in the object, or in every object where the body is a list.
    """
    if shapes.is_object(body):
        body = {**body, **members}
    elif shapes.is_array(body):
        body = [{**item, **members} if shapes.is_object(item) else item for item in body]
    # Escaping all but ASCII carries every string, half a surrogate pair included.
    return json.dumps(body, allow_nan=False, separators=(",", ":")).encode()
