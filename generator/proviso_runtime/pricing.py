"""What a request will cost, before it is sent."""

from __future__ import annotations

import decimal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from proviso_runtime import shapes

if TYPE_CHECKING:
    import datetime as dt

# Nothing is rounded on the way: what has more digits than this has no amount.
_EXACT = decimal.Context(
    prec=1000,
    Emin=-99_999,
    Emax=99_999,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The documented cost of one request; an amount is None where it is not known, and never 0 for that.

    hold: reserved when the request is accepted.
    charge: charged in the end, when everything that was asked for is delivered: the same as `most`.
    least, most: what is charged in the end lies between them, where the request succeeds.
    currency: ISO 4217 code, `credits` where no price of a credit is documented, or None when no price is known.
    known: whether the charge is known.
    because: how the amounts come about, or why one is not known.
    """

    hold: Decimal | None
    charge: Decimal | None
    least: Decimal | None
    most: Decimal | None
    currency: str | None
    known: bool
    because: str

    @property
    def span(self) -> str:
        """What is charged in the end, such as `0.04 to 0.16 USD`."""
        if self.most is None:
            return f"at least {money(self.least, self.currency)}" if self.least else "unknown"
        first = "" if self.least is None or self.least == self.most else f"{self.least} to "
        return f"{first}{money(self.most, self.currency)}"

    def __str__(self) -> str:
        """Show the amounts as a person would say them."""
        held = "" if self.hold is None else f", held {money(self.hold, self.currency)}"
        because = f": {self.because}" if self.most is None else ""
        return f"{self.span}{held}{because}"


def money(amount: Decimal, currency: str | None) -> str:
    """Say an amount, such as `0.04 USD` or `1 credit`."""
    return f"{amount} {'credit' if amount == 1 and currency == 'credits' else currency}"


class NotKnown(Exception):
    """No document says what an amount needs; the message says what."""


def unknown(because: str) -> Quote:
    """Make the quote of a price that is not documented."""
    return Quote(hold=None, charge=None, least=None, most=None, currency=None, known=False, because=because)


def unpriced(*, currency: str | None = None, day: str | None = None, **settings: str | None) -> Quote:
    """Make the quote of a currency, a day or settings for which no price is documented."""
    money = "" if currency is None else f" in {currency}"
    when = "" if day is None else f" on {day}"
    places = " and ".join(f"{name} is {value or 'not given'}" for name, value in settings.items())
    where = f" where {places}" if places else ""
    return unknown(f"no document gives a price{money}{where}{when}")


def day(on: dt.date | None) -> str:
    """Spell a day as documents do, by default today in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime()) if on is None else on.isoformat()[:10]


def quoted(
    *,
    hold: Callable[[], Decimal] | None,
    least: Callable[[], Decimal] | None,
    most: Callable[[], Decimal] | None,
    currency: str,
    because: str,
) -> Quote:
    """Reckon the amounts of a quote exactly. hold, least, most: None for what no document gives."""
    reasons = [because]
    with decimal.localcontext(_EXACT):
        amounts = [_amount(reckon, reasons) for reckon in (hold, least, most)]
    return Quote(
        hold=amounts[0],
        charge=amounts[2],
        least=amounts[1],
        most=amounts[2],
        currency=currency,
        known=amounts[2] is not None,
        because="; ".join(dict.fromkeys(reasons)),
    )


def total(quotes: Iterable[Quote]) -> Quote:
    """Add up what several requests in one call cost; an amount that one of them does not know is not known."""
    each = tuple(quotes)
    if len(each) == 1:
        return each[0]
    currency = next((one.currency for one in each if one.currency is not None), None)
    most = _sum(one.most for one in each)
    return Quote(
        hold=_sum(one.hold for one in each),
        charge=most,
        least=_sum(one.least for one in each),
        most=most,
        currency=currency,
        known=most is not None,
        because="; ".join(dict.fromkeys((f"the sum over {len(each)} requests", *(one.because for one in each)))),
    )


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


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    found = tuple(amounts)
    known = [one for one in found if one is not None]
    with decimal.localcontext(_EXACT):
        return sum(known, Decimal(0)) if known and len(known) == len(found) else None


def _amount(reckon: Callable[[], Decimal] | None, reasons: list[str]) -> Decimal | None:
    if reckon is None:
        return None
    try:
        amount = reckon()
    except NotKnown as reason:
        reasons.insert(0, str(reason))
        return None
    except ArithmeticError:
        reasons.insert(0, "the amount cannot be reckoned exactly")
        return None
    if amount.is_infinite():
        reasons.insert(0, "no document says how much it may be at most")
        return None
    if amount < 0:
        reasons.insert(0, "the formula gives less than nothing for this request")
        return None
    return amount
