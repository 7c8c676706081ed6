"""Forms of texts read apart from generated code: addresses, formats and patterns."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from datetime import datetime

from proviso import ir

_BLANK = re.compile(r"[\x00-\x20\x7f]")
_NAME = "[A-Za-z0-9!#$&^_.+-]+"
_HEAD = re.compile(rf"[dD][aA][tT][aA]:{_NAME}/{_NAME}(;{_NAME}={_NAME})*;base64,")
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})(?P<day>-[0-9]{2}-[0-9]{2})[Tt](?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-5][0-9])"
)


def arms(kind: ir.Mixed) -> list[ir.Url | ir.Formatted]:
    """Return the formats that a text may have, each with the lengths of them all."""
    return [replace(arm, min_length=kind.min_length, max_length=kind.max_length) for arm in kind.arms]


def shortest(kind: ir.Url | ir.Formatted | ir.Mixed) -> int:
    """Return how many characters the shortest text of a format has, or of several."""
    if isinstance(kind, ir.Mixed):
        return min(map(shortest, kind.arms))
    if isinstance(kind, ir.Url):
        return len(f"{kind.schemes[0]}://a")
    if kind.format in ("binary", "data-uri"):
        return len("data:;base64,AA==") + min(map(len, kind.media_types), default=len("a/b"))
    return {"base64": 4, "uuid": 36, "date-time": 20}[kind.format]


def fits(kind: ir.Url | ir.Formatted, text: str) -> bool:
    """Say whether a text has the form of a kind, whatever it holds."""
    return is_address(text, kind.schemes) if isinstance(kind, ir.Url) else is_of(kind.format, text)


def is_address(text: str, schemes: tuple[ir.UrlScheme, ...]) -> bool:
    """Say whether a text is an absolute web address without blanks."""
    scheme, found, rest = text.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return bool(found) and scheme.lower() in schemes and bool(host) and not _BLANK.search(text)


def is_of(form: ir.TextFormat, text: str) -> bool:
    """Say whether a text is of a format."""
    match form:
        case "base64":
            return _is_base64(text)
        case "binary" | "data-uri":
            head = _HEAD.match(text)
            return head is not None and _is_base64(text[head.end() :])
        case "uuid":
            digits = "[0-9a-fA-F]"
            return re.fullmatch(rf"{digits}{{8}}(-{digits}{{4}}){{3}}-{digits}{{12}}", text) is not None
        case "date-time":
            return _is_moment(text)


def has_pattern(text: str, pattern: str) -> bool:
    """Say whether a pattern is found in a text, as ECMA 262 reads it."""
    # There $ ends the text, digits and letters are ASCII, and a dot is no line break of any kind.
    ended = re.sub(r"\$\Z", r"\\Z", pattern)
    dotted = re.sub(r"(\\.|\[(?:\\.|[^\]])*\])|\.", lambda found: found[1] or r"[^\n\r\u2028\u2029]", ended)
    return re.search(dotted, text, re.ASCII) is not None


def _is_base64(text: str) -> bool:
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode()[:-4] == text[:-4] and len(
            text
        ) % 4 == 0 < len(text)
    except (binascii.Error, ValueError):
        return False


def _is_moment(text: str) -> bool:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return False
    year = int(found["year"])
    # A year of Python's calendar that has the same days.
    alike = year or 2000
    zone = "+00:00" if found["zone"] in "Zz" else found["zone"]
    try:
        datetime.fromisoformat(f"{alike:04}{found['day']}T{found['time']}{zone}")
    except ValueError:
        return False
    return True
