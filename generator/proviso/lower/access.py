"""How a key is shown."""

from __future__ import annotations

from proviso import ir
from proviso.lower.node import Node


def auth(node: Node) -> ir.HeaderKey:
    """Read how the key is sent."""
    if (bearer := node.get("bearer")) is not None:
        return ir.HeaderKey(header="Authorization", prefix="Bearer ", variable=bearer.text())
    ((header, variable),) = node["header"].items()
    return ir.HeaderKey(header=header, prefix="", variable=variable.text())
