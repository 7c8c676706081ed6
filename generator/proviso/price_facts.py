"""What the parts of a price mean for one model: their units, their fixed numbers, and how they move."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from proviso import formula_trends, formula_units, formulas, ir, naming, units
from proviso.formula_trends import Trend
from proviso.formulas import Leaf, Measure, Name
from proviso.units import Unit

_MOST_VALUES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A price and the model that it is of. measured: whether quantities that are known after the work are named."""

    model: ir.Model
    price: ir.Price

    @property
    def money(self) -> Unit:
        """The unit of what is held and charged."""
        return units.unit((self.price.currency,))

    @property
    def known(self) -> formula_units.Known:
        """What is known of the leaves of formulas."""
        return formula_units.Known(unit=self.unit, fixed=dict(self._fixed()))

    def rate(self, name: str) -> ir.Rate | None:
        """Find a rate by its name."""
        return next((one for one in self.price.rates if one.name == name), None)

    def counted(self, name: str) -> ir.Parameter | int | None:
        """Give what a count or a name of a parameter stands for: a parameter, or a number that never changes."""
        if name == formulas.REQUEST:
            return 1
        wanted = self.model.output.count if name in formulas.COUNTS else name
        return wanted if isinstance(wanted, int) else self.model.parameter(wanted)

    def unit(self, leaf: Leaf) -> Unit | None:
        """Give the unit of a name or a measure; None where it means nothing."""
        match leaf:
            case Measure(what="count", of=(name,)):
                parameter = self.model.parameter(name)
                return None if parameter is None else parameter.unit or units.PLAIN
            case Measure(what="characters"):
                return units.unit(("character",))
            case Measure(what="pixels" | "megapixels" as what):
                return units.unit((what.removesuffix("s"),), (self.model.output.kind,))
            case Name(name=name):
                return self._named(name)
            case _:
                return None

    def range(self, name: str) -> ir.Range | None:
        """Give the range of a name that no request fixes; None where there is no such name."""
        rate = self.rate(name)
        match rate.amount if rate is not None else None:
            case ir.Range() as found:
                return found
            case ir.Unknown(why=why):
                return ir.Range(minimum=Decimal(0), maximum=None, says=why)
            case _:
                return next((one.range for one in self.price.measured if one.name == name), None)

    def trend(self, leaf: Leaf) -> Trend:
        """Say how a name or a measure moves while the work is done."""
        if isinstance(leaf, Measure):
            return Trend()
        name = leaf.name
        if self.range(name) is not None:
            return Trend(ways={name: "up"})
        rate = self.rate(name)
        if rate is not None and isinstance(rate.amount, ir.Bands):
            return _banded(rate.amount, formula_trends.trend(rate.amount.of.formula, self.trend))
        counted = None if rate is not None else self.counted(name)
        positive = counted >= 0 if isinstance(counted, int) else counted is None or not _may_be_negative(counted.kind)
        # A request for one that succeeds delivers it.
        fewer = name == "delivered" and counted != 1
        return Trend(positive=positive, ways={name: "up"} if fewer else {})

    def moving(self, one: ir.Reckoned) -> dict[str, formula_trends.Way]:
        """Give the names that no request fixes, in the order of the formula, and which way each moves it."""
        ways = formula_trends.trend(one.formula, self.trend).ways
        return {name: ways[name] for name in dict.fromkeys(self._deep(one)) if name in ways}

    def _deep(self, one: ir.Reckoned) -> Iterator[str]:
        for name in formulas.names(one.formula):
            yield name
            rate = self.rate(name)
            if rate is not None and isinstance(rate.amount, ir.Bands):
                yield from formulas.names(rate.amount.of.formula)

    def _named(self, name: str) -> Unit | None:
        rate = self.rate(name)
        if rate is not None:
            own = units.unit((rate.unit,), rate.per)
            if not isinstance(rate.amount, ir.Bands) or not rate.amount.marginal:
                return own
            return units.times(own, formula_units.of(rate.amount.of.formula, self.known))
        measured = next((one for one in self.price.measured if one.name == name), None)
        if measured is not None:
            return units.unit((measured.unit,))
        if name == formulas.REQUEST:
            return units.unit((formulas.REQUEST,))
        parameter = self.model.parameter(name)
        if parameter is not None and parameter.unit is not None:
            return parameter.unit
        if name in (*formulas.COUNTS, self.model.output.count):
            return units.unit((self.model.output.kind,))
        return None if parameter is None else units.PLAIN

    def _fixed(self) -> Iterator[tuple[str, Decimal]]:
        for rate in self.price.rates:
            if isinstance(rate.amount, Decimal) and (found := each(rate, rate.amount)) is not None:
                yield rate.name, found


def priced(model: ir.Model) -> tuple[Facts, ...]:
    """Give every documented price of a model."""
    match model.price:
        case ir.Price() as price:
            return (Facts(model=model, price=price),)
        case ir.Prices(prices=prices):
            return tuple(Facts(model=model, price=one) for one in prices)
        case ir.UnknownPrice():
            return ()
        case _:
            assert_never(model.price)


def currencies(prices: ir.Prices) -> tuple[str, ...]:
    """Give the currencies of some prices, the usual one first."""
    return tuple(dict.fromkeys(one.currency for one in prices.prices))


def settings(price: ir.Price | ir.Prices | ir.UnknownPrice) -> tuple[str, ...]:
    """Return the names of the settings that a price goes by."""
    if not isinstance(price, ir.Prices):
        return ()
    return tuple(sorted({where.setting for one in price.prices for where in one.where}))


def modules(prices: ir.Prices) -> dict[str, ir.Price]:
    """Name a module for each of several prices, by what sets them apart."""
    found: dict[str, ir.Price] = {}
    for one in prices.prices:
        days = [f"{word}_{day}" for word, day in (("from", one.since), ("until", one.until)) if day is not None]
        places = [value for where in one.where for value in where.values]
        wanted = naming.module_name("_".join(["price", one.currency, *places, *days]))
        spelled, number = wanted, 2
        while spelled in found:
            spelled, number = f"{wanted}_{number}", number + 1
        found[spelled] = one
    return found


def fixed(model: ir.Model, name: str) -> tuple[tuple[tuple[ir.Condition, ...], ir.Scalar], ...]:
    """Give the values that other parameters fix for one that is left out, each with the conditions of its rule."""
    return tuple(
        (rule.when, value)
        for rule in model.rules
        if isinstance(rule, ir.Sets)
        for parameter, value in rule.values
        if parameter == name
    )


def may_lack(parameter: ir.Parameter) -> bool:
    """Tell whether some request says nothing about a parameter, and no default counts in its place."""
    return parameter.default is None and (not parameter.required or isinstance(parameter.kind, ir.Nullable))


def each(rate: ir.Rate, amount: Decimal) -> Decimal | None:
    """Give the amount for a single unit; None where the division has no end."""
    try:
        return formulas.EXACT.divide(amount, rate.each)
    except decimal.Inexact:
        return None


def values(kind: ir.Kind) -> tuple[ir.Scalar, ...]:
    """Give the values that a table may be by; none where a kind has too many."""
    match ir.bare(kind):
        case ir.Choice(values=listed):
            return listed
        case ir.Flag():
            return False, True
        case ir.UnitText(unit=unit, minimum=least, maximum=int(most), multiple_of=step) if most - least < _MOST_VALUES:
            return tuple(f"{value}{unit}" for value in range(least, most + 1) if not value % (step or 1))
        case ir.Integer(minimum=int(least), maximum=int(most), multiple_of=step) if most - least < _MOST_VALUES:
            return tuple(value for value in range(least, most + 1) if not value % (step or 1))
        case _:
            return ()


def amounts(rate: ir.Rate) -> Iterator[Decimal]:
    """Yield the numbers of a rate as they are written, apart from ranges."""
    match rate.amount:
        case Decimal():
            yield rate.amount
        case ir.Table(rows=rows):
            yield from (row.amount for row in rows if isinstance(row.amount, Decimal))
        case ir.Bands(bands=bands):
            yield from (band.amount for band in bands if isinstance(band.amount, Decimal))
        case ir.Cases(cases=cases):
            yield from (case.amount for case in cases if isinstance(case.amount, Decimal))
        case ir.Range() | ir.Unknown():
            pass
        case _:
            assert_never(rate.amount)


def parameters(facts: Facts, one: ir.Reckoned) -> tuple[tuple[str, Leaf | ir.Table], ...]:
    """Give the parameters that a formula depends on, each with the leaf or the table that asks for it."""
    found: list[tuple[str, Leaf | ir.Table]] = []
    for leaf in formulas.leaves(one.formula):
        if isinstance(leaf, Measure):
            sizes = facts.model.sizes
            by = sizes.by if sizes is not None and leaf.what in ("pixels", "megapixels") and not leaf.of else leaf.of
            found += [(name, leaf) for name in by]
            continue
        rate = facts.rate(leaf.name)
        match rate.amount if rate is not None else None:
            case ir.Table(by=by) as table:
                found += [(name, table) for name in by]
            case ir.Bands(of=of):
                found += parameters(facts, of)
            case None if isinstance(parameter := facts.counted(leaf.name), ir.Parameter):
                found.append((parameter.name, leaf))
            case _:
                pass
    return tuple(found)


def _banded(bands: ir.Bands, inner: Trend) -> Trend:
    found = [band.amount for band in bands.bands if isinstance(band.amount, Decimal)]
    if bands.marginal or found == sorted(found):
        return formula_trends.through(inner, "up")
    return formula_trends.through(inner, "both")


def _may_be_negative(kind: ir.Kind) -> bool:
    match ir.bare(kind):
        case ir.Integer(minimum=least):
            return least is None or least < 0
        case ir.Number(minimum=least, exclusive_minimum=above):
            return not any(bound is not None and bound >= 0 for bound in (least, above))
        case ir.Choice(values=values):
            return any(isinstance(value, int | Decimal) and value < 0 for value in values)
        case ir.Only(value=value):
            return isinstance(value, int | Decimal) and value < 0
        case _:
            return False
