"""Captured pages as plain text: tags, scripts and entities go, and every piece knows where it stood."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

_MARKUP = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>])|<!--|<!(?=[A-Za-z])|&#?[A-Za-z0-9]{1,31};|[\u00ad\u200b-\u200f\u2060\ufeff]+"
)
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
_UNREAD = {"script", "style", "svg", "template", "iframe"}
_CELLS = {"td", "th", "dt", "dd"}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "body", "html", "head", "title"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "table", "thead", "tbody", "tr", "pre", "br", "hr"),
    *("blockquote", "form", "figure", "details", "summary", "caption", "button"),
}
_INLINE = {
    *("a", "b", "i", "u", "s", "em", "strong", "code", "span", "small", "sub", "sup", "mark", "kbd", "samp", "var"),
    *("abbr", "cite", "q", "del", "ins", "label", "img", "input", "meta", "link", "wbr", "font", "time"),
}
_LONGEST_TAG = 20_000
"""How many characters a tag may have; a "<" that is not closed by then is a sign like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Hold the text of a page without tags; pieces[i] of it began at origins[i] of what was captured."""

    text: str
    pieces: list[int]
    origins: list[int]

    def origin(self, at: int) -> int:
        """Give the offset in the captured text of an offset in this one."""
        index = bisect_right(self.pieces, at) - 1
        return self.origins[index] + at - self.pieces[index]


def plain(captured: str) -> Plain:
    """Take tags, comments, scripts and entities out of a text, whatever its kind; what is no tag of HTML stays.

    Args:
        captured: Markdown, HTML or the text of a rendered page, of any length.
    """
    reader = _Reader(captured)
    reader.read()
    return Plain(text="".join(reader.parts), pieces=reader.pieces, origins=reader.origins)


class _Reader:
    def __init__(self, captured: str) -> None:
        self.captured = captured
        self.parts: list[str] = []
        self.pieces: list[int] = [0]
        self.origins: list[int] = [0]
        self.length = 0
        self.known: dict[str, int] = {}

    def read(self) -> None:
        at = 0
        while found := _MARKUP.search(self.captured, at):
            self._keep(at, found.start())
            at = self._past(found)
        self._keep(at, len(self.captured))

    def _keep(self, start: int, end: int) -> None:
        self._add(self.captured[start:end], start)

    def _add(self, text: str, origin: int) -> None:
        if text:
            self.pieces.append(self.length)
            self.origins.append(origin)
            self.parts.append(text)
            self.length += len(text)

    def _past(self, found: re.Match[str]) -> int:
        start, sign = found.start(), found[0]
        if sign.startswith("&"):
            self._add(html.unescape(sign).translate(_UNSEEN), start)
            return found.end()
        if not sign.startswith("<"):
            return found.end()
        if sign == "<!--":
            return self._closed("-->", found.end()) or self._as_it_is(found)
        name = (found[2] or "!").lower()
        if name not in _BLOCKS | _CELLS | _INLINE | _UNREAD | {"!"}:
            return self._as_it_is(found)
        end = self._tag_end(found.end())
        if end is None:
            return self._as_it_is(found)
        if name in _UNREAD and not found[1] and self.captured[end - 2] != "/":
            end = self._closed(f"</{name}", end) or end
            end = self._tag_end(end) or end
        self._add("\n" if name in _BLOCKS else "\t" if name in _CELLS else "", start)
        return end

    def _as_it_is(self, found: re.Match[str]) -> int:
        self._keep(found.start(), found.start() + 1)
        return found.start() + 1

    def _tag_end(self, at: int) -> int | None:
        end = self.captured.find(">", at, at + _LONGEST_TAG)
        return None if end < 0 else end + 1

    def _closed(self, sign: str, at: int) -> int | None:
        """Give the end of the next such sign, in small letters or in capitals."""
        found = [one for one in (self._next(sign, at), self._next(sign.upper(), at)) if one >= 0]
        return min(found) + len(sign) if found else None

    def _next(self, sign: str, at: int) -> int:
        # What was found once is not looked for again before it is passed, nor is what stands nowhere behind.
        known = self.known.get(sign, 0)
        if 0 <= known < at or sign not in self.known:
            known = self.known[sign] = self.captured.find(sign, at)
        return known
