"""What all kinds of holes share: where a value may begin and end on a page, and what is asked of it there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from proviso.evidence.pages import Page
from proviso.evidence.values import same

LONGEST_VALUE = 400
"""How many characters of the stream a value may have, where it is no list and no JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a value is read and judged by, beside the fact itself.

    free_texts: parameters whose documented values are written anew. models: the ids that {model} stands for.
    names: all parameters; groups: what a body has beside them. blanked: paths that the page leaves empty.
    """

    base_url: str = ""
    models: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    free_texts: frozenset[str] = frozenset()
    blanked: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is looked for: the values of the facts, and whether something follows that must fit right behind.

    known: the names of the members, where it is the name of one.
    """

    expected: tuple[object, ...]
    followed: bool
    known: tuple[str, ...] = ()
    around: Around = field(default_factory=Around)

    @property
    def first(self) -> object:
        """The value of the one fact."""
        return self.expected[0] if self.expected else None


class Pair(NamedTuple):
    """Hold the two values of a range, and where the first ends and the second begins."""

    low: object
    high: object
    low_end: int
    high_start: int


Found = tuple[object, int]
Scan = Callable[[Page, int, int, Ask], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of values.

    scan: yields what may stand at a place, the likeliest first: the value, and the end in the stream.
    judge: whether what was found says what the spec does. told: what the page says now, for people.
    """

    scan: Scan
    judge: Callable[[object, object, Around], bool] = lambda found, expected, _: same(found, expected)
    told: Callable[[object, object, Around], object] = lambda found, *_: found


def ends(page: Page, at: int, whole: int, ask: Ask, known: str = "") -> Iterator[int]:
    """Yield where a value that may reach from `at` to `whole` ends: as known, at the whole, and in between.

    Ends in between are for what has run together with the next cell, and only where something follows that tells.
    """
    tried = set()
    if known and page.text.startswith(known, at) and (at + len(known) == whole or ask.followed):
        tried.add(at + len(known))
        yield at + len(known)
    if whole > at and whole not in tried:
        yield whole
    if ask.followed:
        yield from (end for end in range(whole - 1, at, -1) if end not in tried)


def matched(pattern: re.Pattern[str], page: Page, at: int, end: int) -> re.Match[str] | None:
    """Match a pattern within the run that a place stands in."""
    return pattern.match(page.text, at, min(end, page.run_end(at), at + LONGEST_VALUE))


def word_scan(words: Mapping[str, object]) -> Scan:
    """Make a scanner of a few words, of which the longest counts; in any case, and across breaks."""
    ordered = sorted(words, key=len, reverse=True)

    def scan(page: Page, at: int, end: int, ask: Ask) -> Iterator[Found]:
        for word in ordered:
            stop = at + len(word)
            if page.folded.startswith(word, at) and stop <= end and (ask.followed or closes(page, stop)):
                yield words[word], stop
                return

    return scan


def closes(page: Page, at: int) -> bool:
    """Tell whether a word may end before a place: what follows there does not go on in small letters."""
    return page.is_break(at) or not (page.text[at].islower() and page.text[at - 1].isalpha())
