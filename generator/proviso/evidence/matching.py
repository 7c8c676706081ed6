"""Locators tried on a page: labels by plain search, holes by the scanners of their kinds, within a budget of work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from proviso.evidence.kinds import KINDS
from proviso.evidence.locators import Hole, Label, LineStart, Part
from proviso.evidence.pages import Page
from proviso.evidence.scanning import Ask, Found, Pair
from proviso.evidence.values import shown

Piece = tuple[Part, ...]
MOST_STEPS = 3_000
"""How many values are tried at one place."""
WINDOW = 120
"""How many characters may stand where a value was."""
_RUNS_BACK = 6
_MOST_PLACES = 100
_FEW_STEPS = 400


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
    return read.value[index] if wanted.kind == "range" and isinstance(read.value, Pair) else read.value


def span_of(read: Read, index: int) -> tuple[int, int]:
    """Give the part of the stream that holds the value of one fact."""
    if not isinstance(read.value, Pair):
        return read.start, read.end
    return (read.start, read.value.low_end) if index == 0 else (read.value.high_start, read.end)


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
    for at in _starts(page, piece, span, _anchor(piece)):
        trial = _Trial(page, piece, span[1], asking)
        if at >= free and (found := trial.best(at)) is not None:
            free = max(found.end, at + 1)
            yield found


def loose(page: Page, piece: Piece, span: tuple[int, int], asking: Asking) -> Match | None:
    """Find where a piece stands if any words may stand in its holes; the place where most of them are values."""
    best: tuple[tuple[int, ...], Match] | None = None
    anchors = _anchors(piece)
    if not any(isinstance(part, Label) for part in piece) and len(anchors) < 2:
        return None
    for anchor in anchors:
        for at in islice(_starts(page, piece, span, anchor), _MOST_PLACES):
            trial = _Trial(page, piece, span[1], asking, raws=2)
            trial.best(at)
            if trial.found is not None and (best is None or trial.found[0] < best[0]):
                best = trial.found
    return None if best is None else best[1]


def _anchor(piece: Piece) -> int | None:
    """Choose the words by which a piece is found: those it begins with, where it does, since they tell the very place."""
    anchors = _anchors(piece)
    begins = [index for index in anchors if not any(isinstance(part, Hole) for part in piece[:index])]
    return next(iter([*begins, *anchors]), None)


def _anchors(piece: Piece) -> list[int]:
    """Give the parts whose words are sought on the page: labels first, then holes that name their words."""
    labels = [index for index, part in enumerate(piece) if isinstance(part, Label)]
    return labels + [index for index, part in enumerate(piece) if _is_hole(part) and _says(part) is not None]


def _says(part: Part) -> str | None:
    """Give the words of a label, or of a hole that names them."""
    match part:
        case Label():
            return part.text
        case Hole(says=Label(text=text)):
            return text
        case _:
            return None


def _is_hole(part: Part) -> bool:
    return isinstance(part, Hole)


def _starts(page: Page, piece: Piece, span: tuple[int, int], anchor: int | None) -> Iterator[int]:
    """Yield where a piece may begin, by the words of one of its parts; what stands before them is a few runs long."""
    if anchor is None:
        yield from _run_starts(page, *span)
        return
    holes = sum(isinstance(part, Hole) for part in piece[:anchor])
    seen = span[0] - 1
    for at in _occurrences(page, _says(piece[anchor]) or "", span):
        if not any(isinstance(part, Hole | Label) for part in piece[:anchor]):
            yield at
            continue
        before = sum(len(_says(part) or "") for part in piece[:anchor])
        run = bisect_left(page.starts, at - before)
        begin = page.starts[max(run - _RUNS_BACK * max(holes, 1), 0)] if page.starts else 0
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
        self.most = _FEW_STEPS if raws else MOST_STEPS
        self.found: tuple[tuple[int, ...], Match] | None = None

    def best(self, at: int) -> Match | None:
        """Read the piece at a place of the stream."""
        self.start = at
        self._go(0, at, (), self.raws)
        return None if self.found is None else self.found[1]

    def _go(self, index: int, at: int, reads: tuple[Read, ...], raws: int) -> None:
        self.steps += 1
        self.page.work -= 1
        if self.steps > self.most or at > self.end or self.page.work < 0:
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
        for stop in self._raw_ends(index, at) if self.found is before and raws else ():
            read = Read(hole=hole, value=self.page.quoted(at, stop), start=at, end=stop, raw=True)
            self._go(index + 1, stop, (*reads, read), raws - 1)

    def _values(self, hole: Hole, at: int, *, followed: bool) -> Iterator[Found]:
        wanted = self.asking(hole, followed=followed)
        if hole.says is None:
            yield from KINDS[wanted.kind].scan(self.page, at, self.end, wanted.ask)
        elif self.page.folded.startswith(hole.says.text, at, self.end):
            yield wanted.ask.first, at + len(hole.says.text)

    def _raw_ends(self, index: int, at: int) -> Iterator[int]:
        """Yield where words end that stand in place of a value."""
        if index + 1 == len(self.piece):
            yield min(self.page.line_end(at), self.end, at + WINDOW)
            return
        following = self.piece[index + 1]
        words = _says(following)
        if words is not None:
            # With nothing before it, a value that is not there cannot be told from any other place.
            most = min(at + WINDOW, self._bracket_end(at))
            found = self.page.folded.find(words, at + (index == 0), min(most + len(words), self.end))
            yield from (found,) if found >= 0 else ()
        if words is None or _is_hole(following):
            last = min(at + WINDOW, self.end)
            yield from (end for end in range(at + 1, last) if self._turns(end))

    def _bracket_end(self, at: int) -> int:
        """Give the end of the bracket that a place stands in: nothing that stood there has gone beyond it."""
        depth = 0
        for offset, sign in enumerate(self.page.text[at : at + WINDOW]):
            depth += (sign == "(") - (sign == ")")
            if depth < 0:
                return at + offset
        return at + WINDOW

    def _turns(self, at: int) -> bool:
        """Tell whether one word may end and another begin at a place."""
        before, behind = self.page.text[at - 1], self.page.text[at]
        return self.page.is_break(at) or before.isalpha() != behind.isalpha() or before.isdigit() != behind.isdigit()

    def _weigh(self, match: Match) -> None:
        """Keep the reading that agrees with the spec in most holes; else the one whose values look like those of it."""
        others, like = self._member(match)
        shape = 0
        for read in match.reads:
            wanted = self.asking(read.hole, followed=False, member=like)
            for index, expected in enumerate(wanted.ask.expected):
                if not agrees(read, wanted, index):
                    others += 1
                    length = read.end - read.start
                    shape += length if read.raw else abs(length - len(shown(expected)))
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
