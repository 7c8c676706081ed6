"""Amounts of rates: numbers, tables, bands and ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from proviso import formula_syntax, formulas, ir, price_facts, words
from proviso.diagnostics import Diagnostic, Place, did_you_mean
from proviso.lower import conditions, references, texts
from proviso.lower.node import Node

Allowed = Mapping[str, ir.Scalar]
"""The values of a parameter, by how they are spelled in a key."""


def amount(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Amount:
    """Read the amount of a rate."""
    if (unknown := node.unknown()) is not None:
        return unknown
    if isinstance(node.value, list):
        return _cases(node, declared)
    if not isinstance(node.value, dict):
        return node.number()
    if node.get("by") is not None:
        return _table(node, declared)
    if node.get("of") is not None:
        return _bands(node, declared)
    return span(node)


def span(node: Node) -> ir.Range:
    """Read a range whose upper end may be open; one without a lower end begins at nothing."""
    least, most = node.get("minimum"), node.get("maximum")
    found = ir.Range(
        minimum=Decimal(0) if least is None else least.number(),
        maximum=None if most is None else most.number(),
        says=node.optional_text("says"),
    )
    if found.maximum is not None and found.maximum < found.minimum:
        node["maximum"].complain(f"the range from {found.minimum} to {found.maximum} runs backwards", "range")
    return found


def formula(node: Node, declared: tuple[ir.Parameter, ...], others: tuple[str, ...] = ()) -> ir.Reckoned | None:
    """Read a formula over parameters and other names; complain and give None where it is none."""
    text = node.text()
    try:
        parsed = formula_syntax.parse(text)
    except formula_syntax.FormulaError as error:
        _complain(node, error.offset, f"{error} in {text!r}")
        return None
    # Parameters go by the documents' names, and by those of Python where a formula cannot spell the others.
    parameters = {one.name: one.name for one in declared} | references.names(declared)
    for leaf in formulas.leaves(parsed):
        if isinstance(leaf, formulas.Name):
            _known(node, leaf.name, leaf.at, (*others, *parameters, *formulas.BUILT_IN), "rate, count or parameter")
            if leaf.name in formulas.BUILT_IN and leaf.name in parameters:
                _complain(
                    node, leaf.at, f"{leaf.name!r} is a count and a parameter, and a formula cannot tell them apart"
                )
        else:
            for name in leaf.of:
                _known(node, name, leaf.at, tuple(parameters), "parameter")
    return ir.Reckoned(formula=formulas.renamed(parsed, parameters), place=node.place)


def _known(node: Node, name: str, at: int, known: tuple[str, ...], what: str) -> None:
    if name not in known:
        _complain(node, at, f"{name!r} is no {what}{did_you_mean(name, known)}")


def _complain(node: Node, at: int, message: str) -> None:
    place = Place(node.place.path, node.place.line, node.place.column + at)
    node.complaints.append(Diagnostic(place, message, "formula"))


def _table(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Table:
    known = {one.wire: one for one in declared}
    by = tuple(known[name].name if name in known else name for name in node["by"].texts())
    axes: list[Allowed | None] = []
    for name in node["by"].each():
        found = texts.member(name, tuple(known), "parameter")
        axes.append(
            {words.spoken(value): value for value in price_facts.values(known[name.text()].kind)} if found else None
        )
        if found and not axes[-1]:
            name.complain(f"{name.text()} has no list of values, so no table can be by it", "price-table")
    rows = tuple(_rows(node["rows"], tuple(zip(by, axes, strict=True)), ()))
    ranks = [{} if one is None else {key: at for at, key in enumerate(one.values())} for one in axes]
    in_order = sorted(
        rows, key=lambda row: [rank.get(value, -1) for rank, value in zip(ranks, row.values, strict=True)]
    )
    return ir.Table(by=by, rows=tuple(in_order), place=node["rows"].key_place)


def _rows(
    node: Node, axes: tuple[tuple[str, Allowed | None], ...], so_far: tuple[ir.Scalar, ...]
) -> Iterator[ir.TableRow]:
    (name, allowed), *further = axes
    for key, member in node.items():
        if allowed and key not in allowed:
            member.complain(
                f'{name} "{key}" is not among the allowed values{did_you_mean(key, allowed)}',
                "price-table",
                at_key=True,
            )
            continue
        values = (*so_far, allowed[key] if allowed else key)
        nested = isinstance(member.value, dict) and member.unknown() is None
        if nested and further:
            yield from _rows(member, tuple(further), values)
        elif nested:
            member.complain("an amount is expected here: the table goes no deeper", "price-table")
        elif further:
            member.complain(f"values of {further[0][0]} are expected here, not an amount", "price-table")
        else:
            yield ir.TableRow(values=values, amount=_cell(member), place=member.key_place)


def _cases(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Cases:
    *first, last = node.each()
    for one in first:
        if one.get("when") is None and one.get("unless") is None:
            one.complain("only the last case holds without a condition", "price-case")
    if last.get("when") is not None or last.get("unless") is not None:
        message = "the last case has no condition; say {is: {unknown: why}} where the page does not go on"
        last.complain(message, "price-case")
    cases = tuple(
        ir.AmountCase(when=conditions.when(one, declared), amount=_cell(one["is"]), place=one.place)
        for one in node.each()
    )
    return ir.Cases(cases=cases, place=node.place)


def _bands(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Bands | ir.Unknown:
    of = formula(node["of"], declared)
    marginal = node.get("marginal")
    bands: list[ir.Band] = []
    for one in node["bands"].each():
        limit = one.get("up_to")
        bands.append(ir.Band(up_to=None if limit is None else limit.number(), amount=_cell(one["is"]), place=one.place))
    if of is None:
        return ir.Unknown(why="")
    return ir.Bands(
        of=of,
        bands=tuple(bands),
        marginal=marginal is not None and marginal.flag(),
        place=node["bands"].key_place,
    )


def _cell(node: Node) -> Decimal | ir.Unknown:
    unknown = node.unknown()
    return node.number() if unknown is None else unknown
