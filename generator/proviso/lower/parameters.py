"""Parameters, with what is said of them."""

from __future__ import annotations

from typing import Literal

from proviso import ir, naming
from proviso.lower import kinds, measures
from proviso.lower.node import Node


def parameters(nodes: tuple[Node | None, ...]) -> tuple[ir.Parameter, ...]:
    """Read the parameters of a model and those that it shares; its own come first and win."""
    found: dict[str, Node] = {}
    for node in nodes:
        for name, member in () if node is None else node.items():
            found.setdefault(name, member)
    spelled = naming.parameters(found)
    return tuple(_parameter(spelled[name], name, member, 0) for name, member in found.items())


def _members(node: Node, objects: int) -> tuple[ir.Parameter, ...]:
    return tuple(_member(name, member, objects) for name, member in node.items())


def _member(name: str, node: Node, objects: int) -> ir.Parameter:
    if (on_wire := node.get("default_on_wire")) is not None:
        message = "default_on_wire is for parameters; say in the description what happens without this member"
        on_wire.complain(message, "default", at_key=True)
    return _parameter(name, name, node, objects)


def _parameter(name: str, wire: str, node: Node, objects: int) -> ir.Parameter:
    required, default, examples = node.get("required"), node.get("default"), node.get("examples")
    kind = kinds.kind(node, _members, objects=objects)
    return ir.Parameter(
        name=name,
        wire=wire,
        kind=kind,
        description=node["description"].text(),
        required=required is not None and required.flag(),
        default=None if default is None else default.scalar(),
        on_wire=_on_wire(node),
        advice=kinds.advice(node.get("advice"), kind),
        examples=() if examples is None else tuple(one.scalar() for one in examples.each()),
        deprecated=node.optional_text("deprecated"),
        unit=measures.unit(node.get("unit")),
        assumed=node.optional_text("assumed"),
        sources=node.sources(),
        place=node.key_place,
    )


def _on_wire(node: Node) -> Literal["always", "never"] | None:
    found = node.get("default_on_wire")
    if found is None:
        return None
    if node.get("default") is None:
        found.complain("there is no default that could be sent or left out", "default", at_key=True)
    if (required := node.get("required")) is not None and required.flag():
        found.complain("a required parameter is sent anyway, whatever its default", "default", at_key=True)
    return "always" if found.text() == "always" else "never"
