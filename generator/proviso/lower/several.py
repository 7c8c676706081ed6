"""Bodies that carry many requests: an array of objects that are laid out alike."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.lower import choice, layout
from proviso.lower.node import Node

_KEYS = {"many", "most"}


def is_several(node: Node) -> bool:
    """Tell whether a body carries many requests."""
    return isinstance(node.value, dict) and (isinstance(node.value.get("many"), dict) or set(node.value) == _KEYS)


def many(node: Node, model: str, names: Mapping[str, str]) -> ir.Body:
    """Read the layout of one of many requests, and how many there may be."""
    each = node["many"]
    if not isinstance(each.value, dict):
        each.complain('`many` is the object of one request, such as {prompt: "{prompt}"}', "body")
        return ir.Members(members=())
    if choice.is_choice(each):
        each.complain("the objects of `many` are laid out alike; a body that goes by a parameter is sent alone", "body")
        return ir.Members(members=())
    found = layout.layout(each, model, names)
    assert isinstance(found, ir.Members)
    layout.unplaced(each, (found,), names)
    return ir.Many(each=found, most=node["most"].integer(), place=node.place)
