"""What a request will cost, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The documented cost of one request; an amount is None where it is not known, and never 0 for that.

    hold: reserved when the request is accepted.
    charge: charged in the end, when everything that was asked for is delivered.
    currency: ISO 4217 code, or None when no price is known.
    known: whether the charge is known.
    because: how the amounts come about, or why one is not known.
    """

    hold: Decimal | None
    charge: Decimal | None
    currency: str | None
    known: bool
    because: str

    def __str__(self) -> str:
        """Show the amounts as a person would say them."""
        if not self.known:
            return f"unknown: {self.because}"
        held = "" if self.hold is None else f", held {self.hold} {self.currency}"
        return f"{self.charge} {self.currency}{held}"


def unknown(because: str) -> Quote:
    """Make the quote of a price that is not documented."""
    return Quote(hold=None, charge=None, currency=None, known=False, because=because)


def exact(value: float) -> Decimal:
    """Give a number of the params as the exact number that it shows: 0.1 is 0.1."""
    return Decimal(str(value)) if isinstance(value, float) and not value.is_integer() else Decimal(int(value))
