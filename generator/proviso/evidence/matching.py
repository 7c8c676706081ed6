"""Locators tried on a page: labels by plain search, holes by the scanners of their kinds, within a budget of work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from proviso.evidence.kinds import KINDS
from proviso.evidence.locators import Hole, Label, LineStart, Part, label_of
from proviso.evidence.pages import Page
from proviso.evidence.scanning import Ask, Found
from proviso.evidence.values import shown

Piece = tuple[Part, ...]
MOST_STEPS = 3_000
"""How many values are tried at one place."""
WINDOW = 120
"""How many characters may stand where a value was."""
_RUNS_BACK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Hold what stands in a hole: `raw` where it is no value of the kind that was looked for."""

    hole: Hole
    value: object
    start: int
    end: int
    raw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Hold where a piece of a locator stands, and what is in its holes."""

    start: int
    end: int
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Tell what is looked for in a hole: its kind, and the values of its facts."""

    kind: str
    ask: Ask


def value_of(read: Read, wanted: Wanted, index: int) -> object:
    """Give the value that a hole holds for one of its facts."""
    if wanted.kind == "range" and isinstance(read.value, tuple):
        return read.value[index]
    return read.value


def agrees(read: Read, wanted: Wanted, index: int) -> bool:
    """Tell whether a hole holds what the spec says for one of its facts."""
    if read.raw or read.hole.says is not None:
        return not read.raw
    found, expected = value_of(read, wanted, index), wanted.ask.expected[index]
    return KINDS[wanted.kind].judge(found, expected, wanted.ask.around)


class Asking(Protocol):
    """Tell what is wanted of a hole, and whether something follows it right behind."""

    def __call__(self, hole: Hole, *, followed: bool, member: str | None = None) -> Wanted:
        """Tell it for one hole, in the row of a member."""
        ...


def matches(page: Page, piece: Piece, span: tuple[int, int], asking: Asking) -> Iterator[Match]:
    """Yield where a piece of a locator stands in a part of a page, in order and without overlap."""
    free = span[0]
    for at in _starts(page, piece, span):
        if at >= free and (found := _Trial(page, piece, span[1], asking).best(at)) is not None:
            free = max(found.end, at + 1)
            yield found


def loose(page: Page, piece: Piece, span: tuple[int, int], asking: Asking, most: int = 50) -> Match | None:
    """Find where a piece stands if any words may stand in its holes; the place where most of them are values."""
    best: Match | None = None
    if not any(_says(part) is not None and not _is_hole(part) for part in piece):
        return None
    for count, at in enumerate(_starts(page, piece, span)):
        if count >= most:
            break
        found = _Trial(page, piece, span[1], asking, raws=2).best(at)
        if found is not None and (best is None or _raws(found) < _raws(best)):
            best = found
    return best


def _raws(match: Match) -> int:
    return sum(read.raw for read in match.reads)


def _says(part: Part) -> str | None:
    """Give the words of a label, or of a hole that names them."""
    match part:
        case Label():
            return part.text
        case Hole(says=str(says)):
            return label_of(says).text
        case _:
            return None


def _is_hole(part: Part) -> bool:
    return isinstance(part, Hole)


def _starts(page: Page, piece: Piece, span: tuple[int, int]) -> Iterator[int]:
    parts = [part for part in piece if not isinstance(part, LineStart)]
    first = next((index for index, part in enumerate(parts) if isinstance(part, Label)), None)
    if first is None:
        first = next((index for index, part in enumerate(parts) if _says(part) is not None), None)
    if first is None:
        yield from _run_starts(page, *span)
        return
    words = _says(parts[first]) or ""
    seen = span[0] - 1
    for at in _occurrences(page, words, span):
        if first == 0:
            yield at
            continue
        run = bisect_left(page.starts, at)
        begin = page.starts[max(run - _RUNS_BACK * first, 0)] if page.starts else 0
        for start in _run_starts(page, max(begin, seen + 1, span[0]), at):
            seen = start
            yield start


def _occurrences(page: Page, words: str, span: tuple[int, int]) -> Iterator[int]:
    at = page.folded.find(words, *span)
    while at >= 0:
        yield at
        at = page.folded.find(words, at + 1, span[1])


def _run_starts(page: Page, start: int, end: int) -> Iterator[int]:
    for index in range(bisect_left(page.starts, start), len(page.starts)):
        begin = page.starts[index]
        if begin >= end:
            return
        yield begin
        stop = min(page.run_end(begin), end, begin + WINDOW)
        for at in range(begin + 1, stop):
            # A name may have run together with a number before it.
            if page.text[at - 1].isdigit() and page.text[at].isalpha():
                yield at


class _Trial:
    """One piece at one place: all ways to read it are tried, and the one that agrees most with the spec counts."""

    def __init__(self, page: Page, piece: Piece, end: int, asking: Asking, *, raws: int = 0) -> None:
        self.page = page
        self.piece = piece
        self.end = end
        self.asking = asking
        self.raws = raws
        self.start = 0
        self.steps = 0
        self.found: tuple[tuple[int, ...], Match] | None = None

    def best(self, at: int) -> Match | None:
        """Read the piece at a place of the stream."""
        self.start = at
        self._go(0, at, (), self.raws)
        return None if self.found is None else self.found[1]

    def _go(self, index: int, at: int, reads: tuple[Read, ...], raws: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS or at > self.end:
            return
        if index == len(self.piece):
            self._weigh(Match(start=self.start, end=at, reads=reads))
            return
        part = self.piece[index]
        match part:
            case LineStart():
                if self.page.begins_line(at):
                    self._go(index + 1, at, reads, raws)
            case Label(text=text):
                if self.page.folded.startswith(text, at, self.end):
                    self._go(index + 1, at + len(text), reads, raws)
            case Hole():
                self._hole(part, index, at, reads, raws)

    def _hole(self, hole: Hole, index: int, at: int, reads: tuple[Read, ...], raws: int) -> None:
        before = self.found
        followed = index + 1 < len(self.piece) and not isinstance(self.piece[index + 1], LineStart)
        for value, end in self._values(hole, at, followed=followed):
            read = Read(hole=hole, value=value, start=at, end=end)
            self._go(index + 1, end, (*reads, read), raws)
            if self.found is not None and not any(self.found[0][:1]):
                return
        if self.found is before and raws and (stop := self._raw_end(index, at)) is not None:
            read = Read(hole=hole, value=self.page.quoted(at, stop), start=at, end=stop, raw=True)
            self._go(index + 1, stop, (*reads, read), raws - 1)

    def _values(self, hole: Hole, at: int, *, followed: bool) -> Iterator[Found]:
        wanted = self.asking(hole, followed=followed)
        if hole.says is None:
            yield from KINDS[wanted.kind].scan(self.page, at, self.end, wanted.ask)
        elif self.page.folded.startswith(words := label_of(hole.says).text, at, self.end):
            yield wanted.ask.first, at + len(words)

    def _raw_end(self, index: int, at: int) -> int | None:
        if index + 1 == len(self.piece):
            return min(self.page.line_end(at), self.end, at + WINDOW)
        words = _says(self.piece[index + 1])
        if words is None:
            return None
        found = self.page.folded.find(words, at, min(at + WINDOW + len(words), self.end))
        return found if found >= 0 else None

    def _weigh(self, match: Match) -> None:
        """Keep the reading that agrees with the spec in most holes; else the one whose values look like those of it."""
        others, like = self._member(match)
        shape = 0
        for read in match.reads:
            wanted = self.asking(read.hole, followed=False, member=like)
            for index, expected in enumerate(wanted.ask.expected):
                if not agrees(read, wanted, index):
                    others += 1
                    shape += abs(read.end - read.start - len(shown(expected)))
        weight = (others, shape)
        if self.found is None or weight < self.found[0]:
            self.found = (weight, match)

    def _member(self, match: Match) -> tuple[int, str | None]:
        """Tell of which member a row is, and whether it is a new one; a new one looks like the first that is known."""
        for read in match.reads:
            known = self.asking(read.hole, followed=False).ask.known
            if known:
                name = shown(read.value)
                return (0, name) if name in known else (1, known[0])
        return 0, None
