"""The sentences of violations: what is wrong, what is allowed, what comes nearest.

No sentence quotes free text, since that may be somebody's prompt; a short value
of an enumerated parameter is quoted, cut and made printable.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection
from decimal import ROUND_FLOOR, Decimal
from typing import TypeGuard

from proviso_runtime import pixel_wording, pixels, rule_wording, shapes, violation

_MOST = 40
_MOST_BITS = 200
_LIKENESS = 0.6
_FAR = 1e9
_FARTHEST = 1e300
_COLLECTIONS = (tuple, dict, frozenset)
_NOUNS: dict[type, str] = {list: "an array", dict: "an object"}
_FORMATS = {
    "http": "an http or https address without blanks, such as https://example.com/a.png",
    "https": "an https address without blanks, such as https://example.com/a.png",
    "binary": "a file as a data URI, such as data:image/png;base64,iVBORw0KGgo=; data_uri(path) makes one",
    "data-uri": "a data URI of a type and base64, such as data:image/png;base64,iVBORw0KGgo=",
    "base64": "standard base64 with its padding, such as iVBORw0KGgo=",
    "json": 'a value as JSON text, such as {"a": 1}',
    "uuid": "a UUID, such as 123e4567-e89b-12d3-a456-426614174000",
    "date-time": "a moment as RFC 3339 writes it, such as 2026-01-31T12:00:00Z",
}
_RATIO = re.compile(r"([1-9][0-9]{0,3}):([1-9][0-9]{0,3})")


def sentence(rule: str, value: object, limit: object) -> str:
    """Say what a violation means; `limit` is what the rule allows."""
    if isinstance(limit, violation.Terms):
        said = _ruled(rule, value, limit)
        return f"{said} (advice: {limit.why.rstrip('.')})" if limit.why else said
    if isinstance(limit, pixels.Limits):
        return pixel_wording.sentence(rule, value, limit)
    write = _SENTENCES.get(rule)
    return f"breaks {rule}" if write is None else write(value, limit)


def shown(value: object) -> str:
    """Show a value in a sentence: printable, and at most some forty characters."""
    if value is None:
        return "null"
    # By exact type: a subclass may show itself as anything, or raise.
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int:
        # str() of an integer of more than 4300 digits raises ValueError.
        return str(value) if value.bit_length() <= _MOST_BITS else f"an integer of {value.bit_length()} bits"
    if type(value) is float:
        return str(value)
    if type(value) is str:
        text = ascii(value[: _MOST + 1])[1:-1]
        return f'"{text}"' if len(text) <= _MOST else f'"{text[: _MOST - 3]}..."'
    return _NOUNS.get(type(value)) or f"a value of type {type(value).__name__}"


def _kind(value: object) -> str:
    if type(value) is int or type(value) is float:
        return f"the number {shown(value)}"
    if type(value) is bool:
        return "a boolean"
    return "a string" if type(value) is str else shown(value)


def _required(_value: object, _limit: object) -> str:
    return "is required and missing"


def _type(value: object, limit: object) -> str:
    if type(value) is str and "string" in str(limit).split():
        return "is not valid Unicode text: it holds a lone surrogate, which cannot be sent"
    article = "an" if str(limit)[:1] in "aio" else "a"
    written = "; write data_uri(path)" if "data URI" in str(limit) and _is_file(value) else ""
    return f"must be {article} {limit}, not {_kind(value)}{written}"


def _is_file(value: object) -> bool:
    """Tell whether a value is a file's path or its bytes; by its class, since a value may show itself as anything."""
    return type(value) is bytes or any("__fspath__" in vars(one) for one in type(value).__mro__)


def _enum(value: object, limit: object) -> str:
    allowed = _listed(limit)
    return f"{shown(value)} is none of {', '.join(map(str, allowed))}{_nearest(value, allowed)}"


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
    near = ""
    if type(value) is int and type(limit) is int:
        below = value // limit * limit
        near = f"; the nearest are {shown(below)} and {shown(below + limit)}"
    elif type(value) is float and abs(value) < _FAR:
        step = Decimal(str(limit))
        times = (Decimal(str(value)) / step).to_integral_value(ROUND_FLOOR)
        near = f"; the nearest are {times * step:f} and {(times + 1) * step:f}"
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
    allowed = limit if shapes.is_tuple(limit) else (limit,)
    return f"must be {', or '.join(_FORMATS[str(one)] for one in allowed)}"


def _media_types(value: object, limit: object) -> str:
    allowed = {str(one).partition("/")[2]: str(one) for one in _listed(limit)}
    # What stands before the slash is alike in too many.
    near = allowed.get(_nearest_word(str(value).partition("/")[2], allowed) or "")
    told = f"; did you mean {near}?" if near else ""
    return f"its media type {shown(value)} is none of {', '.join(map(str, _listed(limit)))}{told}"


def _max_bytes(value: object, limit: object) -> str:
    return f"holds {value} bytes; at most {limit} may be there"


def _pattern(value: object, limit: object) -> str:
    if value is None:
        return f"must have the form {limit}"
    return f"{shown(value)} is not {limit}"


def _additional(value: object, limit: object) -> str:
    if type(limit) is str:
        return f"{shown(value)} does not belong here; it stands at {limit}"
    return f"{shown(value)} is not documented{_nearest(value, _listed(limit))}"


def _property_names(_value: object, _limit: object) -> str:
    return "has a name that is no plain string"


def _ruled(rule: str, value: object, terms: violation.Terms) -> str:
    match rule, terms.allowed:
        case "limit", allowed if shapes.is_tuple(allowed):
            return f"{rule_wording.lead(terms)}{sentence(str(allowed[0]), value, allowed[1])}"
        case "sets", allowed:
            return (
                f"{rule_wording.lead(terms)}it is {shown(allowed)} and not {shown(value)}; leave it out, or send that"
            )
        case _ if rule in _SENTENCES:
            return sentence(rule, value, terms.allowed)
        case _:
            return rule_wording.sentence(rule, value, terms)


def _nearest(value: object, allowed: Collection[object]) -> str:
    if type(value) is str:
        if not value:
            return ""
        word = _other_case(value, allowed) or _nearest_ratio(value, allowed) or _nearest_word(value, allowed)
        return f"; did you mean {word}?" if word else ""
    numbers = [one for one in allowed if type(one) is int or type(one) is float]
    if numbers and (type(value) is int or type(value) is float) and abs(value) < _FARTHEST:
        number = value
        return f"; the nearest is {min(numbers, key=lambda one: abs(one - number))}"
    return ""


def _other_case(value: str, allowed: Collection[object]) -> str | None:
    folded = value[:200].casefold()
    for word in allowed:
        if type(word) is str and word.casefold() == folded:
            return word
    return None


def _nearest_word(value: str, allowed: Collection[object]) -> str | None:
    value = value[:200].casefold()
    # difflib takes its time, and words of very different lengths are never near each other.
    words = {
        word.casefold(): word
        for word in map(str, allowed)
        if 2 * min(len(word), len(value)) >= _LIKENESS * (len(word) + len(value))
    }
    close = difflib.get_close_matches(value, sorted(words), n=1, cutoff=_LIKENESS) if words else []
    return words[close[0]] if close else None


def _nearest_ratio(value: str, allowed: Collection[object]) -> str | None:
    """Compare aspect ratios as numbers: 16:10 is near 3:2, although it looks like 16:9."""
    wanted = _RATIO.fullmatch(value)
    if wanted is None:
        return None
    ratios = {str(one): found for one in allowed if (found := _RATIO.fullmatch(str(one)))}
    if not ratios:
        return None
    logs = {one: math.log(int(found[1]) / int(found[2])) for one, found in ratios.items()}
    aim = math.log(int(wanted[1]) / int(wanted[2]))
    return min(logs, key=lambda one: abs(logs[one] - aim))


def _listed(limit: object) -> Collection[object]:
    if not _is_collection(limit):
        return ()
    # A set has no order of its own, and a message must not change from run to run.
    return sorted(limit, key=str) if _is_set(limit) else limit


def _is_set(limit: object) -> bool:
    return type(limit) is frozenset


def _is_collection(limit: object) -> TypeGuard[Collection[object]]:
    return isinstance(limit, _COLLECTIONS)


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
    "media_types": _media_types,
    "max_bytes": _max_bytes,
    "pattern": _pattern,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
}
