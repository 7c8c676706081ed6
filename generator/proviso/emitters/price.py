"""Emits `price.py` of a model: the rates, what is held and charged, and the quote."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from proviso import formulas, ir, layouts, price_code, price_facts, price_words, units, words
from proviso.formula_words import written
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class RateConstant:
    """A rate as a constant, with its unit in words; the annotation stands where the amount does not tell the type."""

    name: str
    annotation: str
    amount: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFunction:
    """A rate that goes by conditions: pairs of an expression and an amount; the last has an empty expression."""

    name: str
    unit: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFunction:
    """A function that reckons an amount: its parameters, and the expression that it gives back."""

    name: str
    doc: str
    formula: str
    parameters: str
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A part of why a price is what it is: words, and behind them a cell that counts and its unit, if any.

    single: the unit of exactly one, where it is another.
    """

    words: tuple[str, ...]
    cell: str = ""
    unit: str = ""
    single: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceContext:
    """Everything that `price.py.jinja` may mention; `hold`, `least` and `most` reckon or are None, `after` or is empty."""

    spec: str
    model: str
    package: str
    scope: str
    modules: str
    rates: tuple[RateConstant, ...]
    chosen: tuple[RateFunction, ...]
    fixed: tuple[price_code.FixedFunction, ...]
    functions: tuple[AmountFunction, ...]
    currency: str
    hold: str
    least: str
    most: str
    after: str
    doc: str
    notes: tuple[str, ...]
    because: tuple[Reason, ...]
    unknown: tuple[str, ...]
    several: bool
    for_types: tuple[tuple[str, str], ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `quote`."""
    home = words.model_module(package, provider, model)
    doubts = words.doubts_about((*provider.doubts, *model.doubts), "price")
    notes = tuple(f"In doubt ({doubt.id}): {doubt.ruling}" for doubt in doubts)
    match model.price:
        case ir.UnknownPrice():
            contexts = {"price": _unpriced(model, home, model.price, notes)}
        case ir.Price():
            contexts = {"price": _priced(model, home, model.price, notes)}
        case ir.Prices():
            modules = price_facts.modules(model.price)
            contexts = {
                name: dataclasses.replace(_priced(model, home, one, notes), scope=price_words.scope(one), several=False)
                for name, one in modules.items()
            }
        case _:
            assert_never(model.price)
    for name, plain in contexts.items():
        context = dataclasses.replace(plain, for_types=tuple(_for_types(plain)))
        yield File(f"{words.folder(package, provider, model)}/{name}.py", render("price.py.jinja", context))


def _for_types(context: PriceContext) -> Iterator[tuple[str, str]]:
    """Say what is imported for types alone: modules, and names."""
    generic = (("Mapping", context.chosen or context.fixed), ("Sequence", context.several))
    if names := [name for name, used in generic if used]:
        yield "collections.abc", ", ".join(names)
    if any("Literal[" in one.type for one in context.fixed):
        yield "typing", "Literal"


def _unpriced(model: ir.Model, package: str, price: ir.UnknownPrice, notes: tuple[str, ...]) -> PriceContext:
    return PriceContext(
        spec=words.header(model.path),
        model=model.id,
        package=package,
        scope="",
        modules="checks",
        rates=(),
        chosen=(),
        fixed=(),
        functions=(),
        currency="",
        hold="None",
        least="None",
        most="None",
        after="",
        doc="The price is not documented, so no amount is known.",
        notes=notes,
        because=(),
        unknown=words.chunks(price_words.unknown(price)),
        several=layouts.most(model) > 1,
        for_types=(),
    )


def _priced(model: ir.Model, package: str, price: ir.Price, notes: tuple[str, ...]) -> PriceContext:
    facts = price_facts.Facts(model=model, price=price)
    constants = price_code.constants(price)
    speller = price_code.Speller(facts=facts, constants=constants)
    amounts = (("hold", price.hold), ("charge", price.charge))
    known = [f"{name} = {written(one.formula)}" for name, one in price.reckoned]
    if isinstance(price.charge, ir.Reckoned) and "delivered" in facts.moving(price.charge):
        known[-1] += ", at most, since fewer may be delivered"
    silent = [f"{name} is not known: {one.why}" for name, one in amounts if isinstance(one, ir.Unknown)]
    measured = [price_words.quantity(one) for one in price.measured]
    free = [price_words.free(one) for one in (price.free,) if one is not None]
    functions = tuple(_function(speller, name, one) for name, one in price.reckoned)
    least, most = _ends(speller, price.charge) if isinstance(price.charge, ir.Reckoned) else ("None", "None")
    return PriceContext(
        spec=words.header(model.path),
        model=model.id,
        package=package,
        scope="",
        modules="checks, sizes" if any("sizes.SIZES" in one.expression for one in functions) else "checks",
        rates=tuple(
            RateConstant(
                name=constants[rate.name],
                annotation=speller.annotation(rate),
                amount=speller.amount(rate),
                unit=_unit(rate),
            )
            for rate in price.rates
            if rate.name in constants and not isinstance(rate.amount, ir.Cases)
        ),
        chosen=tuple(
            RateFunction(
                name=constants[rate.name], unit=_unit(rate).replace("A mult", "a mult"), cases=speller.cases(rate)
            )
            for rate in price.rates
            if isinstance(rate.amount, ir.Cases)
        ),
        fixed=speller.fixed(),
        functions=functions,
        currency=price.currency,
        hold=_call("hold", _asked(speller, price.hold)) if isinstance(price.hold, ir.Reckoned) else "None",
        least=least if price.free is None else "lambda: Decimal(0)",
        most=most,
        after=_after(speller, price),
        doc=" ".join(f"{one}." for one in known) + "".join(f" {one}" for one in silent),
        notes=notes,
        because=tuple(_reasons(speller, known, [*measured, *free, *silent])),
        unknown=(),
        several=layouts.most(model) > 1,
        for_types=(),
    )


def _reasons(speller: price_code.Speller, before: list[str], after: list[str]) -> Iterator[Reason]:
    """Say how amounts come about; of a long table, the cell that counts for the request."""
    told = list(before)
    for rate in speller.facts.price.rates:
        if not isinstance(rate.amount, ir.Table) or not price_words.is_long(rate.amount):
            told.append(price_words.rate(rate))
            continue
        each = dataclasses.replace(rate, each=Decimal(1))
        unit, single = price_words.rate_unit(each), price_words.rate_unit(each, Decimal(1))
        *above, last = words.chunks("; ".join([*told, f"{rate.name} by {' and '.join(rate.amount.by)}:"]))
        yield Reason(
            words=(*above, f"{last} "),
            cell=speller.cell(rate, rate.amount),
            unit=unit,
            single=single if single != unit else "",
        )
        # What follows is parted from the cell.
        told = [""]
    told += after
    if told != [""]:
        yield Reason(words=words.chunks("; ".join(told)))


def _function(speller: price_code.Speller, name: str, one: ir.Reckoned) -> AmountFunction:
    when = "is held on acceptance" if name == "hold" else "is charged in the end"
    expression = speller.expression(one)
    moving = [f"{price_code.variable(each)}: Decimal" for each in speller.facts.moving(one)]
    asked = ["params: Params", "/"] if _asked(speller, one) else []
    return AmountFunction(
        name=name,
        doc=f"Reckon what {when}.",
        formula=written(one.formula),
        parameters=", ".join([*asked, *(["*"] if moving else []), *moving]),
        expression=expression,
    )


def _ends(speller: price_code.Speller, charge: ir.Reckoned) -> tuple[str, str]:
    """Spell how the least and the most of a charge are reckoned."""
    least, most = _asked(speller, charge), _asked(speller, charge)
    for name, way in speller.facts.moving(charge).items():
        low, high = _range(speller, name)
        variable = price_code.variable(name)
        least.append(f"{variable}={low if way == 'up' else high}")
        most.append(f"{variable}={high if way == 'up' else low}")
    return _call("charge", least), _call("charge", most)


def _after(speller: price_code.Speller, price: ir.Price) -> str:
    """Spell how the charge is reckoned when it is known what came; nothing where that changes nothing."""
    charge = price.charge
    # How much of a quota is left, nobody tells.
    if not isinstance(charge, ir.Reckoned) or price.free is not None or not speller.facts.moving(charge):
        return ""
    counts = [f"{price_code.variable(name)}=counts[{name!r}]" for name in speller.facts.moving(charge)]
    return f"lambda counts: charge({', '.join([*_asked(speller, charge), *counts])})"


def _asked(speller: price_code.Speller, one: ir.Reckoned) -> list[str]:
    """Give the arguments that a formula takes from the request: the params, or nothing."""
    return ["params"] if "params" in speller.expression(one) else []


def _call(function: str, arguments: list[str]) -> str:
    return f"lambda: {function}({', '.join(arguments)})" if arguments else function


def _range(speller: price_code.Speller, name: str) -> tuple[str, str]:
    found = speller.facts.range(name)
    if found is not None:
        high = "pricing.UNLIMITED" if found.maximum is None else price_code.decimal(found.maximum)
        return price_code.decimal(found.minimum), high
    counted = speller.facts.counted(formulas.COUNTS[1])
    one = price_code.decimal(Decimal(1))
    several = counted >= 1 if isinstance(counted, int) else _asks_for_some(counted)
    # A request that succeeds delivers something, if something was asked for.
    return one if several else f"min({one}, {speller.requested()})", speller.requested()


def _asks_for_some(parameter: ir.Parameter | None) -> bool:
    match None if parameter is None else ir.bare(parameter.kind):
        case ir.Integer(minimum=int(least)):
            return least >= 1
        case ir.Choice(values=values):
            return all(isinstance(value, int) and value >= 1 for value in values)
        case _:
            return False


def _unit(rate: ir.Rate) -> str:
    """Say what a constant holds: amounts are there for one unit each."""
    name = price_words.rate_unit(dataclasses.replace(rate, each=Decimal(1))) or "A multiplier"
    several = "" if rate.each == 1 else f" (printed per {rate.each:f} {units.plural(rate.per[-1])})"
    match rate.amount:
        case ir.Table(by=by):
            return f"{name}{several}, by {' and '.join(by)}"
        case ir.Bands(of=of):
            return f"{name}{several}, by {written(of.formula)} up to a limit"
        case _:
            return f"{name}{several}"
