"""All kinds of values, by name, and which of them a key has by default."""

from __future__ import annotations

from proviso.document import Steps
from proviso.evidence import json_kinds, listed_kinds, plain_kinds
from proviso.evidence.facts import value_at
from proviso.evidence.scanning import Kind

KINDS: dict[str, Kind] = {**plain_kinds.KINDS, **listed_kinds.KINDS, **json_kinds.KINDS}
NAMES = frozenset(KINDS)

_OF_KEYS = {
    **dict.fromkeys(("first", "every", "limit", "lasts", "within", "most", "at_least"), "duration"),
    **dict.fromkeys(("id", "at", "results", "code", "message", "cost", "details"), "place"),
    **dict.fromkeys(("minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "multipleOf"), "number"),
    **dict.fromkeys(("enum", "examples"), "list"),
    "type": "type",
    "required": "presence",
    "typical": "durations",
    "amount": "money",
    "call": "call",
    "base_url": "address",
    "status": "status",
    "pixels": "size",
}
KEYS = frozenset(_OF_KEYS) | {"default", "const"}
"""Keys of which it is known what stands there, whether or not a spec has them."""
_OF_TYPES = {"integer": "number", "number": "number", "boolean": "boolean", "array": "list"}


def of(data: object, steps: Steps, value: object) -> str:
    """Choose the kind of a fact by its key and its value.

    Args:
        data: the root of its document.
        steps: the way to it.
        value: what it says, None where nothing stands there.
    """
    key = steps[-1] if steps else ""
    if key in ("default", "const"):
        return _OF_TYPES.get(str(value_at(data, (*steps[:-1], "type"))), "option")
    if key == "body" and not isinstance(value, bool):
        return "json" if len(steps) > 1 else "layout"
    if key in _OF_KEYS:
        return _OF_KEYS[str(key)]
    match value:
        case list():
            return "list"
        case str() if value.startswith("$"):
            return "place"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str() | None:
            return "option"
        case _:
            return "number"
