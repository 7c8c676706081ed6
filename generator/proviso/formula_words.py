"""Writes formulas: as in a spec, and as Python."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from proviso.formulas import (
    Binary,
    Extreme,
    Formula,
    Leaf,
    Literally,
    Measure,
    Name,
    Operator,
    Rounded,
    quotient,
)

_ONE = Literally(Decimal(1))


def written(one: Formula) -> str:
    """Write a formula as it stands in a spec, with the parentheses that it needs."""
    match one:
        case Name(name=name):
            return name
        case Measure(what=what, of=of):
            return f"{what}({', '.join(of)})"
        case Literally(number=number):
            return f"{number:f}"
        case Binary(operator=operator, left=left, right=right):
            return _joined(operator, (left, written(left)), (right, written(right)))
        case Extreme(which=which, of=parts):
            return f"{which}({', '.join(map(written, parts))})"
        case Rounded(how="ceil" | "floor" as how, value=value):
            return f"{how}({written(value)})"
        case Rounded(how=how, value=value, step=step):
            return f"{how}({written(value)}, {written(step)})"
        case _:
            assert_never(one)


def python(one: Formula, *, leaf: Callable[[Leaf], str], number: Callable[[Decimal], str], ones: frozenset[str]) -> str:
    """Write a formula as Python. leaf, number: how a leaf and a number are spelled; ones: names that are always 1."""
    simple = _without(ones, one)

    def again(part: Formula) -> str:
        return python(part, leaf=leaf, number=number, ones=ones)

    match simple:
        case Name() | Measure():
            return leaf(simple)
        case Literally(number=literal):
            return number(literal)
        case Binary(operator=operator, left=left, right=right):
            return _joined(operator, (left, again(left)), (right, again(right)))
        case Extreme(which=which, of=parts):
            return f"{which}({', '.join(map(again, parts))})"
        case Rounded(how=how, value=value, step=step):
            above, below = quotient(value)
            over = "" if below == _ONE else f", over={again(below)}"
            by = "" if how in ("ceil", "floor") else f", {again(step)}"
            return f"pricing.{how}({again(above)}{by}{over})"
        case _:
            assert_never(simple)


def _without(ones: frozenset[str], one: Formula) -> Formula:
    """Leave names that are always 1 out of a product, where they change the unit alone."""
    match one:
        case Binary(operator="*", left=Name(name=name), right=other) if name in ones:
            return _without(ones, other)
        case Binary(operator="*", left=other, right=Name(name=name)) if name in ones:
            return _without(ones, other)
        case Binary(operator="*" | "/" as operator, left=left, right=right, at=at):
            shorter = _without(ones, left)
            return one if shorter == left else _without(ones, Binary(operator, shorter, right, at))
        case _:
            return one


def _joined(operator: Operator, left: tuple[Formula, str], right: tuple[Formula, str]) -> str:
    first, second = left[1], right[1]
    if _needs_parentheses(left[0], operator, right=False):
        first = f"({first})"
    if _needs_parentheses(right[0], operator, right=True):
        second = f"({second})"
    return f"{first} {operator} {second}"


def _needs_parentheses(one: Formula, outer: str, *, right: bool) -> bool:
    if not isinstance(one, Binary):
        return False
    weaker = outer in "*/" and one.operator in "+-"
    # Operators of one rank are reckoned from the left.
    return weaker or (right and (one.operator in "+-") == (outer in "+-"))
