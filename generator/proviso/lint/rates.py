"""Lint of rates: tables, bands, and amounts for several units."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from proviso import formula_units, formulas, ir, price_facts
from proviso.diagnostics import Diagnostic, Place
from proviso.lint import conditions
from proviso.price_facts import Facts

_MOST_HOLES = 20


def rate(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every rate has an amount for every request, and that it can be written as a decimal."""
    for facts in price_facts.priced(model):
        yield from _rates(facts)


def _rates(facts: Facts) -> Iterator[Diagnostic]:
    model = facts.model
    for one in facts.price.rates:
        endless = next((amount for amount in price_facts.amounts(one) if price_facts.each(one, amount) is None), None)
        if endless is not None:
            message = f"{endless:f} divided by {one.each:f} has no end; give the amount for a single unit"
            yield Diagnostic(one.place, message, "rate")
        match one.amount:
            case ir.Table():
                yield from _table(model, one.amount)
            case ir.Bands():
                yield from _bands(facts, one.amount)
            case ir.Cases():
                for case in one.amount.cases:
                    yield from conditions.possible(model, case.when, "price-case")
            case _:
                pass


def _table(model: ir.Model, table: ir.Table) -> Iterator[Diagnostic]:
    known = [model.parameter(name) for name in table.by]
    axes: list[tuple[ir.Scalar | None, ...]] = []
    for at, one in enumerate(known):
        absent = (None,) if any(row.values[at] is None for row in table.rows) else ()
        axes.append(() if one is None else (*price_facts.values(one.kind), *absent))
    found = {row.values for row in table.rows}
    holes = (values for values in itertools.product(*axes) if values not in found)
    for values in itertools.islice(holes, _MOST_HOLES):
        said = (formulas.ABSENT if value is None else str(value) for value in values)
        yield Diagnostic(table.place, f"there is no amount for {' and '.join(said)}", "price-table")


def _bands(facts: Facts, bands: ir.Bands) -> Iterator[Diagnostic]:
    unit = formula_units.of(bands.of.formula, facts.known)
    for problem in formula_units.problems(bands.of.formula, facts.known, unit, "the quantity"):
        place = Place(bands.of.place.path, bands.of.place.line, bands.of.place.column + problem.at)
        yield Diagnostic(place, problem.message, "formula")
    before = Decimal(0)
    for band in bands.bands[:-1]:
        if band.up_to is None:
            yield Diagnostic(band.place, "only the last band goes up without a limit", "bands")
        elif band.up_to <= before:
            yield Diagnostic(band.place, f"the band up to {band.up_to:f} comes after one up to {before:f}", "bands")
        else:
            before = band.up_to
    if bands.bands[-1].up_to is not None:
        message = "the last band has no limit; say {is: {unknown: why}} where the page does not go on"
        yield Diagnostic(bands.bands[-1].place, message, "bands")
