"""The layout of a body: where every parameter stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from proviso import ir, layouts
from proviso.diagnostics import did_you_mean
from proviso.lower.node import Node

DEEPEST_BODY = 8
_COUNTER = re.compile(r"\{n0?\}")
_OWN = ("*", "model", "uuid")
AS_JSON = " | json"
"""Behind the name of a parameter: its value is written as JSON text."""


def layout(node: Node, model: str, names: Mapping[str, str]) -> ir.Members | ir.Items:
    """Read the layout of one body, in which no parameter has two places.

    names: the parameters that may stand in it, by the documents' own names.
    """
    placed = [name for _, leaf in _leaves(node) if (name := placeholder(leaf)) is not None and name in names]
    for _, leaf in _leaves(node):
        name = placeholder(leaf)
        if is_json(leaf) and name in _OWN:
            leaf.complain(f"{{{name}}} is no parameter; JSON text is made of one, such as {{palette | json}}", "body")
        if name is not None and name not in (*names, *_OWN):
            leaf.complain(f"parameter {name!r} is not declared{did_you_mean(name, names)}", "reference")
    for name in sorted({name for name in placed if placed.count(name) > 1}):
        node.complain(f"parameter {name!r} has two places in the body", "body")
    holders = [leaf for _, leaf in _leaves(node) if placeholder(leaf) == "*"]
    if len(holders) > 1:
        holders[1].complain("{*} stands twice; the other parameters have one place", "body")
    rest = tuple((wire, ir.Value(parameter=name)) for wire, name in names.items() if wire not in placed)
    found = _layout(node, _Known(model=model, names=names, rest=rest), 1)
    if isinstance(found, ir.Members | ir.Items):
        _numbers(node, found)
        return found
    node.complain("a body is an object or a list: {*}, members with names, or items", "body")
    return ir.Members(members=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What placeholders stand for. rest: the members that {*} stands for."""

    model: str
    names: Mapping[str, str]
    rest: tuple[tuple[str, ir.Layout], ...]


def placeholder(node: Node) -> str | None:
    """Give the name that a text refers to, or None for a constant."""
    if not isinstance(node.value, str) or "{" not in node.value:
        return None
    if node.value.startswith("{") and node.value.endswith("}") and node.value.count("{") == 1:
        return node.value[1:-1].removesuffix(AS_JSON)
    node.complain("a member is one placeholder such as {prompt}, or a text without braces", "body")
    return "*"


def is_json(node: Node) -> bool:
    """Tell whether a placeholder asks for JSON text, such as `{palette | json}`."""
    return isinstance(node.value, str) and node.value.endswith(f"{AS_JSON}}}")


def _layout(node: Node, known: _Known, depth: int) -> ir.Layout:
    if isinstance(node.value, dict | list) and depth > DEEPEST_BODY:
        node.complain(f"a body nests at most {DEEPEST_BODY} objects and lists", "body")
        return ir.Members(members=())
    if isinstance(node.value, list):
        return ir.Items(items=tuple(_layout(one, known, depth + 1) for one in node.each()))
    if isinstance(node.value, dict):
        return _members(node, known, depth)
    match placeholder(node):
        case None:
            return ir.Constant(value=node.scalar())
        case "*":
            return ir.Members(members=known.rest)
        case "model":
            return ir.Constant(value=known.model)
        case "uuid":
            return ir.Fresh()
        case name:
            return ir.Value(parameter=known.names.get(name, name), as_json=is_json(node))


def _members(node: Node, known: _Known, depth: int) -> ir.Members:
    if set(node.mapping()) == {"many", "most"} and isinstance(node["many"].value, dict):
        node.complain("`many` is a whole body, body: {many: ..., most: ...}, and no part of one", "body")
    members: list[tuple[str, ir.Layout]] = []
    for key, member in node.items():
        # The member "*": "{*}" spreads the other parameters among its neighbours.
        if key == "*" and placeholder(member) == "*":
            members.extend(known.rest)
        elif _COUNTER.search(key):
            members.append(_siblings(key, member, known))
        else:
            members.append((key, _layout(member, known, depth + 1)))
    names = [name for name, _ in members]
    for name in sorted({name for name in names if names.count(name) > 1}):
        node.complain(f"two members of the body are named {name!r}", "body")
    return ir.Members(members=tuple(members))


def _siblings(key: str, node: Node, known: _Known) -> tuple[str, ir.Layout]:
    name = placeholder(node)
    if len(_COUNTER.findall(key)) > 1 or name is None or name in _OWN or is_json(node):
        node.complain(f"{key!r} names siblings by their number; its value is one list, such as {{images}}", "body")
    return _COUNTER.sub("{n}", key), ir.Numbered(
        parameter=known.names.get(name or "", ""), start=0 if "{n0}" in key else 1
    )


def _numbers(node: Node, found: ir.Layout) -> None:
    """Complain of members that have the name of a numbered sibling."""
    if isinstance(found, ir.Items):
        for item in found.items:
            _numbers(node, item)
    if not isinstance(found, ir.Members):
        return
    for template, member in found.members:
        if isinstance(member, ir.Numbered):
            prefix, _, suffix = template.partition("{n}")
            pattern = re.compile(f"{re.escape(prefix)}[0-9]+{re.escape(suffix)}")
            for name, other in found.members:
                same = name == template or (
                    isinstance(other, ir.Numbered) and pattern.fullmatch(name.replace("{n}", "1"))
                )
                if other is not member and (same or pattern.fullmatch(name)):
                    node.complain(f"the member {name!r} may be one of the siblings {template!r}", "body")
        _numbers(node, member)


def _leaves(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, dict):
        for key, member in node.items():
            yield from ((key, leaf) for _, leaf in _leaves(member))
    elif isinstance(node.value, list):
        for item in node.each():
            yield from _leaves(item)
    else:
        yield "", node


def unplaced(node: Node, bodies: Sequence[ir.Members | ir.Items], names: Mapping[str, str]) -> None:
    """Complain of parameters that have no place in any body of a model."""
    placed = {name for body in bodies for name in layouts.spots(body)}
    if rest := [wire for wire, name in names.items() if name not in placed]:
        node.complain(f"no place in the body for {', '.join(rest)}; name them, or write {{*}}", "body")
