"""Tables of pixels."""

from __future__ import annotations

import re

from proviso import ir
from proviso.lower import references, texts
from proviso.lower.node import Node


def sizes(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Sizes | None:
    """Read a table of pixels."""
    if node is None:
        return None
    by = tuple(references.parameter(one, declared) for one in node["by"].each())
    table, listed = node.get("rows"), node.get("list")
    if (table is None) == (listed is None):
        node.complain("a table of sizes has either rows or a list", "size-table")
    found = [] if table is None else _rows(table, by, ())
    if listed is not None and len(by) > 1:
        node["by"].complain("a list is of the values of one parameter; several have rows", "size-table")
    elif listed is not None:
        found += [ir.SizeRow(values=(one.text(),), pixels=_pixels(one), place=one.place) for one in listed.each()]
    return ir.Sizes(
        by=by,
        rows=tuple(sorted(found, key=lambda row: _rank(row, by, declared))),
        partial=node.optional_text("partial"),
        place=node.key_place if table is None else table.key_place,
    )


def _pixels(node: Node) -> tuple[int, int]:
    width, height = re.split(r"[^0-9]", node.text())
    return int(width), int(height)


def _rank(row: ir.SizeRow, by: tuple[str, ...], declared: tuple[ir.Parameter, ...]) -> list[tuple[int, str]]:
    """Order rows as the values of their parameters are listed; what is not listed comes last."""
    kinds = {one.name: ir.bare(one.kind) for one in declared}
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
