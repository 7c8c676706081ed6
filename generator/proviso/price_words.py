"""Says in words what a price is made of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from proviso import ir, units, words
from proviso.formula_words import written

_SEVERAL = Decimal(2)
_MOST_CELLS = 6
"""The most cells of a table that are all told."""


def is_long(table: ir.Table) -> bool:
    """Tell whether a table has so many cells that a quote tells the one that counts alone."""
    return len(table.rows) > _MOST_CELLS


def unknown(one: ir.UnknownPrice) -> str:
    """Say why there is no price, and what the documents say that it depends on."""
    return one.why + (f" It depends on {', '.join(one.depends_on)}." if one.depends_on else "")


def rate(one: ir.Rate) -> str:
    """Say what a rate is, such as `image = 0.0320 USD per image`."""
    unit = rate_unit(one)
    match one.amount:
        case Decimal() as amount:
            return f"{one.name} = {_with(amount, rate_unit(one, amount))}"
        case ir.Table(by=by, rows=rows):
            return f"{one.name} by {' and '.join(by)}: {_with(', '.join(_cells(rows, 0)), unit)}"
        case ir.Bands(of=of, bands=bands, marginal=marginal):
            parts = ", ".join(_bands(bands))
            share = ", each part at its own amount" if marginal else ""
            return f"{one.name} by {written(of.formula)}{share}: {_with(parts, unit)}"
        case ir.Cases(cases=cases):
            said = ", ".join(_cases(cases))
            return f"{one.name}: {_with(said, unit)}"
        case ir.Range() as found:
            return f"{one.name} = {_with(span(found), unit)}{_says(found)}"
        case ir.Unknown(why=why):
            return f"{one.name} is not known: {why}"
        case _:
            assert_never(one.amount)


def scope(one: ir.Price) -> str:
    """Say for what one of several prices holds, such as `in EUR from 2026-07-01`."""
    places = " and ".join(f"{where.setting} is {' or '.join(where.values)}" for where in one.where)
    where = f" where {places}" if places else ""
    first = "" if one.since is None else f" from {one.since}"
    last = "" if one.until is None else f" until {one.until}"
    return f"in {one.currency}{where}{first}{last}"


def rate_unit(one: ir.Rate, amount: Decimal = _SEVERAL) -> str:
    """Say what an amount of a rate, or its amounts, are in, such as `USD per 1000 characters`; nothing for a multiplier."""
    *first, last = one.per or ("",)
    per = [f"per {word}" for word in first]
    if last:
        per.append(f"per {last}" if one.each == 1 else f"per {one.each:f} {units.plural(last)}")
    return " ".join([*([] if one.unit == units.NUMBER else [units.counted(one.unit, amount)]), *per])


def quantity(one: ir.Quantity) -> str:
    """Say what a measured quantity is, such as `compute = 2 to 30 seconds`."""
    return f"{one.name} = {span(one.range)} {units.plural(one.unit)}, measured{_says(one.range)}"


def free(one: ir.Free) -> str:
    """Say what costs nothing, such as `the first 100 images of every month are free`."""
    period = "an account" if one.per == "account" else f"every {one.per}"
    says = "" if one.says is None else f" ({one.says})"
    are = "is" if one.amount == 1 else "are"
    return (
        f"the first {one.amount:f} {units.counted(one.of, one.amount)} of {period} {are} free, so it may be less{says}"
    )


def span(one: ir.Range) -> str:
    """Say a range, such as `2 to 30`."""
    if one.maximum is None:
        return f"at least {one.minimum:f}" if one.minimum else "any number of"
    return f"{one.minimum:f} to {one.maximum:f}"


def limits(bands: tuple[ir.Band, ...]) -> Iterator[str]:
    """Say how far every band goes."""
    for band in bands:
        yield "above" if band.up_to is None else f"up to {band.up_to:f}"


def _cells(rows: Sequence[ir.TableRow], depth: int) -> Iterator[str]:
    """Say the cells of a table, or of a part of it that shares its first values; what is unknown as a whole, once."""
    values, amount = rows[0].values, rows[0].amount
    silent = isinstance(amount, ir.Unknown) and all(row.amount == amount for row in rows)
    if depth == len(values) or (depth and silent):
        yield f"{' '.join(map(_spoken, values[:depth]))} = {_cell(amount)}"
        return
    for _, part in itertools.groupby(rows, key=lambda row: row.values[depth]):
        yield from _cells(list(part), depth + 1)


def _bands(bands: tuple[ir.Band, ...]) -> Iterator[str]:
    for limit, band in zip(limits(bands), bands, strict=True):
        yield f"{limit} = {_cell(band.amount)}"


def _cases(cases: tuple[ir.AmountCase, ...]) -> Iterator[str]:
    for one in cases:
        yield f"{_cell(one.amount)} {f'when {words.conditions(one.when)}' if one.when else 'otherwise'}"


def _with(amount: Decimal | str, unit: str) -> str:
    text = amount if isinstance(amount, str) else f"{amount:f}"
    return f"{text} {unit}" if unit else text


def _spoken(value: ir.Scalar | None) -> str:
    return "left out" if value is None else words.spoken(value)


def _cell(amount: Decimal | ir.Unknown) -> str:
    return f"unknown ({amount.why})" if isinstance(amount, ir.Unknown) else f"{amount:f}"


def _says(one: ir.Range) -> str:
    return "" if one.says is None else f" ({one.says})"
