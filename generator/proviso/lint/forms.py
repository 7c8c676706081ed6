"""Whether a text has the form that a kind asks for, told apart from generated code."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import datetime

from proviso import ir, pattern_parser, pattern_ways, patterns

_NAME = r"[\w!#$&^.+-]+"
_DATA_URI = re.compile(rf"[Dd][Aa][Tt][Aa]:{_NAME}/{_NAME}(?:;{_NAME}={_NAME})*;base64,", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?(?:[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_LONGEST = 4000  # characters of a size; Python reads no longer numbers
_SHORTEST: dict[ir.TextFormat, int] = {
    "binary": len("data:a/b;base64,AA=="),
    "data-uri": len("data:a/b;base64,AA=="),
    "base64": 4,
    "uuid": 36,
    "date-time": 20,
}


def is_of(form: ir.TextFormat, text: str) -> bool:
    """Tell whether a text is of a format."""
    match form:
        case "base64":
            return _is_base64(text)
        case "binary" | "data-uri":
            head = _DATA_URI.match(text)
            return head is not None and _is_base64(text[head.end() :])
        case "uuid":
            return _UUID.fullmatch(text) is not None
        case "date-time":
            return _is_moment(text)


def wrong_content(kind: ir.Formatted, text: str) -> str | None:
    """Say what is wrong with what a text of a format holds, or None when nothing is."""
    told = text[:200].partition(";")[0].partition(":")[2].lower()
    if kind.media_types and told not in kind.media_types:
        return f"is of the type {told}, which is none of {', '.join(kind.media_types)}"
    if kind.max_bytes is not None and (held := len(base64.b64decode(text.rpartition(",")[2]))) > kind.max_bytes:
        return f"holds {held} bytes, more than the most, {kind.max_bytes}"
    return None


def too_short_or_long(kind: ir.Formatted) -> str | None:
    """Say why no text of a format has a length in a range, or None when one has."""
    form, least, most = kind.format, kind.min_length, kind.max_length
    shortest = _SHORTEST[form] + min((len(one) - len("a/b") for one in kind.media_types), default=0)
    if most is not None and most < shortest:
        return f"the shortest {form} has {shortest} characters, and at most {most} are allowed"
    if form == "uuid" and least is not None and least > shortest:
        return f"a uuid has {shortest} characters, and at least {least} are asked for"
    return None


def unlike(pattern: str, least: int | None, most: int | None) -> str | None:
    """Say why no text of a pattern has a length in a range, or None when one may have."""
    shortest, longest = pattern_ways.lengths(pattern_parser.parse(pattern))
    if most is not None and most < shortest:
        return f"the shortest text of its pattern has {shortest} characters, and at most {most} are allowed"
    if least is not None and longest is not None and longest < least:
        return f"the longest text of its pattern has {longest} characters, and at least {least} are asked for"
    return None


def has_pattern(text: str, pattern: str) -> bool:
    """Tell whether a pattern of the language finds something in a text."""
    return re.search(patterns.spelled(pattern_parser.parse(pattern), end="\\Z"), text) is not None


def is_address(text: str, schemes: tuple[ir.UrlScheme, ...]) -> bool:
    """Tell whether a text is an absolute web address without blanks."""
    scheme, found, rest = text.partition("://")
    blank = any(one <= " " or one == "\x7f" for one in text)
    return bool(found) and scheme.lower() in schemes and rest[:1] not in ("", "/", "?", "#") and not blank


def size(kind: ir.PixelSize, value: object) -> tuple[int, int] | None:
    """Read explicit pixels; None where a value is a tier, or no size at all."""
    if not isinstance(value, str) or value in kind.tiers:
        return None
    for separator in kind.separators:
        width, found, height = value.partition(separator)
        if found:
            right = all(side.isascii() and side.isdigit() and not side.startswith("0") for side in (width, height))
            return (int(width[:_LONGEST]), int(height[:_LONGEST])) if right else None
    return None


def quantity(text: str, unit: str) -> int | None:
    """Read a whole number with its unit behind it; None where a text is none."""
    digits = text.removesuffix(unit)
    if digits == text or not digits.isascii() or not digits.isdigit() or (digits[0] == "0" and digits != "0"):
        return None
    return int(digits) if len(digits) <= ir.MOST_DIGITS else None


def _is_base64(text: str) -> bool:
    try:
        return bool(text) and bool(base64.b64decode(text, validate=True)) and len(text) % 4 == 0
    except (binascii.Error, ValueError):
        return False


def _is_moment(text: str) -> bool:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return False
    # Python's calendar begins with the year 1; the year 0 has the days of the year 2000.
    day = found[1] if found[1][:4] != "0000" else f"2000{found[1][4:]}"
    try:
        datetime.fromisoformat(f"{day}T{found[2]}+00:00")
    except ValueError:
        return False
    return True
