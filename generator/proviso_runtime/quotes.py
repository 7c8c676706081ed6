"""The answer to what a request will cost, before it is sent, and to what it has cost, afterwards."""

from __future__ import annotations

import decimal
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

Counts = Mapping[str, Decimal]
"""What is known when a job has ended, such as how many results were delivered: name -> number."""

# Nothing is rounded on the way: what has more digits than this has no amount.
EXACT = decimal.Context(
    prec=1000,
    Emin=-99_999,
    Emax=99_999,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


_Fields: TypeAlias = "tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None, str | None, bool, str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The documented cost of one request; an amount is None where it is not known, and never 0 for that.

    hold: reserved when the request is accepted.
    charge: charged in the end, when everything that was asked for is delivered: the same as `most`.
    least, most: what is charged in the end lies between them, where the request succeeds.
    currency: ISO 4217 code, `credits` where no price of a credit is documented, or None when no price is known.
    known: whether the charge is known.
    because: how the amounts come about, or why one is not known.
    after: reckons what is charged when it is known what came; None where that changes nothing.
    """

    hold: Decimal | None
    charge: Decimal | None
    least: Decimal | None
    most: Decimal | None
    currency: str | None
    known: bool
    because: str
    after: Callable[[Counts], Decimal] | None = field(default=None, repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[[_Fields], Quote], tuple[_Fields]]:
        """Give the fields, for a copy in another process, which cannot take functions.

        Before Python 3.11.4 a dataclass with slots has a __getstate__ of its own in place of one that is written here.
        """
        return _copied, ((self.hold, self.charge, self.least, self.most, self.currency, self.known, self.because),)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What was charged. by: who says so: the provider, or the quote for what was delivered."""

    amount: Decimal
    currency: str
    by: Literal["provider", "quote"]

    def __str__(self) -> str:
        return money(self.amount, self.currency)


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
    after: Callable[[Counts], Decimal] | None = None,
) -> Quote:
    """Reckon the amounts of a quote exactly. hold, least, most: None for what no document gives."""
    reasons = [because]
    with decimal.localcontext(EXACT):
        amounts = [_amount(reckon, reasons) for reckon in (hold, least, most)]
    return Quote(
        hold=amounts[0],
        charge=amounts[2],
        least=amounts[1],
        most=amounts[2],
        currency=currency,
        known=amounts[2] is not None,
        because="; ".join(dict.fromkeys(reasons)),
        after=after,
    )


def settled(quote: Quote, counts: Counts) -> Decimal | None:
    """Reckon what was charged for a request that succeeded; None where no document tells."""
    if quote.after is None:
        return quote.most if quote.least == quote.most else None
    after = quote.after
    with decimal.localcontext(EXACT):
        try:
            return _amount(lambda: after(counts), [])
        except KeyError:  # what the formula needs was not told
            return None


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


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    found = tuple(amounts)
    known = [one for one in found if one is not None]
    with decimal.localcontext(EXACT):
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


def _copied(fields: _Fields) -> Quote:
    hold, charge, least, most, currency, known, because = fields
    return Quote(hold=hold, charge=charge, least=least, most=most, currency=currency, known=known, because=because)
