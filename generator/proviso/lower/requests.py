"""Requests as a whole: the body, and what a paid call carries beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower import choice, layout, references, several, texts
from proviso.lower.node import Node
from proviso.placeholders import PLACEHOLDER


def body(node: Node | None, model: str, declared: Sequence[ir.Parameter], beside: Sequence[ir.Beside]) -> ir.Body:
    """Read where every parameter stands that does not travel beside the body."""
    if node is None:
        return ir.Members(members=())
    carried = {one.value.parameter for one in beside if isinstance(one.value, ir.Value)}
    named = set(_named(node))
    twice = [one for one in declared if one.name in carried and one.wire in named]
    for one in twice:
        node.complain(f"parameter {one.wire!r} travels beside the body already", "body")
    names = {one.wire: one.name for one in declared if one.name not in carried or one in twice}
    if choice.is_choice(node):
        return choice.chosen(node["choose"], model, declared, names)
    if several.is_several(node):
        return several.many(node, model, names)
    found = layout.layout(node, model, names)
    layout.unplaced(node, (found,), names)
    return found


def _named(node: Node) -> list[str]:
    if isinstance(node.value, dict):
        return [name for _, member in node.items() for name in _named(member)]
    if isinstance(node.value, list):
        return [name for item in node.each() for name in _named(item)]
    return PLACEHOLDER.findall(node.value) if isinstance(node.value, str) else []


def encoding(node: Node | None) -> ir.BodyEncoding:
    """Read how the body is written."""
    if node is None or node.get("encoding") is None:
        return "json"
    return cast("ir.BodyEncoding", node["encoding"].text())


def resend_for(node: Node | None) -> Decimal | None:
    """Read for how many seconds a request may be sent again."""
    lasts = None if node is None else node.get("resend_for")
    return None if lasts is None else texts.seconds(lasts)


def beside(node: Node | None, paid: Sequence[ir.Operation], declared: Sequence[ir.Parameter]) -> tuple[ir.Beside, ...]:
    """Read what the paid calls of a model carry in their path, their query and their headers."""
    names = references.names(tuple(declared))
    found = list(_in_paths(paid, names))
    for key, carrier in (("query", "query"), ("headers", "header")):
        members = None if node is None else node.get(key)
        for name, one in () if members is None else members.items():
            value = _value(one, names)
            found.append(ir.Beside(carrier=cast("ir.Carrier", carrier), name=name, value=value, place=one.key_place))
    return tuple(found)


def _in_paths(paid: Sequence[ir.Operation], names: Mapping[str, str]) -> list[ir.Beside]:
    found = dict.fromkeys(name for one in paid for name in PLACEHOLDER.findall(one.call) if name in names)
    return [
        ir.Beside(
            carrier="path",
            name=name,
            value=ir.Value(parameter=names[name]),
            place=next(one.call_place for one in paid if f"{{{name}}}" in one.call),
        )
        for name in found
    ]


def _value(node: Node, names: Mapping[str, str]) -> ir.Constant | ir.Value | ir.Fresh:
    name = layout.placeholder(node)
    if layout.is_json(node):
        node.complain("JSON text is for members of a body", "request")
    if name is None:
        return ir.Constant(value=node.scalar())
    if name == "uuid":
        return ir.Fresh()
    if name not in names:
        node.complain(f"parameter {name!r} is not declared{did_you_mean(name, names)}", "reference")
    return ir.Value(parameter=names.get(name, name))
