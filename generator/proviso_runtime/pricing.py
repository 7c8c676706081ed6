"""The words in which generated code reckons what a request costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from proviso_runtime import quotes, shapes

Quote = quotes.Quote
NotKnown = quotes.NotKnown
day = quotes.day
money = quotes.money
quoted = quotes.quoted
settled = quotes.settled
total = quotes.total
unknown = quotes.unknown
unpriced = quotes.unpriced

_T = TypeVar("_T")
_ONE = Decimal(1)
_MEGAPIXEL = Decimal(1_000_000)


class _Unlimited(Decimal):
    """More than any number; nothing of it is nothing."""

    def __add__(self, _: object) -> Decimal:
        return self

    def __mul__(self, other: object) -> Decimal:
        return self if other else Decimal(0)

    __radd__ = __sub__ = __truediv__ = __add__
    __rmul__ = __mul__


UNLIMITED = _Unlimited("Infinity")
"""A quantity of which no document says how much it may be at most."""

Bands = tuple[tuple[Decimal | None, Decimal | str], ...]
"""Greatest quantity (None for the last band) and amount, or why that is not known."""


def exact(value: float) -> Decimal:
    """Give a number of the params as the exact number that it shows: 0.1 is 0.1."""
    return Decimal(str(value)) if isinstance(value, float) and not value.is_integer() else Decimal(int(value))


def given(value: _T | None, default: _T) -> _T:
    """Give what counts for a parameter that is left out or null: its default."""
    return default if value is None else value


def known(amount: Decimal | str) -> Decimal:
    """Give an amount that is documented; raise NotKnown with the reason where it is not."""
    if isinstance(amount, str):
        raise NotKnown(amount)
    return amount


def told(cell: Decimal | str, unit: str, single: str = "") -> str:
    """Say the cell of a table that counts. single: the unit of exactly one, where it is another."""
    return "not known" if isinstance(cell, str) else f"{cell:f} {single if single and cell == 1 else unit}".rstrip()


def band(bands: Bands, quantity: Decimal) -> Decimal:
    """Give the amount of the first band that reaches a quantity."""
    return known(next(amount for limit, amount in bands if limit is None or quantity <= limit))


def marginal(bands: Bands, quantity: Decimal) -> Decimal:
    """Add up the parts of a quantity, each at the amount of its own band."""
    total = below = Decimal(0)
    for limit, amount in bands:
        reached = quantity if limit is None else min(limit, quantity)
        if reached > below:
            total += (reached - below) * known(amount)
            below = reached
    return total


def number(text: str, unit: str) -> Decimal:
    """Give the number of a text such as `5s`."""
    return Decimal(text.removesuffix(unit))


def count(items: object) -> Decimal:
    """Count the items of a list; what is left out has none, and anything else than a list is one."""
    if items is None:
        return Decimal(0)
    return Decimal(len(items) if shapes.is_array(items) or shapes.is_tuple(items) else 1)


def characters(text: str | Sequence[str] | None) -> Decimal:
    """Count the characters of a text or of all texts of a list; what is left out has none."""
    if text is None:
        return Decimal(0)
    return Decimal(len(text) if isinstance(text, str) else sum(map(len, text)))


def megapixels(size: tuple[Decimal, Decimal]) -> Decimal:
    """Give the area of a size in millions of pixels."""
    return pixels(size) / _MEGAPIXEL


def pixels(size: tuple[Decimal, Decimal]) -> Decimal:
    """Give the area of a size in pixels."""
    width, height = size
    return width * height


def explicit(text: str | None, separators: str) -> tuple[Decimal, Decimal]:
    """Read a size such as 1024x768; raise NotKnown for a tier, and for what is left out."""
    for separator in separators if text is not None else "":
        width, found, height = str(text).partition(separator)
        if found and width.isdigit() and height.isdigit():
            return Decimal(width), Decimal(height)
    raise NotKnown("the request does not say how many pixels there will be")


def sides(width: float | None, height: float | None) -> tuple[Decimal, Decimal]:
    """Take width and height as a size; raise NotKnown where one is left out."""
    if width is None or height is None:
        raise NotKnown("the request does not say how many pixels there will be")
    return exact(width), exact(height)


def tabled(table: Mapping[tuple[str, ...], tuple[int, int]], /, *chosen: object) -> tuple[Decimal, Decimal]:
    """Look a size up; raise NotKnown where the table has none for the values."""
    for values, (width, height) in table.items():
        if values == chosen:
            return Decimal(width), Decimal(height)
    raise NotKnown("the request does not say how many pixels there will be")


def ceil(number: Decimal, /, *, over: Decimal = _ONE) -> Decimal:
    """Round number / over up to a whole number."""
    return round_up(number, _ONE, over=over)


def floor(number: Decimal, /, *, over: Decimal = _ONE) -> Decimal:
    """Round number / over down to a whole number."""
    return round_down(number, _ONE, over=over)


def round_up(number: Decimal, step: Decimal, /, *, over: Decimal = _ONE) -> Decimal:
    """Round number / over up to a multiple of a step above 0."""
    if number.is_infinite():
        return number
    whole, rest = divmod(number, over * step)
    return (whole + 1 if rest > 0 else whole) * step


def round_down(number: Decimal, step: Decimal, /, *, over: Decimal = _ONE) -> Decimal:
    """Round number / over down to a multiple of a step above 0."""
    return -round_up(-number, step, over=over)


def round_half_up(number: Decimal, step: Decimal, /, *, over: Decimal = _ONE) -> Decimal:
    """Round number / over to the nearest multiple of a step above 0, and a half up."""
    return round_down(2 * number + over * step, step, over=2 * over)
