"""Kinds of values that the quotes, commas and addresses of a page bound: options, lists of them, calls, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso.evidence.pages import Page
from proviso.evidence.scanning import LONGEST_VALUE, Around, Ask, Found, Kind, ends
from proviso.evidence.values import same, shown

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
        return None if end < 0 else (text[offset + 1 : end].strip(), end + 1, True)
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
    items: list[str] = []
    offset = _begin(page, at)
    behind, last, is_quoted = offset, offset, False
    while len(items) < _MOST_ITEMS and (found := _item(page, offset)) is not None:
        if page.stream_at(found[1]) > end:
            break
        last, behind, is_quoted = offset, found[1], found[2]
        items.append(found[0])
        if (comma := _NEXT.match(page.plain.text, behind)) is None or (not is_quoted and not comma[0].strip()):
            break
        offset = comma.end()
    if not items:
        return
    yield items, page.stream_at(behind)
    if ask.followed and not is_quoted:
        known = {shown(one) for one in ask.first} if isinstance(ask.first, list) else set()
        for stop in range(behind - 1, last, -1):
            word = page.plain.text[last:stop]
            if not known or word in known:
                yield [*items[:-1], word], page.stream_at(stop - 1) + 1


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
    found = re.match(r"(?:https?://[^/]+(?:/[^?]*?)?)?" + _pattern(path, ask.around), address)
    if found and verb.upper() in ("", wanted) and (found.end() == len(address) or ask.followed):
        yield ask.first, begin + found.end()
    for stop in ends(page, begin, begin + len(address), ask):
        yield f"{verb.upper() or wanted} {page.text[begin:stop]}", stop


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


def _judge_call(found: object, expected: object, _: Around) -> bool:
    return found == expected


KINDS = {
    "option": Kind(scan=_option),
    "list": Kind(scan=_list, judge=lambda found, expected, _: same(found, _as_list(expected))),
    "call": Kind(scan=_call, judge=_judge_call),
    "address": Kind(scan=_base, judge=_judge_call),
}


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]
