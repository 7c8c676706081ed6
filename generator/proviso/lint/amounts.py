"""Lint of documented amounts: what a page states for a request is what the formulas give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from proviso import formulas, ir, price_facts
from proviso.diagnostics import Diagnostic
from proviso.formulas import Leaf, Measure
from proviso.lint import conditions, witnesses
from proviso.price_facts import Facts

_MEGAPIXEL = Decimal(1_000_000)


class _NoNumber(Exception):
    """A number that the formula needs is not there; other rules complain of that."""


def amount(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the amounts which a page states for a request are those of the formulas, of the usual price."""
    for facts in price_facts.priced(model)[:1]:
        yield from _stated(facts)


def _stated(facts: Facts) -> Iterator[Diagnostic]:
    model = facts.model
    for one in model.witnesses:
        stated = {"hold": one.hold, "charge": one.charge}
        for name, reckoned in facts.price.reckoned:
            said = stated[name]
            if said is None:
                continue
            requests = witnesses.params(model, one)
            first, last = (_sum(facts, requests, reckoned, most=most) for most in (False, True))
            low, high = (first, last) if first is None or last is None or first <= last else (last, first)
            if (low is not None and said < low) or (high is not None and said > high):
                found = low if low == high else f"{'?' if low is None else low} to {'?' if high is None else high}"
                message = f"witness {one.name!r}: {name} is {said}, and the formula gives {found}"
                yield Diagnostic(one.place, message, "witness")


def _sum(facts: Facts, requests: list[dict[str, object]], reckoned: ir.Reckoned, *, most: bool) -> Decimal | None:
    """Add up a formula over the requests of one call; None where one of them has no amount."""
    found = [_Asked(facts=facts, params=params, most=most).amount(reckoned) for params in requests]
    known = [one for one in found if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A request. most: whether what no request fixes is at its most, or at its least."""

    facts: Facts
    params: Mapping[str, object]
    most: bool

    def amount(self, one: ir.Reckoned) -> Decimal | None:
        """Reckon a formula for the request; None where a number that it needs is missing."""
        try:
            return formulas.evaluate(one.formula, self._leaf)
        except (_NoNumber, ArithmeticError):
            return None

    def _leaf(self, leaf: Leaf) -> Decimal:
        if isinstance(leaf, Measure):
            return self._measure(leaf)
        if (span := self.facts.range(leaf.name)) is not None:
            return self._end(span)
        rate = self.facts.rate(leaf.name)
        if rate is not None:
            return self._rate(rate)
        counted = self.facts.counted(leaf.name)
        if isinstance(counted, int):
            return Decimal(counted)
        return self._number(None if counted is None else counted.name)

    def _end(self, span: ir.Range) -> Decimal:
        if self.most and span.maximum is None:
            raise _NoNumber
        return span.maximum if self.most and span.maximum is not None else span.minimum

    def _rate(self, rate: ir.Rate) -> Decimal:
        amount: Decimal | ir.Unknown | None = None
        match rate.amount:
            case Decimal():
                amount = rate.amount
            case ir.Table(by=by, rows=rows):
                given = [self._given(name) for name in by]
                alike = (row for row in rows if all(map(ir.same, row.values, given)))
                amount = next((row.amount for row in alike), None)
            case ir.Bands(of=of, bands=bands, marginal=marginal):
                quantity = formulas.evaluate(of.formula, self._leaf)
                if marginal:
                    return sum((self._part(rate, bands, at, quantity) for at in range(len(bands))), Decimal(0))
                amount = next(one.amount for one in bands if one.up_to is None or quantity <= one.up_to)
            case ir.Cases(cases=cases):
                params = dict(self.params)
                amount = next((one.amount for one in cases if conditions.hold(one.when, params)), None)
            case ir.Range() | ir.Unknown():
                pass
            case _:
                assert_never(rate.amount)
        return self._single(rate, amount)

    def _part(self, rate: ir.Rate, bands: tuple[ir.Band, ...], at: int, quantity: Decimal) -> Decimal:
        """Give the part of a quantity that lies in a band, at the amount of that band."""
        low, high = (bands[at - 1].up_to if at else Decimal(0)), bands[at].up_to
        part = (quantity if high is None else min(quantity, high)) - (low or 0)
        return part * self._single(rate, bands[at].amount) if part > 0 else Decimal(0)

    def _single(self, rate: ir.Rate, amount: Decimal | ir.Unknown | None) -> Decimal:
        single = price_facts.each(rate, amount) if isinstance(amount, Decimal) else None
        if single is None:
            raise _NoNumber
        return single

    def _measure(self, measure: Measure) -> Decimal:
        match measure.what:
            case "count":
                found = self._given(measure.of[0])
                return Decimal(len(found) if isinstance(found, list) else 0 if found is None else 1)
            case "characters":
                found = self._given(measure.of[0])
                return Decimal(sum(map(len, found)) if isinstance(found, list) else len(str(found or "")))
            case "pixels":
                return self._area(measure.of)
            case "megapixels":
                return self._area(measure.of) / _MEGAPIXEL
            case _:
                assert_never(measure.what)

    def _area(self, of: tuple[str, ...]) -> Decimal:
        model = self.facts.model
        if not of and model.sizes is not None:
            chosen = tuple(self._given(name) for name in model.sizes.by)
            for row in model.sizes.rows:
                if row.values == chosen:
                    return Decimal(row.pixels[0] * row.pixels[1])
        if len(of) > 1:
            return self._number(of[0]) * self._number(of[1])
        parameter = model.parameter(of[0]) if of else None
        text = self._given(of[0]) if of else None
        kind = None if parameter is None else ir.bare(parameter.kind)
        if isinstance(kind, ir.PixelSize) and isinstance(text, str):
            for separator in kind.separators:
                width, found, height = text.partition(separator)
                if found and width.isdigit() and height.isdigit():
                    return Decimal(width) * Decimal(height)
        raise _NoNumber

    def _number(self, name: str | None) -> Decimal:
        value = None if name is None else self._given(name)
        parameter = None if name is None else self.facts.model.parameter(name)
        kind = None if parameter is None else ir.bare(parameter.kind)
        if isinstance(kind, ir.UnitText) and isinstance(value, str):
            return Decimal(value.removesuffix(kind.unit))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _NoNumber
        return Decimal(value)

    def _given(self, name: str) -> object:
        return conditions.in_effect(self.facts.model, name, self.params)
