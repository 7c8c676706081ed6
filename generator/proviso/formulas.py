"""Price formulas: sums and products over parameters, counts and rates.

The grammar is closed: names, decimal numbers, `+`, `-`, `*`, `/`, parentheses,
and `min(...)` and `max(...)`. A formula is parsed once, when the spec is loaded;
nothing is ever evaluated by Python's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, assert_never

MOST_CHARACTERS = 500
DEEPEST = 20

COUNTS = ("requested", "delivered")
"""Counts that a formula may name: how many were asked for, and how many came."""

Operator = Literal["+", "-", "*", "/"]
_TOKEN = re.compile(r"\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)|([-+*/(),]))", re.ASCII)


class FormulaError(ValueError):
    """Text that is not a formula; `offset` is the character at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the message and the offset, counted from 0."""
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, a count or a rate."""

    name: str


@dataclass(frozen=True, slots=True)
class Literally:
    """A number as written."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Binary:
    """Two formulas and an operator between them."""

    operator: Operator
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest of some formulas."""

    which: Literal["min", "max"]
    of: tuple[Formula, ...]


Formula = Name | Literally | Binary | Extreme


def parse(text: str) -> Formula:
    """Parse a formula such as `max_images * image`; raise FormulaError where it is none."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(f"a formula has at most {MOST_CHARACTERS} characters", 0)
    return _Parser(text).formula()


def names(formula: Formula) -> Iterator[str]:
    """Yield every name in a formula, from left to right."""
    match formula:
        case Name(name=name):
            yield name
        case Literally():
            pass
        case Binary(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case Extreme(of=parts):
            for part in parts:
                yield from names(part)
        case _:
            assert_never(formula)


def evaluate(formula: Formula, values: Mapping[str, Decimal]) -> Decimal:
    """Compute a formula; `values` has every name that occurs in it."""
    match formula:
        case Name(name=name):
            return values[name]
        case Literally(number=number):
            return number
        case Binary(operator=operator, left=left, right=right):
            a, b = evaluate(left, values), evaluate(right, values)
            match operator:
                case "+":
                    return a + b
                case "-":
                    return a - b
                case "*":
                    return a * b
                case "/":
                    return a / b
                case _:
                    assert_never(operator)
        case Extreme(which=which, of=parts):
            results = [evaluate(part, values) for part in parts]
            return min(results) if which == "min" else max(results)
        case _:
            assert_never(formula)


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
            self._take()
            left = Binary("+" if operator == "+" else "-", left, self._product())
        self._depth -= 1
        return left

    def _product(self) -> Formula:
        left = self._atom()
        while (operator := self._peek()) in ("*", "/"):
            self._take()
            left = Binary("*" if operator == "*" else "/", left, self._atom())
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
            return Literally(Decimal(word))
        if word[0].isalpha() or word[0] == "_":
            return self._extreme(word) if self._peek() == "(" else Name(word)
        raise FormulaError(f"{word!r} stands where a name or a number is expected", offset)

    def _extreme(self, name: str) -> Formula:
        if name not in ("min", "max"):
            raise FormulaError(f"{name!r} is no function; min and max are", self._offset())
        self._take()
        parts = [self._sum()]
        while self._peek() == ",":
            self._take()
            parts.append(self._sum())
        if len(parts) == 1:
            raise FormulaError(f"{name} compares two or more values", self._offset())
        self._expect(")")
        return Extreme("min" if name == "min" else "max", tuple(parts))

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
