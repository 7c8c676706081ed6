"""What a request costs at the mock: the documented amounts, with numbers chosen where only the work would tell."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache

from proviso import ir, reply_paths
from proviso.mock import allowances
from proviso.mock.allowances import Allowances
from proviso.mock.remembering import Same, remembered
from proviso.oracle import prices
from proviso.oracle.reckoning import Asked
from proviso.oracle.subject import Params, Subject

_DIGITS = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is held for a request, and the price that it is charged by; None where no document says it.

    shown: what a documented reply tells that a request cost, where no document has a price.
    """

    price: ir.Price | None = None
    hold: Decimal | None = None
    shown: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a request cost in the end; None where nobody knows. measured: what the work took, by the names of specs."""

    amount: Decimal | None
    measured: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])


def currency(provider: ir.Provider) -> str:
    """Return the currency of a provider's usual price."""
    for model in provider.models:
        for one in prices.priced(model):
            return one.price.currency
    return "USD"


def terms(subject: Subject, params: Params, *, settings: Mapping[str, str], now: float) -> Terms:
    """Say what is held for a request: the documented hold, or the most that it may be charged.

    settings: those of the request. now: the provider's time. Of prices in several currencies the first counts.
    """
    day = datetime.fromtimestamp(now, tz=UTC).date().isoformat()
    price = next((one for one in _prices(subject.model) if _holds(one, settings, day)), None)
    if price is None:
        return _shown(subject)
    return Terms(price=price, hold=_held(subject, params, Same(price)), currency=price.currency)


@remembered
def _held(subject: Subject, params: Params, price: Same[ir.Price]) -> Decimal | None:
    amounts = prices.amounts(subject.model, price.of, params)
    return _money(amounts.hold if amounts.hold is not None else amounts.most)


def bill(subject: Subject, params: Params, price: ir.Price, *, delivered: int, free: Allowances, now: float) -> Bill:
    """Say what so many results cost. A number that only the work tells is as small as it may be."""
    found = _bill(subject, params, Same(price), delivered)
    if price.free is None or not allowances.is_counted(subject, price.free, price.currency):
        return found
    asked = Asked(model=subject.model, price=price, params=params)
    return replace(found, amount=_money(_beyond(asked, _moved(asked, delivered), subject, free, now)))


@remembered
def _bill(subject: Subject, params: Params, price: Same[ir.Price], delivered: int) -> Bill:
    asked = Asked(model=subject.model, price=price.of, params=params)
    moved = _moved(asked, delivered)
    measured = {one.name: _money(moved[one.name]) for one in price.of.measured}
    told = {name: one for name, one in measured.items() if one is not None}
    return Bill(amount=_money(asked.charge(moved)), measured=told)


def _moved(asked: Asked, delivered: int) -> dict[str, Fraction]:
    moved = {name: low for name, (low, _) in asked.free()}
    return {**moved, "delivered": Fraction(delivered)} if "delivered" in moved else moved


def _beyond(
    asked: Asked, moved: dict[str, Fraction], subject: Subject, free: Allowances, now: float
) -> Fraction | None:
    """Return what a request costs beyond what is free of it."""
    amount = asked.charge(moved)
    quota = asked.price.free
    assert quota is not None
    if amount is None:
        return None
    if quota.of == asked.price.currency:
        return amount - free.take(subject, asked.price, amount, now)
    wanted = Fraction(1) if quota.of == "request" else moved.get("delivered", Fraction(1))
    left = wanted - free.take(subject, asked.price, wanted, now)
    if left == 0:
        return Fraction(0)
    return asked.charge({**moved, "delivered": left}) if "delivered" in moved and quota.of != "request" else amount


@cache
def _shown(subject: Subject) -> Terms:
    """Return what documented replies tell that a request cost."""
    job = subject.model.job
    calls = () if job is None else (job.submit, job.poll, *(() if job.collect is None else (job.collect,)))
    for place in (one.cost for one in calls if one.cost is not None):
        for value in (found for reply in subject.model.replies for found in reply_paths.find(place.at, reply.body)):
            with contextlib.suppress(ArithmeticError):
                return Terms(shown=Decimal(str(value)), currency=place.unit)
    return Terms()


def _prices(model: ir.Model) -> tuple[ir.Price, ...]:
    match model.price:
        case ir.Price() as price:
            return (price,)
        case ir.Prices(prices=several):
            return several
        case ir.UnknownPrice():
            return ()


def _holds(price: ir.Price, settings: Mapping[str, str], day: str) -> bool:
    """Say whether a price holds for a request; a setting that nothing tells may have any value."""
    placed = all(settings.get(one.setting) in (None, *one.values) for one in price.where)
    return placed and (price.since or day) <= day <= (price.until or day)


def _money(amount: Fraction | None) -> Decimal | None:
    if amount is None:
        return None
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact if exact == exact.quantize(_DIGITS) else exact.quantize(_DIGITS)
