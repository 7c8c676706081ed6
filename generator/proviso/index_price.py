"""Rows of the index about what a model costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, price_words
from proviso.formula_words import written
from proviso.markdown import cell


def charge(model: ir.Model) -> str:
    """Say in short what is charged for a model."""
    return next(value for name, value in rows(model) if name.startswith("Charge"))


def rows(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield what is held and charged, and the rates where they do not fit beside that."""
    match model.price:
        case ir.UnknownPrice() as price:
            yield "Hold", "unknown"
            yield "Charge", cell(f"unknown: {price_words.unknown(price)}")
        case ir.Price() as price:
            yield from _rows(price, "")
        case ir.Prices(prices=prices):
            for one in prices:
                yield from _rows(one, price_words.scope(one))
        case _:
            assert_never(model.price)


def _rows(price: ir.Price, scope: str) -> Iterator[tuple[str, str]]:
    rates = [price_words.rate(rate) for rate in price.rates]
    short = len(rates) == 1 and not price.measured and price.free is None
    yield cell(f"Hold {scope}"), cell(_reckoned(price.hold))
    yield cell(f"Charge {scope}"), cell(f"{_reckoned(price.charge)}{f', with {rates[0]}' if short else ''}")
    for rate in () if short else rates:
        yield cell(f"Rate {scope}"), cell(rate)
    for one in price.measured:
        yield cell(f"Measured {scope}"), cell(price_words.quantity(one))
    if price.free is not None:
        yield cell(f"Free {scope}"), cell(price_words.free(price.free))


def _reckoned(one: ir.Reckoned | ir.Unknown) -> str:
    return f"unknown: {one.why}" if isinstance(one, ir.Unknown) else written(one.formula)
