"""A captured page as a stream of characters: white space, quotes and markup are gone, and every one knows its line.

Between two characters of the stream stands a break where something was left out. Labels are found across breaks, so that
cells which have run together and cells that have not are one; values end at them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.evidence import markup

MOST_CHARACTERS = 5_000_000
"""Longer pages are not read: the longest page of facts that we know of has a thousandth of it."""
_MOST_STEPS = 300_000
"""How many steps of matching any page may take, and one more for every other character of it; a page takes 3000."""

GONE = "\x00"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LEFT_OUT = re.compile(
    r"""
      (?<![0-9])\*{2,3}|\*{2,3}(?![0-9])          # strong
    | (?<![^\W_])\*(?=[^\W_])|(?<=\S)\*(?=[.,;:)\]\s]|\Z)  # emphasis: a sign at one side of a word
    | (?<![^\W_])_+|_+(?![^\W_])
    | (?<!\S)\#{1,6}(?=\s)                          # headings, also where lines have been joined
    | :?-{3,}:?                                     # rules of tables
    | ^[ \t]*[-+*>](?=\s)                           # bullets and quotations
    """,
    re.VERBOSE | re.MULTILINE,
)
_LONE_DASH = re.compile(r"(?<=\s)-(?=\s)")
_RUN = re.compile(r"[^\s\x00\"'`|\\\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2022\u00b7\u25cf\u200b\ufeff\u00ad]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Hold the characters that count; run i begins at starts[i] of it and at places[i] of the plain text."""

    text: str
    folded: str
    starts: list[int]
    places: list[int]


def stream(plain: str) -> Stream:
    """Leave out what carries no meaning.

    Args:
        plain: a text without tags.
    """
    marked = _LEFT_OUT.sub(_blank, plain.translate(_DASHES))
    marked = _LONE_DASH.sub(_dash, marked)
    runs: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for found in _RUN.finditer(marked):
        runs.append(found[0])
        starts.append(length)
        places.append(found.start())
        length += len(found[0])
    text = "".join(runs)
    return Stream(text=text, folded=folded(text), starts=starts, places=places)


def folded(text: str) -> str:
    """Write a text in small letters, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _blank(found: re.Match[str]) -> str:
    return GONE * len(found[0])


def _dash(found: re.Match[str]) -> str:
    # Between two numbers it makes a range; elsewhere it is a bullet, or a pause.
    text, at = found.string, found.start()
    before, behind = text[max(0, at - 4) : at].rstrip(), text[at + 1 : at + 5].lstrip()
    return "-" if before[-1:].isdigit() and behind[:1].isdigit() else GONE


class Page:
    """A captured page.

    name: the source that it is. shown: its path in reports. work: how many more steps of matching it may take.
    """

    def __init__(self, captured: str, *, name: str, shown: str) -> None:
        self.name = name
        self.shown = shown
        self.captured = captured
        self.plain = markup.plain(captured)
        found = stream(self.plain.text)
        self.text = found.text
        self.folded = found.folded
        self.starts = found.starts
        self.places = found.places
        self.work = _MOST_STEPS + len(self.text) // 2
        self._lines: list[int] = []

    def plain_at(self, at: int) -> int:
        """Give the offset in the plain text of a character of the stream, or of the end of the one before."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        return self.places[index] + at - self.starts[index] if self.starts else 0

    def plain_end(self, at: int) -> int:
        """Give the offset in the plain text right behind the character before an offset of the stream."""
        return self.plain_at(at - 1) + 1 if at else 0

    def stream_at(self, plain: int) -> int:
        """Give the first character of the stream at or behind an offset of the plain text."""
        index = bisect_right(self.places, plain) - 1
        if index < 0:
            return 0
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return min(self.starts[index] + plain - self.places[index], end)

    def run_end(self, at: int) -> int:
        """Give the next break behind a character of the stream."""
        index = bisect_right(self.starts, at)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def is_break(self, at: int) -> bool:
        """Tell whether something was left out before a character of the stream."""
        index = bisect_left(self.starts, at)
        return at >= len(self.text) or (index < len(self.starts) and self.starts[index] == at)

    def begins_line(self, at: int) -> bool:
        """Tell whether a character is the first of its line that counts."""
        if not self.is_break(at) or at >= len(self.text):
            return False
        index = bisect_left(self.starts, at)
        if index == 0:
            return True
        before = self.plain_end(at)
        return "\n" in self.plain.text[before : self.places[index]]

    def line_end(self, at: int) -> int:
        """Give the end of the line that a character stands in, in the stream."""
        end = self.plain.text.find("\n", self.plain_at(at))
        return len(self.text) if end < 0 else self.stream_at(end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets in what was captured of a part of the stream."""
        behind = self.plain.origin(self.plain_end(end) - 1) + 1 if end else 0
        return (behind if start == end else self.plain.origin(self.plain_at(start))), behind

    def quoted(self, start: int, end: int, most: int = 80) -> str:
        """Give the words of the page between two places of the stream, on one line, cut after `most` characters."""
        text = " ".join(self.plain.text[self.plain_at(start) : self.plain_end(end)].split())
        return text if len(text) <= most else text[: most - 3] + "..."

    def place(self, at: int) -> Place:
        """Give line and column of a character of the stream."""
        if not self._lines:
            self._lines = [0, *(found.end() for found in re.finditer("\n", self.captured))]
        offset = self.plain.origin(self.plain_at(at))
        line = bisect_right(self._lines, offset) - 1
        return Place(self.shown, line + 1, offset - self._lines[line] + 1)
