"""What a model makes, and its price: rates and formulas."""

from __future__ import annotations

from proviso import formulas, ir
from proviso.diagnostics import Diagnostic, Place, did_you_mean
from proviso.lower import results, texts
from proviso.lower.node import Node


def output(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Output:
    """Read what a model makes, and how many of it."""
    count = node["count"]
    if isinstance(count.value, str):
        texts.member(count, tuple(one.name for one in declared), "parameter")
    return ir.Output(
        kind=results.output_kind(node["kind"]),
        count=count.text() if isinstance(count.value, str) else count.integer(),
    )


def price(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Price | ir.UnknownPrice:
    """Read rates and formulas, or why there is no price."""
    if (unknown := node.unknown()) is not None:
        depends = node.get("depends_on")
        for parameter in () if depends is None else depends.each():
            texts.member(parameter, tuple(one.name for one in declared), "parameter")
        return ir.UnknownPrice(
            why=unknown.why,
            depends_on=() if depends is None else depends.texts(),
            place=node.key_place,
        )
    rates = tuple(
        ir.Rate(name=name, amount=rate["amount"].number(), per=rate["per"].text())
        for name, rate in node["rates"].unordered()
    )
    names = (*(rate.name for rate in rates), *formulas.COUNTS, *(one.name for one in declared))
    for name, rate in node["rates"].items():
        if names.count(name) > 1:
            rate.complain(
                f"{name!r} is also a count or a parameter; give the rate another name", "formula", at_key=True
            )
    return ir.Price(
        currency=node["currency"].text(),
        rates=rates,
        hold=_formula(node["hold"], names),
        charge=_formula(node["charge"], names),
        sources=node.sources(),
        place=node.key_place,
    )


def _formula(node: Node, names: tuple[str, ...]) -> formulas.Formula | ir.Unknown:
    if (unknown := node.unknown()) is not None:
        return unknown
    try:
        parsed = formulas.parse(node.text())
    except formulas.FormulaError as error:
        place = Place(node.place.path, node.place.line, node.place.column + error.offset)
        node.complaints.append(Diagnostic(place, f"{error} in {node.text()!r}", "formula"))
        return ir.Unknown(why="")
    for name in sorted(set(formulas.names(parsed)) - set(names)):
        hint = did_you_mean(name, names)
        node.complain(f"{name!r} is no rate, count or parameter{hint}", "formula")
    return parsed
