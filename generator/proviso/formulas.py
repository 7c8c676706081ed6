"""Price formulas: what they are made of, and how they are reckoned.

A formula holds names, measures of the request such as `count(image_urls)`, decimal
numbers, `+`, `-`, `*`, `/`, and functions that compare or round. Every operation is
exact: `EXACT` raises where a result would have to be cut off.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, assert_never, get_args

Operator = Literal["+", "-", "*", "/"]
Comparison = Literal["min", "max"]
Rounding = Literal["ceil", "floor", "round_up", "round_down", "round_half_up"]
Measured = Literal["count", "characters", "pixels", "megapixels"]

COUNTS = ("requested", "delivered")
"""How many were asked for, and how many came."""

REQUEST = "request"
"""The name of the one request that a formula is about."""

ABSENT = "absent"
"""The row of a table that counts where its parameter is left out, or null, and has no default."""

BUILT_IN = (*COUNTS, REQUEST)
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
MEASURES: tuple[Measured, ...] = get_args(Measured)

EXACT = decimal.Context(
    prec=1000,
    Emin=-99_999,
    Emax=99_999,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
"""The arithmetic of money: nothing is ever rounded on the way."""


def _offset() -> int:
    offset: int = field(default=0, compare=False, repr=False)
    return offset


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, a count, a rate or a measured quantity. `at`: where it stands in the formula, counted from 0."""

    name: str
    at: int = _offset()


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that is read off the request, such as the number of items of a list."""

    what: Measured
    of: tuple[str, ...]
    at: int = _offset()


@dataclass(frozen=True, slots=True)
class Literally:
    """A number as written."""

    number: Decimal
    at: int = _offset()


@dataclass(frozen=True, slots=True)
class Binary:
    """Two formulas and an operator between them."""

    operator: Operator
    left: Formula
    right: Formula
    at: int = _offset()


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest of some formulas."""

    which: Comparison
    of: tuple[Formula, ...]
    at: int = _offset()


@dataclass(frozen=True, slots=True)
class Rounded:
    """A formula rounded to whole units, or to multiples of a step."""

    how: Rounding
    value: Formula
    step: Formula
    at: int = _offset()


Leaf = Name | Measure
Formula = Leaf | Literally | Binary | Extreme | Rounded


def leaves(formula: Formula) -> Iterator[Leaf]:
    """Yield every name and measure in a formula, from left to right."""
    match formula:
        case Name() | Measure():
            yield formula
        case Literally():
            pass
        case _:
            for part in parts(formula):
                yield from leaves(part)


def renamed(formula: Formula, names: Mapping[str, str]) -> Formula:
    """Give a formula with other names for some of what it names."""
    match formula:
        case Name(name=name):
            return replace(formula, name=names.get(name, name))
        case Measure(of=of):
            return replace(formula, of=tuple(names.get(name, name) for name in of))
        case Literally():
            return formula
        case Binary(left=left, right=right):
            return replace(formula, left=renamed(left, names), right=renamed(right, names))
        case Extreme(of=parts):
            return replace(formula, of=tuple(renamed(part, names) for part in parts))
        case Rounded(value=value, step=step):
            return replace(formula, value=renamed(value, names), step=renamed(step, names))
        case _:
            assert_never(formula)


def parts(formula: Formula) -> tuple[Formula, ...]:
    """Give the formulas that a formula is made of."""
    match formula:
        case Name() | Measure() | Literally():
            return ()
        case Binary(left=left, right=right):
            return left, right
        case Extreme(of=of):
            return of
        case Rounded(value=value, step=step):
            return value, step
        case _:
            assert_never(formula)


def names(formula: Formula) -> Iterator[str]:
    """Yield every name in a formula, from left to right."""
    return (leaf.name for leaf in leaves(formula) if isinstance(leaf, Name))


def quotient(formula: Formula) -> tuple[Formula, Formula]:
    """Take a formula apart into what is divided and what it is divided by."""
    if isinstance(formula, Binary) and formula.operator == "/":
        return formula.left, formula.right
    return formula, Literally(Decimal(1))


def evaluate(formula: Formula, leaf: Callable[[Leaf], Decimal]) -> Decimal:
    """Reckon a formula exactly. leaf: gives the number of a name or a measure.

    Raises ArithmeticError where it divides by zero or the result has no end.
    """
    with decimal.localcontext(EXACT):
        return _evaluate(formula, leaf)


def rounded(how: Rounding, number: Decimal, step: Decimal, over: Decimal) -> Decimal:
    """Round number / over to a multiple of a step above 0; `round_half_up` takes a half upwards."""
    match how:
        case "ceil" | "round_up":
            return _ceil(number, over * step) * step
        case "floor" | "round_down":
            return -_ceil(-number, over * step) * step
        case "round_half_up":
            return -_ceil(-2 * number - over * step, 2 * over * step) * step
        case _:
            assert_never(how)


def _evaluate(formula: Formula, leaf: Callable[[Leaf], Decimal]) -> Decimal:
    match formula:
        case Name() | Measure():
            return leaf(formula)
        case Literally(number=number):
            return number
        case Binary(operator=operator, left=left, right=right):
            return _binary(operator, _evaluate(left, leaf), _evaluate(right, leaf))
        case Extreme(which=which, of=of):
            results = [_evaluate(part, leaf) for part in of]
            return min(results) if which == "min" else max(results)
        case Rounded(how=how, value=value, step=step):
            above, below = quotient(value)
            return rounded(how, _evaluate(above, leaf), _evaluate(step, leaf), _evaluate(below, leaf))
        case _:
            assert_never(formula)


def _binary(operator: Operator, a: Decimal, b: Decimal) -> Decimal:
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


def _ceil(number: Decimal, step: Decimal) -> Decimal:
    whole, rest = divmod(number, step)
    return whole + 1 if rest > 0 else whole
