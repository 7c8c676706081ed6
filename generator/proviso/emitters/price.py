"""Emits `price.py` of a model: the rates and the quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from proviso import formulas, ir, naming, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class RateConstant:
    """A rate as a constant, with its unit in words."""

    name: str
    amount: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceContext:
    """Everything that `price.py.jinja` may mention; `hold` and `charge` are expressions."""

    spec: str
    model: str
    package: str
    rates: tuple[RateConstant, ...]
    currency: str
    hold: str
    charge: str
    known: bool
    doc: str
    notes: tuple[str, ...]
    because: tuple[str, ...]
    unknown: tuple[str, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `quote`."""
    home = words.model_module(package, provider, model)
    doubts = words.doubts_about((*provider.doubts, *model.doubts), "price")
    notes = tuple(f"In doubt ({doubt.id}): {doubt.ruling}" for doubt in doubts)
    match model.price:
        case ir.UnknownPrice():
            context = _unpriced(model, home, model.price, notes)
        case ir.Price():
            context = _priced(model, home, model.price, notes)
        case _:
            assert_never(model.price)
    yield File(f"{words.folder(package, provider, model)}/price.py", render("price.py.jinja", context))


def _unpriced(model: ir.Model, package: str, price: ir.UnknownPrice, notes: tuple[str, ...]) -> PriceContext:
    return PriceContext(
        spec=words.header(model.path),
        model=model.id,
        package=package,
        rates=(),
        currency="",
        hold="None",
        charge="None",
        known=False,
        doc="The price is not documented, so no amount is known.",
        notes=notes,
        because=(),
        unknown=words.chunks(price.why),
    )


def _priced(model: ir.Model, package: str, price: ir.Price, notes: tuple[str, ...]) -> PriceContext:
    rates = [f"{rate.name} = {rate.amount:f} {price.currency} per {rate.per}" for rate in price.rates]
    amounts = (("hold", price.hold), ("charge", price.charge))
    known = [f"{name} = {words.formula(one)}" for name, one in amounts if not isinstance(one, ir.Unknown)]
    if not isinstance(price.charge, ir.Unknown) and "delivered" in formulas.names(price.charge):
        known[-1] += ", at most, since fewer may be delivered"
    silent = [f"{name} is not known: {one.why}" for name, one in amounts if isinstance(one, ir.Unknown)]
    return PriceContext(
        spec=words.header(model.path),
        model=model.id,
        package=package,
        rates=tuple(
            RateConstant(
                name=_constants(price)[rate.name],
                amount=_decimal(rate.amount),
                unit=f"{price.currency} per {rate.per}",
            )
            for rate in price.rates
        ),
        currency=price.currency,
        hold=_amount(model, price, price.hold),
        charge=_amount(model, price, price.charge),
        known=not isinstance(price.charge, ir.Unknown),
        doc=" ".join([f"{one}." for one in known] + silent),
        notes=notes,
        because=words.chunks("; ".join([*known, *rates, *silent])),
        unknown=(),
    )


def _constants(price: ir.Price) -> dict[str, str]:
    return {name: f"{constant}_RATE" for name, constant in naming.constants(rate.name for rate in price.rates).items()}


def _amount(model: ir.Model, price: ir.Price, one: formulas.Formula | ir.Unknown) -> str:
    if isinstance(one, ir.Unknown):
        return "None"
    rates = _constants(price)

    def spelled(name: str) -> str:
        if name in rates:
            return rates[name]
        return _count(model, model.output.count if name in formulas.COUNTS else name)

    return words.formula(one, name=spelled, number=_decimal)


def _count(model: ir.Model, counted: str | int) -> str:
    if isinstance(counted, int):
        return _decimal(Decimal(counted))
    parameter = model.parameter(counted)
    if parameter is None or parameter.required or parameter.default is None:
        return f"pricing.exact(params[{counted!r}])"
    return f"pricing.exact(params.get({counted!r}, {words.plain(parameter.default)!r}))"


def _decimal(number: Decimal) -> str:
    text = f"{number:f}"
    return f"Decimal({text})" if text.isdigit() else f'Decimal("{text}")'
