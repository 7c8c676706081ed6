"""Prices and sizes: rates, formulas, and tables of pixels."""

from __future__ import annotations

from proviso import formulas, ir
from proviso.diagnostics import Diagnostic, Place, did_you_mean
from proviso.lower import texts
from proviso.lower.node import Node


def output(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Output:
    """Read what a model makes, and how many of it."""
    count = node["count"]
    if isinstance(count.value, str):
        texts.member(count, tuple(one.name for one in declared), "parameter")
    return ir.Output(
        kind="image",
        count=count.text() if isinstance(count.value, str) else count.integer(),
    )


def sizes(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Sizes | None:
    """Read a table of pixels."""
    if node is None:
        return None
    by = node["by"].texts()
    for parameter in node["by"].each():
        texts.member(parameter, tuple(one.name for one in declared), "parameter")
    rows = sorted(_rows(node["rows"], by, ()), key=lambda row: _rank(row, by, declared))
    return ir.Sizes(by=by, rows=tuple(rows), place=node["rows"].key_place)


def _rank(row: ir.SizeRow, by: tuple[str, ...], declared: tuple[ir.Parameter, ...]) -> list[tuple[int, str]]:
    """Order rows as the values of their parameters are listed; what is not listed comes last."""
    kinds = {one.name: one.kind for one in declared}
    ranks: list[tuple[int, str]] = []
    for name, value in zip(by, row.values, strict=True):
        kind = kinds.get(name)
        listed = kind.values if isinstance(kind, ir.Choice) else ()
        ranks.append((listed.index(value) if value in listed else len(listed), value))
    return ranks


def _rows(node: Node, by: tuple[str, ...], so_far: tuple[str, ...]) -> list[ir.SizeRow]:
    found: list[ir.SizeRow] = []
    for key, member in node.items():
        values = (*so_far, key)
        if isinstance(member.value, dict):
            if len(values) < len(by):
                found.extend(_rows(member, by, values))
            else:
                member.complain(f"pixels are expected here: the table is by {' and '.join(by)}", "size-table")
        elif len(values) == len(by):
            found.append(ir.SizeRow(values=values, pixels=texts.pixels(member), place=member.key_place))
        else:
            member.complain(f"values of {by[len(values)]} are expected here, not pixels", "size-table")
    return found


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
