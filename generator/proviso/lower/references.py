"""References to parameters, by the documents' own names."""

from __future__ import annotations

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node


def parameter(node: Node, declared: tuple[ir.Parameter, ...]) -> str:
    """Give the name of the parameter that a text names; complain where there is none."""
    spelled = names(declared)
    texts.member(node, tuple(spelled), "parameter")
    return spelled.get(node.text(), node.text())


def names(declared: tuple[ir.Parameter, ...]) -> dict[str, str]:
    """Give the names of parameters by the documents' own names for them."""
    return {one.wire: one.name for one in declared}
