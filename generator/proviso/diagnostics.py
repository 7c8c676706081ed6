"""Complaints about a spec: where, what, and under which rule."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Point to a position in a spec file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        """Write the place as compilers do, so that editors can jump to it."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """Say what is wrong at a place, and what would be right."""

    place: Place
    message: str
    rule: str

    def __str__(self) -> str:
        """Write the complaint in compiler form, on one line even when it quotes a spec that would break it."""
        return f"{self.place}: {printable(self.message)} [{self.rule}]"


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort complaints by place and drop those that say the same twice.

    Args:
        diagnostics: complaints in any order, from any number of files.
    """
    return tuple(sorted(set(diagnostics)))


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Find the allowed word that is most like the one that was written.

    Args:
        word: what was written.
        allowed: the words that may stand there.
    """
    words = list(allowed)
    # difflib compares letter by letter and takes its time over a page of text, which is no misspelt word anyway.
    if len(word) > _LONGEST_QUOTE:
        return None
    found = difflib.get_close_matches(word, words, n=1)
    if found:
        return found[0]
    # Upper and lower case weigh too much for difflib: "GET" is nothing like "get" to it.
    return next((each for each in words if each.casefold() == word.casefold()), None)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Write the end of a message that names the nearest allowed word, or nothing.

    Args:
        word: what was written.
        allowed: the words that may stand there.
    """
    found = nearest(word, allowed)
    return "" if found is None else f"; did you mean {quoted(found)}?"


def quoted(text: str) -> str:
    """Put a text in double quotes, short and on one line, whatever is in it.

    Args:
        text: what a spec says; only its beginning is shown when it is long.
    """
    cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + "..."
    return f'"{printable(cut)}"'


def printable(text: str) -> str:
    """Show line breaks and other invisible characters as escapes, so that a complaint keeps to its line.

    Args:
        text: any text, also one that cannot be encoded.
    """
    return "".join(each if each.isprintable() else _escape(each) for each in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
