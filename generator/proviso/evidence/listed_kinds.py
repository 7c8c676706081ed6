"""Kinds of values that the quotes, commas and addresses of a page bound: options, lists of them, calls, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso.evidence.pages import Page
from proviso.evidence.scanning import LONGEST_VALUE, Around, Ask, Found, Kind, ends
from proviso.evidence.values import shown

_CLOSING = {
    '"': '"',
    "'": "'",
    "`": "`",
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
    "\u2018": "\u2019",
    "\u00ab": "\u00bb",
}
_BARE = re.compile(r"[^\s,;|()\[\]{}<>\"'`\u201c\u201d\u2018\u2019]+")
_NEXT = re.compile(r"[^\S\n]*(?:[,;|/]|\bor\b|\band\b)(?:\s*\b(?:or|and)\b)?\s*|[^\S\n]*(?=[\"'`\u201c\u2018])")
_MOST_ITEMS = 500
_VERBS = re.compile(r"(?:-X|--request)?(GET|POST|PUT|PATCH|DELETE)?(?:--url)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s,;()<>]+")
_PLACEHOLDER = re.compile(r"\{\+?([a-z_]+)\}")
_ANY = r"(?:\$?\{[^{}/]{1,40}\}|\$\w{1,40}|<[^<>/]{1,40}>|:\w{1,40}|[\w.\-]{1,80})"


def _item(page: Page, offset: int) -> tuple[str, int, bool] | None:
    """Read one item of the plain text: what it says, its end behind a closing quote, and whether it is quoted."""
    text = page.plain.text
    if (closing := _CLOSING.get(text[offset : offset + 1])) is not None:
        end = text.find(closing, offset + 1, offset + 1 + LONGEST_VALUE)
        # A quote that closes the value before looks like one that opens a value of several lines.
        inside = text[offset + 1 : end]
        return None if end < 0 or "\n" in inside else (inside.strip(), end + 1, True)
    if (found := _BARE.match(text, offset, offset + LONGEST_VALUE)) is None:
        return None
    word = found[0].rstrip(".:*")
    return (word, offset + len(word), False) if word else None


def _begin(page: Page, at: int) -> int:
    """Give the offset in the plain text at which an item begins, with the quote before it."""
    offset = page.plain_at(at)
    return offset - 1 if page.is_break(at) and page.plain.text[offset - 1 : offset] in _CLOSING and offset else offset


def _option(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    if at >= end or (found := _item(page, _begin(page, at))) is None:
        return
    value, behind, is_quoted = found
    if is_quoted:
        yield value, page.stream_at(behind)
        return
    for stop in ends(page, at, page.stream_at(behind), ask, shown(ask.first)):
        yield page.text[at:stop], stop


def _list(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    if at >= end:
        return
    found = _items(page, _begin(page, at), end)
    if found:
        yield [word for word, _, _ in found], page.stream_at(found[-1][2])
    if not ask.followed:
        return
    # What follows may begin with a comma, or may have run together with the last item.
    for count in range(len(found) - 1, 0, -1):
        yield [word for word, _, _ in found[:count]], page.stream_at(found[count - 1][2])
    for word, begin, behind in found[-1:]:
        known = {shown(one) for one in ask.first} if isinstance(ask.first, list) else set()
        for length in range(len(word) - 1, 0, -1):
            if behind - begin == len(word) and (not known or word[:length] in known):
                yield [*(each for each, _, _ in found[:-1]), word[:length]], page.stream_at(begin + length)


def _items(page: Page, offset: int, end: int) -> list[tuple[str, int, int]]:
    """Read the items of a list: what each says, and where it begins and ends in the plain text."""
    items: list[tuple[str, int, int]] = []
    while len(items) < _MOST_ITEMS and (found := _item(page, offset)) is not None:
        word, behind, is_quoted = found
        if page.stream_at(behind) > end:
            break
        items.append((word, offset, behind))
        comma = _NEXT.match(page.plain.text, behind)
        # Between bare words a bar parts the cells of a table.
        if comma is None or (not is_quoted and comma[0].strip() in ("", "|")):
            break
        offset = comma.end()
    return items


def _address(page: Page, at: int, end: int) -> str:
    found = _ADDRESS.match(page.text, at, min(end, page.run_end(at), at + LONGEST_VALUE))
    return "" if found is None else found[0].rstrip(".:")


def _call(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    verbs = _VERBS.match(page.text, at, end)
    verb, begin = (verbs[1] or "", verbs.end()) if verbs else ("", at)
    address = _address(page, begin, end)
    if not address.startswith(("/", "http")):
        return
    wanted, _, path = shown(ask.first).partition(" ")
    found = re.match(_before(address, ask.around) + _pattern(path, ask.around), address)
    if found and verb.upper() in ("", wanted) and (found.end() == len(address) or ask.followed):
        yield ask.first, begin + found.end()
    for stop in ends(page, begin, begin + len(address), ask):
        yield f"{verb.upper() or wanted} {page.text[begin:stop]}", stop


def _before(address: str, around: Around) -> str:
    """Give the pattern of what may stand before a path: the base address; another one is told of where it is cited."""
    base = around.base_url.rstrip("/")
    if base and address.startswith(base) and address[len(base) : len(base) + 1] in ("", "/"):
        return re.escape(base)
    return r"(?:https?://[^/]+(?:/[^?]*?)?)?"


def _pattern(path: str, around: Around) -> str:
    pattern, at = "", 0
    for found in _PLACEHOLDER.finditer(path):
        pattern += re.escape(path[at : found.start()])
        models = "|".join(map(re.escape, around.models))
        pattern += f"(?:{models}|\\{{[^{{}}]*\\}})" if found[1] == "model" and models else _ANY
        at = found.end()
    return pattern + re.escape(path[at:])


def _base(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    address, known = _address(page, at, end), shown(ask.first).rstrip("/")
    if not address.startswith("http"):
        return
    if address.startswith(known) and address[len(known) : len(known) + 1] in ("", "/"):
        yield ask.first, at + len(known)
        yield ask.first, at + len(address)
    yield address, at + len(address)


def _whole(page: Page, at: int, end: int, _: Ask) -> Iterator[Found]:
    if (address := _address(page, at, end)).startswith("http"):
        yield address.rstrip("/"), at + len(address)


def _judge_call(found: object, expected: object, _: Around) -> bool:
    return found == expected


def _quoted(page: Page, at: int, end: int, _: Ask) -> Iterator[Found]:
    found = _item(page, _begin(page, at)) if at < end else None
    if found is not None and found[2]:
        yield found[0], page.stream_at(found[1])


def _quotes(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
    if at < end and page.plain.text[_begin(page, at)] in _CLOSING:
        yield from _list(page, at, end, ask)


KINDS = {
    "quoted": Kind(scan=_quoted),
    "quotes": Kind(scan=_quotes),
    "option": Kind(scan=_option),
    "list": Kind(scan=_list),
    "call": Kind(scan=_call, judge=_judge_call),
    "address": Kind(scan=_base, judge=_judge_call),
    "base": Kind(scan=_whole, judge=lambda found, expected, _: found == shown(expected).rstrip("/")),
}
