"""Reckons the formulas of a price with fractions, for one request."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import assert_never

from proviso import formulas, ir
from proviso.oracle import meaning
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Params

FAR = Fraction(10**30)
"""A quantity further off than any limit."""


class NotDocumented(Exception):
    """A number that the amount needs stands in no document."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request, by the price of its model. moved: quantities that no request fixes."""

    model: ir.Model
    price: ir.Price
    params: Params
    moved: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])

    def hold(self) -> Fraction | None:
        """Return what is held."""
        return self.amount(self.price.hold)

    def charge(self, moved: Mapping[str, Fraction]) -> Fraction | None:
        """Return what is charged when the quantities that no request fixes are these."""
        return Asked(model=self.model, price=self.price, params=self.params, moved=moved).amount(self.price.charge)

    def free(self) -> Iterator[tuple[str, tuple[Fraction, Fraction | None]]]:
        """Yield every quantity that no request fixes, with its least and its most."""
        requested = self._counted()
        if requested is not None:
            yield "delivered", (min(Fraction(1), requested), requested)
        for one in self.price.measured:
            yield one.name, _ends(one.range)
        for rate in self.price.rates:
            if isinstance(rate.amount, ir.Range):
                yield rate.name, _ends(rate.amount)
            elif isinstance(rate.amount, ir.Unknown):
                yield rate.name, (Fraction(0), None)

    def ends(self, far: Fraction = FAR) -> Iterator[Fraction | None]:
        """Yield the charges at every end of the quantities; `far` stands for one without an end."""
        free = dict(self.free())
        for corner in product(*((low, far if high is None else high) for low, high in free.values())):
            yield self.charge(dict(zip(free, corner, strict=True)))

    def amount(self, one: ir.Reckoned | ir.Unknown) -> Fraction | None:
        """Return what a formula gives; None where a number stands in no document, or for less than nothing."""
        if isinstance(one, ir.Unknown):
            return None
        try:
            found = self._formula(one.formula)
        except NotDocumented:
            return None
        return found if found >= 0 else None

    def rate(self, rate: ir.Rate) -> Fraction:
        """Return what one unit of a rate costs; raise NotDocumented where no document says it."""
        match rate.amount:
            case Decimal():
                return Fraction(rate.amount) / Fraction(rate.each)
            case ir.Table(by=by, rows=rows):
                wanted = [self._given(name) for name in by]
                (row,) = [row for row in rows if same([plain(one) for one in row.values], wanted)]
                return _documented(row.amount) / Fraction(rate.each)
            case ir.Bands(of=of, bands=bands, marginal=marginal):
                quantity = self._formula(of.formula)
                return (_stepped(bands, quantity) if marginal else _picked(bands, quantity)) / Fraction(rate.each)
            case ir.Cases(cases=cases):
                amount = next(one.amount for one in cases if meaning.hold(one.when, self.params))
                return _documented(amount) / Fraction(rate.each)
            case _:
                raise NotDocumented

    def _formula(self, one: formulas.Formula) -> Fraction:
        match one:
            case formulas.Name(name=name):
                return self._name(name)
            case formulas.Measure(what=what, of=of):
                return self._measure(what, of)
            case formulas.Literally(number=number):
                return Fraction(number)
            case formulas.Binary(operator=operator, left=left, right=right):
                a, b = self._formula(left), self._formula(right)
                return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if operator == "/" else a}[operator]
            case formulas.Extreme(which=which, of=parts):
                found = sorted(map(self._formula, parts))
                return found[0] if which == "min" else found[-1]
            case formulas.Rounded(how=how, value=value, step=step):
                by = self._formula(step)
                times = self._formula(value) / by
                match how:
                    case "ceil" | "round_up":
                        return math.ceil(times) * by
                    case "floor" | "round_down":
                        return math.floor(times) * by
                    case "round_half_up":
                        return math.floor(times + Fraction(1, 2)) * by
                    case _:
                        assert_never(how)
            case _:
                assert_never(one)

    def _name(self, name: str) -> Fraction:
        if name in self.moved:
            return self.moved[name]
        if name == "request":
            return Fraction(1)
        for rate in self.price.rates:
            if rate.name == name:
                return self.rate(rate)
        found = self._counted() if name == "requested" else self._number(name)
        if found is None:
            raise NotDocumented
        return found

    def _measure(self, what: formulas.Measured, of: tuple[str, ...]) -> Fraction:
        match what:
            case "count":
                listed = self._given(of[0])
                return Fraction(len(listed) if isinstance(listed, list) else 0 if listed is None else 1)
            case "characters":
                said = self._given(of[0])
                texts = said if isinstance(said, list) else [said or ""]
                return Fraction(sum(len(text) for text in texts if isinstance(text, str)))
            case "pixels":
                return self._area(of)
            case "megapixels":
                return self._area(of) / 10**6
            case _:
                assert_never(what)

    def _area(self, of: tuple[str, ...]) -> Fraction:
        if not of:
            sides: tuple[object, ...] = self._tabled()
        elif len(of) == 1:
            parameter = self.model.parameter(of[0])
            kind = None if parameter is None else ir.bare(parameter.kind)
            sides = _sides(self._given(of[0]), kind.separators if isinstance(kind, ir.PixelSize) else ())
        else:
            sides = tuple(map(self._given, of))
        known = [_fraction(one) for one in sides]
        if len(known) != 2 or known[0] is None or known[1] is None:
            raise NotDocumented
        return known[0] * known[1]

    def _tabled(self) -> tuple[object, ...]:
        assert self.model.sizes is not None
        filled = {name: self._given(name) for name in self.model.sizes.by}
        return meaning.pixels(self.model, filled) or ()

    def _number(self, name: str) -> Fraction | None:
        value = self._given(name)
        parameter = self.model.parameter(name)
        if parameter is not None and isinstance(ir.bare(parameter.kind), ir.UnitText) and isinstance(value, str):
            return Fraction(re.sub(r"[^0-9]*\Z", "", value))
        return _fraction(value)

    def _given(self, name: str) -> object:
        return meaning.counting(self.model, self.params, name)

    def _counted(self) -> Fraction | None:
        count = self.model.output.count
        return Fraction(count) if isinstance(count, int) else _fraction(self._given(count))


def _ends(one: ir.Range) -> tuple[Fraction, Fraction | None]:
    return Fraction(one.minimum), None if one.maximum is None else Fraction(one.maximum)


def _picked(bands: tuple[ir.Band, ...], quantity: Fraction) -> Fraction:
    return next(_documented(one.amount) for one in bands if one.up_to is None or quantity <= Fraction(one.up_to))


def _stepped(bands: tuple[ir.Band, ...], quantity: Fraction) -> Fraction:
    low = total = Fraction(0)
    for one in bands:
        high = quantity if one.up_to is None else min(quantity, Fraction(one.up_to))
        if high > low:
            total += (high - low) * _documented(one.amount)
        low = max(low, high)
    return total


def _documented(amount: Decimal | ir.Unknown) -> Fraction:
    if isinstance(amount, ir.Unknown):
        raise NotDocumented
    return Fraction(amount)


def _fraction(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _sides(text: object, separators: tuple[str, ...]) -> tuple[object, ...]:
    for separator in separators if isinstance(text, str) else ():
        parts = str(text).split(separator)
        if len(parts) == 2 and all(part.isdecimal() for part in parts):
            return tuple(map(int, parts))
    return ()
