"""A cap on money that holds whatever is answered: what a request can cost at most is put aside before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_DIGITS = 12
_PLACES = 30
"""No amount of money has as many digits or decimals; what a hostile reply tells may have a billion."""


def amount(value: object) -> Decimal | None:
    """Read an amount that a reply tells; None for what is none, such as NaN, or 1e999999."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        return None
    if not found.is_finite() or found.adjusted() >= _DIGITS or int(found.as_tuple().exponent) < -_PLACES:
        return None
    return found


@dataclass(slots=True, kw_only=True)
class Budget:
    """What may be spent, and what was. assumed: what a request without a documented price is taken to cost, or None."""

    cap: Decimal
    currency: str
    assumed: Decimal | None = None
    spent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    guesses: int = 0

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        return self.cap - self.spent - self.reserved

    def price(self, most: Decimal | None) -> Decimal | None:
        """Return what a request counts as; None where nobody knows, which is too dear."""
        return self.assumed if most is None else most

    def hindrance(self, most: Decimal | None) -> str | None:
        """Say why a request that may cost so much cannot be sent; None where it can."""
        price = self.price(most)
        if price is None:
            return "its price is not documented; --assume-price says what to count with"
        if price > self.left:
            return f"it may cost {price:f} {self.currency}, and {self.left:f} of {self.cap:f} are left"
        return None

    def reserve(self, most: Decimal | None) -> Decimal:
        """Put aside what a request may cost; to be called when nothing hinders it."""
        price = self.price(most)
        if price is None or price > self.left:
            raise ValueError("the request is too dear")
        self.reserved += price
        return price

    def settle(self, reserved: Decimal, spent: Decimal) -> None:
        """Take what a request cost off the budget, and give back the rest of what was put aside."""
        self.reserved -= reserved
        self.spent += spent
