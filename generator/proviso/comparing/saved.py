"""A saved request under two states of specs: what is wrong with it, and what it costs, before and now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from proviso import formulas, ir
from proviso.oracle import prices, wire_reading

Verdict = Literal["refused", "accepted", "dearer", "cheaper", "other price", "unchanged", "refused before and now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a request costs: between `least` and `most`, None where that is not known, in a currency, None without a price."""

    currency: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def __str__(self) -> str:
        """Write the cost, such as `0.033 to 0.066 USD`."""
        if self.currency is None or (self.least is None and self.most is None):
            return "unknown"
        if self.least == self.most:
            return f"{self.most:f} {self.currency}"
        least = "0" if self.least is None else f"{self.least:f}"
        return f"at least {least} {self.currency}" if self.most is None else f"{least} to {self.most:f} {self.currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A request under one state: what is wrong with it, each as a place in the body and a rule; and what it costs."""

    wrong: tuple[str, ...] = ()
    cost: Cost = Cost()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A request under both states."""

    old: Judged
    new: Judged

    @property
    def verdict(self) -> Verdict:
        """Say in a word what becomes of it."""
        if self.old.wrong or self.new.wrong:
            if not self.new.wrong:
                return "accepted"
            return "refused before and now" if self.old.wrong else "refused"
        before, after = self.old.cost, self.new.cost
        if before == after:
            return "unchanged"
        if before.currency != after.currency or None in (before.least, before.most, after.least, after.most):
            return "other price"
        dearer = (after.most or 0, after.least or 0) > (before.most or 0, before.least or 0)
        return "dearer" if dearer else "cheaper"


def weigh(
    old: ir.Model | None, new: ir.Model | None, body: object, beside: Mapping[str, object] | None, *, on: dt.date | None
) -> Weighed:
    """Judge one wire body under both states.

    old, new: its model in each; None where there is none. beside: params that travel beside the body, None where nobody
    knows them. on: the day whose prices count; None for the usual price, whenever it holds.
    """
    return Weighed(old=judge(old, body, beside, on=on), new=judge(new, body, beside, on=on))


def judge(model: ir.Model | None, body: object, beside: Mapping[str, object] | None, *, on: dt.date | None) -> Judged:
    """Judge one wire body under one state."""
    if model is None:
        return Judged(wrong=("there is no such model",))
    read = wire_reading.read(model, body, beside)
    wrong = tuple(f"{one.at or 'the body'} [{one.rule}]" for each in read for one in each.wrong)
    return Judged(wrong=wrong) if wrong else Judged(cost=_cost(model, [each.params for each in read], on))


def _cost(model: ir.Model, asked: list[dict[str, object]], on: dt.date | None) -> Cost:
    """Add up what the requests of one body cost, by the first price that holds on the day."""
    day = None if on is None else on.isoformat()
    known = (one.price for one in prices.priced(model))
    holds = (one for one in known if day is None or (one.since or day) <= day <= (one.until or day))
    price = next(holds, None)
    if price is None:
        return Cost()
    found = [prices.amounts(model, price, params) for params in asked]
    return Cost(
        currency=price.currency,
        least=_sum([one.least for one in found]),
        most=_sum([one.most for one in found]),
    )


def _sum(amounts: list[Fraction | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    if len(known) < len(amounts):
        return None
    total = sum(known, Fraction(0))
    return formulas.EXACT.divide(Decimal(total.numerator), Decimal(total.denominator))
