"""The price of what a model makes: rates and formulas."""

from __future__ import annotations

from typing import get_args

from proviso import formulas, ir, units
from proviso.lower import amounts, measures
from proviso.lower.node import Node

_PERIODS: dict[str, ir.Period] = {one: one for one in get_args(ir.Period)}


def price(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Price:
    """Read rates and formulas, apart from when and for what they hold."""
    currency = node["currency"].text()
    rates = tuple(_rate(name, rate, currency, declared) for name, rate in node["rates"].unordered())
    measured = node.get("measured")
    quantities = () if measured is None else tuple(_quantity(name, one) for name, one in measured.unordered())
    parameters = tuple(name for one in declared for name in dict.fromkeys((one.wire, one.name)))
    given = (*(one.name for one in rates), *(one.name for one in quantities))
    for named in (node["rates"], *(() if measured is None else (measured,))):
        for name, one in named.items():
            if (*given, *formulas.BUILT_IN, *parameters).count(name) > 1:
                other = "a count or a parameter" if name in (*formulas.BUILT_IN, *parameters) else "a rate"
                one.complain(f"{name!r} is also {other}; give it another name", "formula", at_key=True)
    return ir.Price(
        currency=currency,
        rates=rates,
        hold=_formula(node["hold"], declared, given),
        charge=_formula(node["charge"], declared, given),
        measured=quantities,
        free=_free(node.get("free"), currency),
        sources=node.sources(),
        place=node.place if isinstance(node.steps[-1], int) else node.key_place,
    )


def _rate(name: str, node: Node, currency: str, declared: tuple[ir.Parameter, ...]) -> ir.Rate:
    unit = node.get("in")
    per, each = measures.per(node.get("per"), currency)
    allowed = (units.NUMBER, *units.UNITS, currency)
    return ir.Rate(
        name=name,
        amount=amounts.amount(node["amount"], declared),
        unit=currency if unit is None else measures.word(unit, unit.text(), allowed),
        per=per,
        each=each,
        sources=node.sources(),
        place=node.key_place,
    )


def _quantity(name: str, node: Node) -> ir.Quantity:
    unit = measures.word(node["unit"], node["unit"].text(), units.UNITS)
    return ir.Quantity(name=name, unit=unit, range=amounts.span(node), place=node.key_place)


def _free(node: Node | None, currency: str) -> ir.Free | None:
    if node is None:
        return None
    return ir.Free(
        amount=node["amount"].number(),
        of=measures.word(node["of"], node["of"].text(), (*units.UNITS, currency)),
        per=_PERIODS[node["per"].text()],
        says=node.optional_text("says"),
        place=node.place,
    )


def _formula(node: Node, declared: tuple[ir.Parameter, ...], others: tuple[str, ...]) -> ir.Reckoned | ir.Unknown:
    if (unknown := node.unknown()) is not None:
        return unknown
    return amounts.formula(node, declared, others) or ir.Unknown(why="")
