"""What a request costs according to its spec, reckoned with fractions and apart from generated code."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import assert_never

from proviso import formulas, ir
from proviso.oracle.exact import plain
from proviso.oracle.reckoning import FAR, Asked, NotDocumented
from proviso.oracle.subject import Params


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """What is held, and the ends between which the charge lies; None for what is not documented."""

    hold: Fraction | None = None
    least: Fraction | None = None
    most: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Priced:
    """A documented price, and the arguments of `quote` that choose it among others."""

    price: ir.Price
    chosen: Mapping[str, object] = field(default_factory=dict[str, object])


def priced(model: ir.Model) -> tuple[Priced, ...]:
    """Return the documented prices of a model, the usual one first."""
    match model.price:
        case ir.Price() as price:
            return (Priced(price=price),)
        case ir.Prices(prices=prices):
            several = len({one.currency for one in prices}) > 1
            dated = any(one.since or one.until for one in prices)
            return tuple(
                Priced(
                    price=one,
                    chosen=({"currency": one.currency} if several else {})
                    | ({"on": _within(one)} if dated else {})
                    | dict(zip((where.setting for where in one.where), values, strict=True)),
                )
                for one in prices
                for values in product(*(where.values for where in one.where))
            )
        case ir.UnknownPrice():
            return ()
        case _:
            assert_never(model.price)


def is_measured(price: ir.Price) -> bool:
    """Say whether something in a price is known after the work alone, apart from how much is delivered."""
    return bool(price.measured) or any(isinstance(one.amount, ir.Range | ir.Unknown) for one in price.rates)


def cases(model: ir.Model) -> Iterator[ir.AmountCase]:
    """Yield the cases on which an amount depends."""
    for one in priced(model):
        for rate in one.price.rates:
            if isinstance(rate.amount, ir.Cases):
                yield from rate.amount.cases


def limits(model: ir.Model, name: str) -> Iterator[object]:
    """Yield the limits of the bands that go by a parameter."""
    for one in priced(model):
        for rate in one.price.rates:
            if isinstance(rate.amount, ir.Bands) and rate.amount.of.formula == formulas.Name(name):
                yield from (plain(band.up_to) for band in rate.amount.bands if band.up_to is not None)


def amounts(model: ir.Model, price: ir.Price, params: Params) -> Amounts:
    """Return what a request costs by one of the prices."""
    asked = Asked(model=model, price=price, params=params)
    ends = list(asked.ends())
    return Amounts(
        hold=asked.hold(),
        least=Fraction(0) if price.free is not None else _lowest(ends),
        most=_highest(asked, ends),
    )


def amount(model: ir.Model, price: ir.Price, params: Params, rate: ir.Rate) -> Fraction | None:
    """Return what one unit of a rate costs for a request; None where no document says it."""
    try:
        return Asked(model=model, price=price, params=params).rate(rate)
    except NotDocumented:
        return None


def points(model: ir.Model, price: ir.Price, params: Params, shares: tuple[Fraction, ...]) -> Iterator[Fraction]:
    """Yield what may be charged. shares: how far each unknown quantity goes from its least to its most, 0 to 1."""
    asked = Asked(model=model, price=price, params=params)
    for share in shares:
        moved = {
            name: low + (share * ((high if high is not None else low + 1000) - low))
            for name, (low, high) in asked.free()
        }
        if "delivered" in moved:
            moved["delivered"] = Fraction(math.ceil(moved["delivered"]))
        found = asked.charge(moved)
        if found is not None:
            yield found


def _within(price: ir.Price) -> dt.date:
    """Return a day on which a price holds."""
    return dt.date.fromisoformat(price.since or price.until or "2026-01-01")


def _lowest(ends: list[Fraction | None]) -> Fraction | None:
    return None if None in ends else min(one for one in ends if one is not None)


def _highest(asked: Asked, ends: list[Fraction | None]) -> Fraction | None:
    """Return the greatest charge; None where it grows without an end."""
    if None in ends:
        return None
    most = max(one for one in ends if one is not None)
    further = [one for one in asked.ends(FAR * 2) if one is not None]
    return most if max(further) == most else None
