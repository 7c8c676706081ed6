"""Where a node of a JSON text stands: found by walking the text again, since the parser forgets it."""

from __future__ import annotations

import json
import re

from proviso.diagnostics import Place
from proviso.document import Steps

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


def find(text: str, steps: Steps, *, shown: str) -> Place:
    """Find where a value starts, or the nearest node around it that exists.

    Args:
        text: JSON that has been parsed without a complaint.
        steps: the way from the root to the value.
        shown: the path of the file in complaints.
    """
    at = _blank(text, 0)
    for step in steps:
        inner = _member(text, at, step) if isinstance(step, str) else _element(text, at, step)
        if inner is None:
            break
        at = inner
    before = text.rfind("\n", 0, at)
    return Place(shown, text.count("\n", 0, at) + 1, at - before)


def _member(text: str, at: int, name: str) -> int | None:
    if text[at] != "{":
        return None
    at = _blank(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _blank(text, _blank(text, at) + 1)
        if key == name:
            return at
        at = _next(text, at)
    return None


def _element(text: str, at: int, index: int) -> int | None:
    if text[at] != "[":
        return None
    at = _blank(text, at + 1)
    while text[at] != "]":
        if index == 0:
            return at
        index -= 1
        at = _next(text, at)
    return None


def _next(text: str, at: int) -> int:
    """Skip a value, and the comma behind it."""
    _, at = _DECODER.raw_decode(text, at)
    at = _blank(text, at)
    return _blank(text, at + 1) if text[at] == "," else at


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return at if found is None else found.end()
