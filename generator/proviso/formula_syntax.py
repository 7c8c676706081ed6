"""Reads price formulas. The grammar is closed, and nothing is ever evaluated by Python's own parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from proviso.diagnostics import did_you_mean
from proviso.formulas import (
    COMPARISONS,
    MEASURES,
    ROUNDINGS,
    Binary,
    Extreme,
    Formula,
    Literally,
    Measure,
    Name,
    Rounded,
)

MOST_CHARACTERS = 500
DEEPEST = 20

_TOKEN = re.compile(r"\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)|([-+*/(),]))", re.ASCII)
_FUNCTIONS = (*COMPARISONS, *ROUNDINGS, *MEASURES)
_MOST_MEASURED = {"count": (1, 1), "characters": (1, 1), "pixels": (0, 2), "megapixels": (0, 2)}


class FormulaError(ValueError):
    """Text that is not a formula; `offset` is the character at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the message and the offset, counted from 0."""
        super().__init__(message)
        self.offset = offset


def parse(text: str) -> Formula:
    """Parse a formula such as `max_images * image`; raise FormulaError where it is none."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(f"a formula has at most {MOST_CHARACTERS} characters", 0)
    return _Parser(text).formula()


class _Parser:
    """A recursive-descent parser over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0
        self._end = len(text)

    def formula(self) -> Formula:
        result = self._sum()
        if (extra := self._peek()) is not None:
            raise FormulaError(f"{extra!r} is not expected here", self._offset())
        return result

    def _sum(self) -> Formula:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(f"a formula nests at most {DEEPEST} levels", self._offset())
        left = self._product()
        while (operator := self._peek()) in ("+", "-"):
            at = self._offset()
            self._take()
            left = Binary("+" if operator == "+" else "-", left, self._product(), at)
        self._depth -= 1
        return left

    def _product(self) -> Formula:
        left = self._atom()
        while (operator := self._peek()) in ("*", "/"):
            at = self._offset()
            self._take()
            left = Binary("*" if operator == "*" else "/", left, self._atom(), at)
        return left

    def _atom(self) -> Formula:
        offset = self._offset()
        word = self._take()
        if word is None:
            raise FormulaError("the formula ends where a name or a number is expected", offset)
        if word == "(":
            inner = self._sum()
            self._expect(")")
            return inner
        if word[0].isdigit():
            return Literally(Decimal(word), offset)
        if word[0].isalpha() or word[0] == "_":
            return self._function(word, offset) if self._peek() == "(" else Name(word, offset)
        raise FormulaError(f"{word!r} stands where a name or a number is expected", offset)

    def _function(self, name: str, at: int) -> Formula:
        for measure in MEASURES:
            if measure == name:
                return Measure(measure, self._parameters(name, at), at)
        for which in COMPARISONS:
            if which == name:
                return Extreme(which, self._compared(name), at)
        for how in ROUNDINGS:
            if how == name:
                return Rounded(how, *self._rounded(name), at)
        hint = did_you_mean(name, _FUNCTIONS) or f"; there are {', '.join(_FUNCTIONS)}"
        raise FormulaError(f"{name!r} is no function{hint}", self._offset())

    def _compared(self, name: str) -> tuple[Formula, ...]:
        compared = self._arguments()
        if len(compared) == 1:
            raise FormulaError(f"{name} compares two or more values", self._offset())
        self._expect(")")
        return compared

    def _rounded(self, name: str) -> tuple[Formula, Formula]:
        found = self._arguments()
        wanted = 1 if name in ("ceil", "floor") else 2
        if len(found) != wanted:
            example = f"{name}(x)" if wanted == 1 else f"{name}(x, step)"
            raise FormulaError(f"{name} is written {example}", self._offset())
        self._expect(")")
        return found[0], found[1] if wanted == 2 else Literally(Decimal(1))

    def _arguments(self) -> tuple[Formula, ...]:
        self._take()
        found = [self._sum()]
        while self._peek() == ",":
            self._take()
            found.append(self._sum())
        return tuple(found)

    def _parameters(self, name: str, at: int) -> tuple[str, ...]:
        self._take()
        found: list[str] = []
        while self._peek() not in (")", None):
            if found:
                self._expect(",")
            offset = self._offset()
            word = self._take() or ""
            if not (word[:1].isalpha() or word[:1] == "_"):
                raise FormulaError(f"{name} takes names of parameters", offset)
            found.append(word)
        self._expect(")")
        least, most = _MOST_MEASURED[name]
        if not least <= len(found) <= most:
            wanted = {"count": "count(list)", "characters": "characters(text)"}.get(
                name, f"{name}(), {name}(size) or {name}(width, height)"
            )
            raise FormulaError(f"{name} is written {wanted}", at)
        return tuple(found)

    def _expect(self, wanted: str) -> None:
        offset = self._offset()
        if self._take() != wanted:
            raise FormulaError(f"{wanted!r} is expected here", offset)

    def _peek(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def _offset(self) -> int:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else self._end

    def _take(self) -> str | None:
        word = self._peek()
        self._at += 1
        return word


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            bad = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(f"{text[bad]!r} has no meaning in a formula", bad)
        yield found[found.lastindex or 0], found.start(found.lastindex or 0)
        at = found.end()
