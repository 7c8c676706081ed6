"""A price, several prices, or why there is none: for what and when each holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower import money, references
from proviso.lower.node import Node

# What the functions that choose a price name already.
_TAKEN = frozenset({"checks", "currency", "day", "errors", "on", "params", "pricing"})


def price(
    node: Node, declared: tuple[ir.Parameter, ...], settings: tuple[ir.Setting, ...]
) -> ir.Price | ir.Prices | ir.UnknownPrice:
    """Read rates and formulas, several prices, or why there is none."""
    if isinstance(node.value, list):
        return _one_or_several(node, tuple(_price(one, declared, settings) for one in node.each()))
    if (unknown := node.unknown()) is not None:
        depends = node.get("depends_on")
        return ir.UnknownPrice(
            why=unknown.why,
            depends_on=() if depends is None else tuple(references.parameter(one, declared) for one in depends.each()),
            place=node.key_place,
        )
    return _one_or_several(node, (_price(node, declared, settings),))


def _one_or_several(node: Node, found: tuple[ir.Price, ...]) -> ir.Price | ir.Prices:
    if len(found) == 1 and found[0].since is None and found[0].until is None and not found[0].where:
        return found[0]
    return ir.Prices(prices=found, place=node.key_place)


def _price(node: Node, declared: tuple[ir.Parameter, ...], settings: tuple[ir.Setting, ...]) -> ir.Price:
    return replace(
        money.price(node, declared),
        where=tuple(_where(node.get("where"), settings)),
        since=_day(node.get("from")),
        until=_day(node.get("until")),
    )


def _where(node: Node | None, settings: tuple[ir.Setting, ...]) -> Iterator[ir.Where]:
    known = {one.name: one for one in settings}
    for name, member in () if node is None else node.unordered():
        if name not in known:
            hint = did_you_mean(name, known)
            member.complain(f"setting {name!r} is not declared{hint}", "reference", at_key=True)
            continue
        if name in _TAKEN or name.startswith("price_"):
            member.complain(
                f"{name!r} means something else to quotes; the setting needs another name", "setting", at_key=True
            )
        values = known[name].values
        for one in member.each():
            if one.text() not in values:
                hint = did_you_mean(one.text(), values) or (f"; there are {', '.join(values)}" if values else "")
                one.complain(f"{one.text()!r} is no documented value of {name}{hint}", "setting")
        yield ir.Where(setting=name, values=member.texts())


def _day(node: Node | None) -> str | None:
    if node is None:
        return None
    try:
        dt.date.fromisoformat(node.text())
    except ValueError:
        node.complain(f"there is no day {node.text()}", "day")
    return node.text()
