"""Parameters, with what is said of them."""

from __future__ import annotations

from proviso import ir
from proviso.lower import kinds, measures
from proviso.lower.node import Node


def parameters(nodes: tuple[Node | None, ...]) -> tuple[ir.Parameter, ...]:
    """Read the parameters of a model and those that it shares; its own come first and win."""
    found: dict[str, ir.Parameter] = {}
    for node in nodes:
        if node is not None:
            for name, member in node.items():
                if name not in found:
                    found[name] = _parameter(name, member)
    return tuple(found.values())


def _parameter(name: str, node: Node) -> ir.Parameter:
    required, default, examples = node.get("required"), node.get("default"), node.get("examples")
    return ir.Parameter(
        name=name,
        kind=kinds.kind(node),
        description=node["description"].text(),
        required=required is not None and required.flag(),
        default=None if default is None else default.scalar(),
        examples=() if examples is None else tuple(one.scalar() for one in examples.each()),
        deprecated=node.optional_text("deprecated"),
        unit=measures.unit(node.get("unit")),
        assumed=node.optional_text("assumed"),
        sources=node.sources(),
        place=node.key_place,
    )
