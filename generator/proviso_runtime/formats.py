"""Which texts are of a format of the spec language, and what they hold: data-uri, base64, uuid, date-time."""

from __future__ import annotations

from binascii import Error, a2b_base64

_HEX = frozenset("0123456789abcdefABCDEF")
_DIGITS = frozenset("0123456789")
_TOKEN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-")
_MARKS = frozenset(":-")
_PIECE = 2**18  # characters that are decoded at a time, since a file may have millions
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_base64(text: str) -> bool:
    """Tell whether a text is standard base64 with its padding, of at least one byte."""
    return _is_base64(text, 0)


def is_data_uri(text: str) -> bool:
    """Tell whether a text is data:TYPE/SUBTYPE;base64,DATA, perhaps with parameters behind the type."""
    comma = text.find(",")
    scheme, _, described = text[: max(comma, 0)].partition(":")
    media_type, *parameters = described.split(";")
    if scheme.lower() != "data" or not parameters or parameters.pop() != "base64":
        return False
    named = all(_are_tokens(parameter.split("=")) for parameter in parameters)
    return is_media_type(media_type) and named and _is_base64(text, comma + 1)


def is_media_type(text: str) -> bool:
    """Tell whether a text is TYPE/SUBTYPE."""
    return _are_tokens(text.split("/"))


def names_type(text: str) -> bool:
    """Tell whether a text of one of several formats names a media type: it is a data URI."""
    return text[:5].lower() == "data:"


def holds_bytes(text: str) -> bool:
    """Tell whether a text of one of several formats holds bytes: it is a data URI or base64."""
    # Addresses have a colon there, and moments and UUIDs a hyphen.
    return names_type(text) or _MARKS.isdisjoint(text[:9])


def media_type(text: str) -> str:
    """Return the media type of a data URI, in small letters and without parameters."""
    return text[len("data:") : text.index(",")].partition(";")[0].lower()


def bytes_held(text: str) -> int:
    """Return how many bytes base64 or a data URI holds."""
    padding = 2 if text.endswith("==") else 1 if text.endswith("=") else 0
    return (len(text) - text.find(",") - 1) // 4 * 3 - padding


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


def _is_base64(text: str, start: int) -> bool:
    size = len(text)
    if size <= start or (size - start) % 4:
        return False
    try:
        for at in range(start, size, _PIECE):
            piece = text[at : at + _PIECE]
            a2b_base64(piece, strict_mode=True)
            if at + _PIECE < size and piece.endswith("="):
                return False
    except (Error, ValueError):
        return False
    return True


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
