"""The notations of units: `second`, `second per video`, `1000 characters`."""

from __future__ import annotations

import re
from decimal import Decimal

from proviso import units
from proviso.diagnostics import did_you_mean
from proviso.lower.node import Node

_SEVERAL = re.compile(r"([0-9]+(?:\.[0-9]+)?) ([a-z]+?)s?", re.ASCII)


def unit(node: Node | None) -> units.Unit | None:
    """Read the unit of a parameter, such as `second` or `second per video`; None where the node is absent."""
    if node is None:
        return None
    above, *below = (word(node, one, units.UNITS) for one in node.text().split(" per "))
    return units.unit((above,), below)


def per(node: Node | None, currency: str) -> tuple[tuple[str, ...], Decimal]:
    """Read what a rate is for: its units, and how many of them make one."""
    if node is None:
        return (), Decimal(1)
    found: list[str] = []
    each = Decimal(1)
    for one in node.each():
        several = _SEVERAL.fullmatch(one.text())
        if several is not None:
            each *= Decimal(several[1])
        found.append(word(one, one.text() if several is None else several[2], (*units.UNITS, currency)))
    if each == 0:
        node.complain("a rate is for more than nothing", "unit")
    return tuple(found), each or Decimal(1)


def word(node: Node, spelled: str, allowed: tuple[str, ...]) -> str:
    """Read a word for a unit; complain where it is none."""
    if spelled in allowed:
        return spelled
    hint = did_you_mean(spelled, allowed) or f"; there are {', '.join(allowed)}"
    node.complain(f"{spelled!r} is no unit{hint}", "unit")
    return units.NO_WORD
