"""Amounts of rates: numbers, tables, bands and ranges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from proviso import formula_syntax, formulas, ir, price_facts, words
from proviso.diagnostics import Diagnostic, Place, did_you_mean, quoted
from proviso.lower import conditions, references, texts
from proviso.lower.node import Node

_MOST_CELLS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """A parameter that a table is by, and its values by how they are spelled in a key; nothing where it is unknown."""

    name: str
    allowed: Mapping[str, ir.Scalar | None] = field(default_factory=dict[str, ir.Scalar | None])
    lacks_nothing: bool = False


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
        _complain(node, error.offset, f"{error} in {quoted(text)}")
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
    axes = tuple(
        _axis(name, known[name.text()]) if texts.member(name, tuple(known), "parameter") else _Axis(name=name.text())
        for name in node["by"].each()
    )
    rows = tuple(_rows(node["rows"], axes, ()))
    ranks = [{key: at for at, key in enumerate(one.allowed.values())} for one in axes]
    in_order = sorted(
        rows, key=lambda row: [rank.get(value, -1) for rank, value in zip(ranks, row.values, strict=True)]
    )
    return ir.Table(by=by, rows=tuple(in_order), place=node["rows"].key_place)


def _axis(name: Node, parameter: ir.Parameter) -> _Axis:
    values = price_facts.values(parameter.kind)
    if not values:
        name.complain(f"{name.text()} has no list of values, so no table can be by it", "price-table")
        return _Axis(name=name.text())
    lacks = price_facts.may_lack(parameter)
    absent: dict[str, ir.Scalar | None] = {formulas.ABSENT: None} if lacks else {}
    # A value that is spelled so has the key.
    allowed = absent | {words.written(value): value for value in values}
    in_order = {key: allowed[key] for key in (*map(words.written, values), *absent)}
    return _Axis(name=name.text(), allowed=in_order, lacks_nothing=not lacks)


def _rows(node: Node, axes: tuple[_Axis, ...], so_far: tuple[ir.Scalar | None, ...]) -> Iterator[ir.TableRow]:
    axis, *further = axes
    for key, member in node.items():
        if axis.allowed and key not in axis.allowed:
            member.complain(_foreign(axis, key), "price-table", at_key=True)
            continue
        values = (*so_far, axis.allowed[key] if axis.allowed else key)
        unknown = member.unknown()
        if unknown is not None and further:
            yield from _silent(member, unknown, tuple(further), values)
        elif isinstance(member.value, dict) and unknown is None:
            if further:
                yield from _rows(member, tuple(further), values)
            else:
                member.complain("an amount is expected here: the table goes no deeper", "price-table")
        elif further:
            member.complain(
                f"values of {further[0].name} are expected here, not an amount; "
                "{unknown: why} would hold for all of them",
                "price-table",
            )
        else:
            yield ir.TableRow(values=values, amount=_cell(member), place=member.key_place)


def _foreign(axis: _Axis, key: str) -> str:
    if key == formulas.ABSENT and axis.lacks_nothing:
        return f"{axis.name} always has a value or a default, so a row {key} never counts"
    return f'{axis.name} "{key}" is not among the allowed values{did_you_mean(key, axis.allowed)}'


def _silent(
    node: Node, unknown: ir.Unknown, further: tuple[_Axis, ...], so_far: tuple[ir.Scalar | None, ...]
) -> Iterator[ir.TableRow]:
    """Yield the rows of a value for which no amount is known, whatever the further parameters are."""
    many = math.prod(len(one.allowed) for one in further)
    if many > _MOST_CELLS:
        node.complain(f"this stands for {many} rows, and a table has at most {_MOST_CELLS}", "price-table")
        return
    for rest in itertools.product(*(one.allowed.values() for one in further)):
        yield ir.TableRow(values=(*so_far, *rest), amount=unknown, place=node.key_place)


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
