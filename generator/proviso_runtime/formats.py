"""Which texts are of a format of the spec language: data-uri, base64, uuid, date-time."""

from __future__ import annotations

from binascii import Error, a2b_base64

_HEX = frozenset("0123456789abcdefABCDEF")
_DIGITS = frozenset("0123456789")
_TOKEN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_base64(text: str) -> bool:
    """Tell whether a text is standard base64 with its padding, of at least one byte."""
    if not text or len(text) % 4:
        return False
    try:
        a2b_base64(text, strict_mode=True)
    except (Error, ValueError):
        return False
    return True


def is_data_uri(text: str) -> bool:
    """Tell whether a text is data:TYPE/SUBTYPE;base64,DATA, perhaps with parameters behind the type."""
    head, comma, content = text.partition(",")
    scheme, _, described = head.partition(":")
    media_type, *parameters = described.split(";")
    if not comma or scheme.lower() != "data" or not parameters or parameters.pop() != "base64":
        return False
    named = all(_are_tokens(parameter.split("=")) for parameter in parameters)
    return _are_tokens(media_type.split("/")) and named and is_base64(content)


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID with its hyphens, in letters of any case."""
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and all(map(_HEX.issuperset, parts))


def is_date_time(text: str) -> bool:
    """Tell whether a text is a moment as RFC 3339 writes it, such as 2026-01-31T12:00:00Z; no leap seconds."""
    day, time, rest = text[:10], text[11:19], text[19:]
    if text[10:11] not in ("T", "t") or not _is_day(day) or not _is_time(time):
        return False
    if rest.startswith("."):
        zone = rest[1:].lstrip("0123456789")
        if len(zone) == len(rest) - 1:
            return False
        rest = zone
    return rest in ("Z", "z") or (rest[:1] in ("+", "-") and _is_time(f"{rest[1:]}:00"))


def _are_tokens(parts: list[str]) -> bool:
    return len(parts) == 2 and all(part and _TOKEN.issuperset(part) for part in parts)


def _is_day(text: str) -> bool:
    year, month, day = text[:4], text[5:7], text[8:]
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not _DIGITS.issuperset(year + month + day):
        return False
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return 1 <= int(month) <= 12 and 1 <= int(day) <= _DAYS[int(month) - 1] + (leap and month == "02")


def _is_time(text: str) -> bool:
    hour, minute, second = text[:2], text[3:5], text[6:]
    if len(text) != 8 or text[2] != ":" or text[5] != ":" or not _DIGITS.issuperset(hour + minute + second):
        return False
    return hour < "24" and minute < "60" and second < "60"
