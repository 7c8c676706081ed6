"""Kinds of values that have a spelling of their own: numbers, durations, sizes, words that a page chooses from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from proviso.evidence.pages import Page
from proviso.evidence.scanning import Around, Ask, Found, Kind, Pair, closes, ends, matched, word_scan
from proviso.evidence.values import decimal, shown

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_CURRENCY = re.compile(r"(?:USD|EUR|US\$|[$€£¥])?")
_SIDE = re.compile(r"[1-9]\d{0,5}")
_TIMES = re.compile(r"[x\u00d7*X]")
_RATIO = re.compile(r"([1-9]\d{0,2}):([1-9]\d{0,2})")
_STATUS = re.compile(r"[1-5]\d\d(?!\d)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
_UNITS = {
    **dict.fromkeys(("milliseconds", "millisecond", "ms"), Decimal("0.001")),
    **dict.fromkeys(("seconds", "second", "secs", "sec", "s"), Decimal(1)),
    **dict.fromkeys(("minutes", "minute", "mins", "min", "m"), Decimal(60)),
    **dict.fromkeys(("hours", "hour", "hrs", "hr", "h"), Decimal(3600)),
    **dict.fromkeys(("days", "day", "d"), Decimal(86400)),
}
_LETTERS = {Decimal("0.001"): "ms", Decimal(1): "s", Decimal(60): "m", Decimal(3600): "h", Decimal(86400): "d"}
_IN_LETTERS = {
    "a": "1",
    "an": "1",
    **{word: str(index) for index, word in enumerate(["one", "two", "three", "four", "five", "six"], 1)},
}
_BY_LENGTH = sorted(_UNITS, key=len, reverse=True)
_TO = re.compile(r"-|~|\.\.\.?|to|and|until", re.IGNORECASE)


def _number(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    found = matched(_NUMBER, page, at, end)
    known = shown(ask.first)
    for stop in () if found is None else ends(page, at, found.end(), ask, known):
        text = page.text[at:stop].replace(",", "")
        if (number := decimal(text)) is not None and text[-1:].isdigit():
            yield (int(text) if number == number.to_integral_value() and "." not in text else number), stop


def _money(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    sign = _CURRENCY.match(page.text, at, end)
    yield from _number(page, sign.end() if sign else at, end, ask)


def _range(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    first, second = (Ask(expected=(one,), followed=True) for one in (*ask.expected, None, None)[:2])
    for low, middle in _number(page, at, end, first):
        to = _TO.match(page.text, middle, end)
        if to is None:
            continue
        for high, stop in _number(page, to.end(), end, _as_followed(second, ask)):
            yield Pair(low, high, middle, to.end()), stop


def _as_followed(one: Ask, like: Ask) -> Ask:
    return Ask(expected=one.expected, followed=like.followed)


def _size(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    width = matched(_SIDE, page, at, end)
    sign = None if width is None else _TIMES.match(page.text, width.end(), end)
    if width is None or sign is None or (height := matched(_SIDE, page, sign.end(), end)) is None:
        return
    known = shown(ask.first).partition("x")[2]
    for stop in ends(page, sign.end(), height.end(), ask, known):
        yield f"{width[0]}x{page.text[sign.end() : stop]}", stop


def _ratio(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    if (found := matched(_RATIO, page, at, end)) is not None:
        for stop in ends(page, at, found.end(), ask, shown(ask.first)):
            if stop > found.start(2):
                yield page.text[at:stop], stop


def _status(page: Page, at: int, end: int, _: Ask) -> Iterator[Found]:
    if (found := matched(_STATUS, page, at, end)) is not None:
        yield int(found[0]), found.end()


def _word(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    yield from _words(_WORD, page, at, end, ask)


def _name(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    yield from _words(_NAME, page, at, end, ask)


def _words(pattern: re.Pattern[str], page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    found = matched(pattern, page, at, end)
    if found is None:
        return
    for stop in ends(page, at, found.end(), ask, shown(ask.first)):
        text = page.text[at:stop] if ask.followed else page.text[at:stop].rstrip(".-")
        yield text, at + len(text)


def _duration(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    parts: list[tuple[str, Decimal, int]] = []
    while (part := _part(page, at, end, ask)) is not None and (not parts or part[1] < parts[-1][1]):
        parts.append(part)
        at = part[2] + (3 if page.folded.startswith("and", part[2]) else 0)
    if len(parts) > 1:
        least = parts[-1][1]
        total = sum((Decimal(number) * unit for number, unit, _ in parts), Decimal(0)) / least
        yield f"{total:f}{_LETTERS[least]}", parts[-1][2]
    # What have run together may be two durations.
    for number, unit, stop in parts[:1] if ask.followed or len(parts) == 1 else ():
        yield f"{number}{_LETTERS[unit]}", stop


def _part(page: Page, at: int, end: int, ask: Ask) -> tuple[str, Decimal, int] | None:
    """Read a number, also one in letters, with its unit: both, and the end."""
    found = matched(_NUMBER, page, at, end)
    number, stop = (found[0].replace(",", ""), found.end()) if found else ("", at)
    for word, value in () if found else _IN_LETTERS.items():
        if page.folded.startswith(word, at, end) and page.is_break(at + len(word)):
            number, stop = value, at + len(word)
    unit = _unit(page, stop, end, ask) if number else None
    return None if unit is None else (number, _UNITS[unit], stop + len(unit))


def _durations(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    low = matched(_NUMBER, page, at, end)
    if low is None:
        return
    unit = _unit(page, low.end(), end, ask)
    middle = low.end() + len(unit or "")
    to = _TO.match(page.text, middle, end)
    high = None if to is None else matched(_NUMBER, page, to.end(), end)
    if high is not None and (last := _unit(page, high.end(), end, ask)) is not None:
        least = f"{low[0]}{_LETTERS[_UNITS[unit or last]]}"
        yield f"{least} to {high[0]}{_LETTERS[_UNITS[last]]}", high.end() + len(last)


def _unit(page: Page, at: int, end: int, ask: Ask) -> str | None:
    unit = next((unit for unit in _BY_LENGTH if page.folded.startswith(unit, at, end)), None)
    # A month is no minute.
    return unit if unit is not None and (ask.followed or closes(page, at + len(unit))) else None


def _same_durations(found: object, expected: object, _: Around) -> bool:
    one, other = ([_seconds(part) for part in shown(value).split(" to ")] for value in (found, expected))
    return one == other


def _seconds(text: str) -> object:
    number, unit = text.rstrip("msdh"), text.lstrip("0123456789.")
    value = decimal(number)
    return text if value is None or unit not in _UNITS else value * _UNITS[unit]


_TYPES = {
    **dict.fromkeys(("string", "str", "enum:str", "enum", "text", "url"), "string"),
    **dict.fromkeys(("integer", "int", "int32", "int64", "enum:int", "long"), "integer"),
    **dict.fromkeys(("number", "float", "double", "decimal", "enum:float"), "number"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("array", "list", "list<string>", "string[]", "array<string>", "list[str]", "str[]"), "array"),
    **dict.fromkeys(("object", "dict", "map", "json"), "object"),
}
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "on", "enabled", "1"), True),
    **dict.fromkeys(("false", "no", "off", "disabled", "0"), False),
}
_PRESENCE = {
    **dict.fromkeys(("required", "mandatory", "yes", "true", "always"), True),
    **dict.fromkeys(("optional", "notrequired", "no", "false"), False),
}


def _star(page: Page, at: int, _: int, __: Ask) -> Iterator[Found]:
    if page.text.startswith("*", at):
        yield True, at + 1
    elif closes(page, at):
        yield False, at


KINDS = {
    "number": Kind(scan=_number),
    "money": Kind(scan=_money),
    "range": Kind(scan=_range),
    "size": Kind(scan=_size),
    "ratio": Kind(scan=_ratio),
    "status": Kind(scan=_status),
    "word": Kind(scan=_word),
    "name": Kind(scan=_name),
    "duration": Kind(scan=_duration, judge=_same_durations),
    "durations": Kind(scan=_durations, judge=_same_durations),
    "type": Kind(scan=word_scan(_TYPES)),
    "boolean": Kind(scan=word_scan(_TRUTHS)),
    "presence": Kind(scan=word_scan(_PRESENCE)),
    "star": Kind(scan=_star),
}
