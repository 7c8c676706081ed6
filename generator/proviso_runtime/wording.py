"""The sentences of violations: what is wrong, what is allowed, what comes nearest.

No sentence quotes free text, since that may be somebody's prompt; a short value
of an enumerated parameter is quoted, cut and made printable.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import TypeGuard

_MOST = 40


def sentence(rule: str, value: object, limit: object) -> str:
    """Say what a violation means; `limit` is what the rule allows."""
    write = _SENTENCES.get(rule)
    return f"breaks {rule}" if write is None else write(value, limit)


def shown(value: object) -> str:
    """Show a value in a sentence: printable, and at most some forty characters."""
    match value:
        case None:
            text = "null"
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = _number(value)
        case str():
            text = ascii(value[: _MOST + 1])[1:-1]
            text = f'"{text}"'
        case list():
            text = "an array"
        case dict():
            text = "an object"
        case _:
            text = f"a value of type {type(value).__name__}"
    return text if len(text) <= _MOST + 2 else f'{text[: _MOST - 2]}..."'


def _number(value: float) -> str:
    # str() of an integer of more than 4300 digits raises ValueError.
    if isinstance(value, int) and value.bit_length() > 200:
        return f"an integer of {value.bit_length()} bits"
    return str(value)


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return f"the number {shown(value)}"
        case str():
            return "a string"
        case _:
            return shown(value)


def _required(_value: object, _limit: object) -> str:
    return "is required and missing"


def _type(value: object, limit: object) -> str:
    if isinstance(value, str) and limit == "string":
        return "is not valid Unicode text: it holds a lone surrogate, which cannot be sent"
    article = "an" if str(limit)[:1] in "aio" else "a"
    return f"must be {article} {limit}, not {_kind(value)}"


def _enum(value: object, limit: object) -> str:
    allowed = _listed(limit)
    return f"{shown(value)} is none of {', '.join(map(_plain, allowed))}{_nearest(value, allowed)}"


def _const(value: object, limit: object) -> str:
    return f"must be {shown(limit)}, not {shown(value)}"


def _minimum(value: object, limit: object) -> str:
    return f"{shown(value)} is less than {limit}, the least allowed"


def _maximum(value: object, limit: object) -> str:
    return f"{shown(value)} is more than {limit}, the most allowed"


def _exclusive_minimum(value: object, limit: object) -> str:
    return f"{shown(value)} must be more than {limit}"


def _exclusive_maximum(value: object, limit: object) -> str:
    return f"{shown(value)} must be less than {limit}"


def _multiple_of(value: object, limit: object) -> str:
    below = None
    if isinstance(value, int) and isinstance(limit, int):
        below = value // limit * limit
    near = "" if below is None else f"; the nearest are {shown(below)} and {shown(below + int(str(limit)))}"
    return f"{shown(value)} is no multiple of {limit}{near}"


def _min_length(value: object, limit: object) -> str:
    return f"has {value} {_plural('character', value)}; at least {limit} must be there"


def _max_length(value: object, limit: object) -> str:
    return f"has {value} characters; at most {limit} may be there"


def _min_items(value: object, limit: object) -> str:
    return f"has {value} {_plural('item', value)}; at least {limit} must be there"


def _max_items(value: object, limit: object) -> str:
    return f"has {value} items; at most {limit} may be there"


def _unique_items(value: object, _limit: object) -> str:
    return f"item {value} repeats an earlier one; every item must differ"


def _format(_value: object, limit: object) -> str:
    example = "https://example.com/a.png"
    kind = "an https address" if limit == "https" else "an http or https address"
    return f"must be {kind} without blanks, such as {example}"


def _pattern(value: object, limit: object) -> str:
    return f"{shown(value)} is not {limit}"


def _additional(value: object, limit: object) -> str:
    return f"{shown(value)} is not documented{_nearest(value, _listed(limit))}"


def _require(_value: object, limit: object) -> str:
    return f"is required when {limit}"


def _nearest(value: object, allowed: Collection[object]) -> str:
    if isinstance(value, str):
        words = {str(word).casefold(): str(word) for word in sorted(map(str, allowed))}
        close = difflib.get_close_matches(value[:200].casefold(), words, n=1)
        return f"; did you mean {_plain(words[close[0]])}?" if close else ""
    numbers = [one for one in allowed if isinstance(one, int)]
    if isinstance(value, int | float) and numbers and value - value == 0:
        return f"; the nearest is {min(numbers, key=lambda one: abs(one - value))}"
    return ""


def _listed(limit: object) -> list[object]:
    if not _is_collection(limit):
        return []
    # A set has no order of its own, and a message must not change from run to run.
    return sorted(limit, key=str) if isinstance(limit, frozenset) else list(limit)


def _is_collection(limit: object) -> TypeGuard[Collection[object]]:
    return isinstance(limit, tuple | dict | frozenset)


def _plain(value: object) -> str:
    return str(value)


def _plural(noun: str, count: object) -> str:
    return noun if count == 1 else f"{noun}s"


_SENTENCES = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "exclusiveMaximum": _exclusive_maximum,
    "multipleOf": _multiple_of,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "format": _format,
    "pattern": _pattern,
    "additionalProperties": _additional,
    "require": _require,
}
