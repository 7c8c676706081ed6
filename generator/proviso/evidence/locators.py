"""The language of locators: labels as the page has them, holes for values, and gaps.

    `num_images` ({type}, {required}) … Default: {default} … Options: {enum}

A gap, `…` or `...`, stands for anything; what stands between two gaps is found in one piece. A hole is `{name}`,
`{name:kind}`, `{name=words of the page}` for a value that the page says in words, `{minimum..maximum}` for two values, `{id, code}` for
several facts that one JSON shows, or `{:kind}` for a value that is no fact. `{line}` is the beginning of a line. Braces of the page are doubled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from proviso.evidence import pages

_TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|\u2026|\.\.\.|[{}]")
MOST_CHARACTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words of the page, as `text` without white space, quotes and markup, in small letters."""

    text: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A place for a value. names: the facts, none where the value is no fact; `at`: where it stands in the locator."""

    names: tuple[str, ...]
    kind: str | None
    says: Label | None
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStart:
    """The beginning of a line."""


Part: TypeAlias = "Label | Hole | LineStart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Say where a page states facts: pieces, each of which stands on the page without a gap."""

    text: str
    pieces: tuple[tuple[Part, ...], ...]

    def holes(self) -> tuple[Hole, ...]:
        """Give all holes in their order."""
        return tuple(part for piece in self.pieces for part in piece if isinstance(part, Hole))

    def labels(self) -> tuple[Label, ...]:
        """Give all labels in their order."""
        return tuple(part for piece in self.pieces for part in piece if isinstance(part, Label))


class LocatorError(ValueError):
    """A text that is no locator; `at` is the offset of what is wrong."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def parse(text: str, *, kinds: frozenset[str]) -> Locator:
    """Read a locator.

    Args:
        text: as it stands in the spec, of 500 characters at most.
        kinds: the names of the kinds of values that there are.

    Raises:
        LocatorError: it says what is wrong, and where.
    """
    if len(text) > MOST_CHARACTERS:
        raise LocatorError(f"a locator has {MOST_CHARACTERS} characters at most; quote labels alone", MOST_CHARACTERS)
    pieces: list[list[Part]] = [[]]
    words = ""
    at = 0

    def end_label() -> None:
        nonlocal words
        if (label := label_of(words)).text:
            pieces[-1].append(label)
        words = ""

    for found in _TOKEN.finditer(text):
        words += text[at : found.start()]
        at = found.end()
        match found[0]:
            case "{{" | "}}":
                words += found[0][0]
            case "{" | "}":
                message = f'"{found[0]}" stands alone; a brace of the page is written twice, as {found[0] * 2}'
                raise LocatorError(message, found.start())
            case "\u2026" | "...":
                end_label()
                if not pieces[-1]:
                    raise LocatorError("nothing stands before this gap; leave the gap out", found.start())
                pieces.append([])
            case _:
                end_label()
                pieces[-1].append(_hole(found[0][1:-1], found.start() + 1, kinds))
    words += text[at:]
    end_label()
    if not pieces[-1]:
        what = "nothing stands behind this gap" if len(pieces) > 1 else "there is nothing to find"
        raise LocatorError(f"{what}; write a label of the page, and a hole for each value", max(len(text) - 1, 0))
    return Locator(text=text, pieces=tuple(map(tuple, pieces)))


def label_of(words: str) -> Label:
    """Read words of a page as they are compared.

    Args:
        words: with any white space, quotes and markup.
    """
    return Label(text=pages.stream(words).folded, words=len(words.split()))


def _hole(inner: str, at: int, kinds: frozenset[str]) -> Part:
    name, equals, says = inner.partition("=")
    if equals:
        if not name or not label_of(says).text:
            raise LocatorError("before = stands the fact, behind it the page's words for it, as {means=Not Found}", at)
        return Hole(names=tuple(one.strip() for one in name.split(",")), kind=None, says=label_of(says), at=at)
    if inner == "line":
        return LineStart()
    name, colon, kind = inner.rpartition(":")
    if not colon or kind not in kinds:
        name, kind = inner, ""
    if name == "" and not kind:
        listed = ", ".join(sorted(kinds))
        raise LocatorError(f"a hole names a fact, as {{maximum}}, or a kind, as {{:number}}; kinds are {listed}", at)
    is_range = ".." in name
    names = tuple(part.strip() for part in name.split(".." if is_range else ",")) if name else ()
    if "" in names or (is_range and len(names) != 2):
        raise LocatorError("two values of a range are written {minimum..maximum}, facts of one JSON {id, code}", at)
    return Hole(names=names, kind="range" if is_range else kind or None, says=None, at=at)
