"""What a request costs at the mock: the documented amounts, with numbers chosen where only the work would tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from proviso import ir
from proviso.oracle import prices
from proviso.oracle.reckoning import Asked
from proviso.oracle.subject import Params, Subject

_DIGITS = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is held for a request; None where no document says it. currency: None where there is no price."""

    currency: str | None
    hold: Decimal | None


def currency(provider: ir.Provider) -> str:
    """Return the currency of a provider's usual price."""
    for model in provider.models:
        for one in prices.priced(model):
            return one.price.currency
    return "USD"


def terms(subject: Subject, params: Params) -> Terms:
    """Say what is held for a request: the documented hold, or the most that it may be charged."""
    price = _price(subject.model)
    if price is None:
        return Terms(currency=None, hold=None)
    amounts = prices.amounts(subject.model, price, params)
    held = amounts.hold if amounts.hold is not None else amounts.most
    return Terms(currency=price.currency, hold=_money(held))


def charge(subject: Subject, params: Params, *, delivered: int) -> Decimal | None:
    """Say what so many results cost. A number that only the work tells is as small as it may be."""
    price = _price(subject.model)
    if price is None:
        return None
    asked = Asked(model=subject.model, price=price, params=params)
    moved = {name: low for name, (low, _) in asked.free()}
    if "delivered" in moved:
        moved["delivered"] = Fraction(delivered)
    return _money(asked.charge(moved))


def _price(model: ir.Model) -> ir.Price | None:
    return next((one.price for one in prices.priced(model)), None)


def _money(amount: Fraction | None) -> Decimal | None:
    if amount is None:
        return None
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact if exact == exact.quantize(_DIGITS) else exact.quantize(_DIGITS)
