"""The layout of the body: where every parameter stands."""

from __future__ import annotations

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower import references
from proviso.lower.node import Node

DEEPEST_BODY = 8


def body(node: Node, model: str, declared: tuple[ir.Parameter, ...]) -> ir.Members:
    """Read the layout of the body: every parameter has exactly one place in it."""
    names = tuple(one.wire for one in declared)
    placed = [name for leaf in _leaves(node) if (name := _placeholder(leaf)) in names]
    rest = tuple(name for name in names if name not in placed)
    holders = [leaf for leaf in _leaves(node) if _placeholder(leaf) == "*"]
    for leaf in _leaves(node):
        name = _placeholder(leaf)
        if name is not None and name not in (*names, "*", "model"):
            hint = did_you_mean(name, names)
            leaf.complain(f"parameter {name!r} is not declared{hint}", "reference")
    for name in sorted({name for name in placed if placed.count(name) > 1}):
        node.complain(f"parameter {name!r} has two places in the body", "body")
    if len(holders) > 1:
        holders[1].complain("{*} stands twice; the other parameters have one place", "body")
    if not holders and rest:
        node.complain(f"no place in the body for {', '.join(rest)}; name them, or write {{*}}", "body")
    spelled = references.names(declared)
    others = tuple((name, ir.Value(parameter=spelled[name])) for name in rest)
    layout = _layout(node, model, others, spelled, 1)
    if isinstance(layout, ir.Members):
        return layout
    node.complain("a body is an object: {*}, or members with names", "body")
    return ir.Members(members=())


def _layout(
    node: Node, model: str, others: tuple[tuple[str, ir.Layout], ...], spelled: dict[str, str], depth: int
) -> ir.Layout:
    if isinstance(node.value, dict):
        if depth > DEEPEST_BODY:
            node.complain(f"a body nests at most {DEEPEST_BODY} objects", "body")
            return ir.Members(members=())
        members: list[tuple[str, ir.Layout]] = []
        for key, member in node.items():
            # The member "*": "{*}" spreads the other parameters among its neighbours.
            if key == "*" and _placeholder(member) == "*":
                members.extend(others)
            else:
                members.append((key, _layout(member, model, others, spelled, depth + 1)))
        names = [name for name, _ in members]
        for name in sorted({name for name in names if names.count(name) > 1}):
            node.complain(f"two members of the body are named {name!r}", "body")
        return ir.Members(members=tuple(members))
    match _placeholder(node):
        case None:
            return ir.Constant(value=node.scalar())
        case "*":
            return ir.Members(members=others)
        case "model":
            return ir.Constant(value=model)
        case name:
            return ir.Value(parameter=spelled.get(name, name))


def _leaves(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return [leaf for _, member in node.items() for leaf in _leaves(member)]
    return [node]


def _placeholder(node: Node) -> str | None:
    if not isinstance(node.value, str) or "{" not in node.value:
        return None
    if node.value.startswith("{") and node.value.endswith("}") and node.value.count("{") == 1:
        return node.value[1:-1]
    node.complain("a member is one placeholder such as {prompt}, or a text without braces", "body")
    return "*"
