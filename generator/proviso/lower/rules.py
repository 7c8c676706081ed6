"""The rules between parameters."""

from __future__ import annotations

from proviso import ir
from proviso.lower import conditions, texts
from proviso.lower.node import Node


def rules(nodes: tuple[Node | None, ...], declared: tuple[ir.Parameter, ...]) -> tuple[ir.Rule, ...]:
    """Read the rules between parameters, the model's own before the shared ones."""
    names = tuple(one.name for one in declared)
    found: list[ir.Rule] = []
    for node in nodes:
        for rule in () if node is None else node.each():
            for name in rule["require"].each():
                texts.member(name, names, "parameter")
            found.append(
                ir.Require(
                    when=conditions.when(rule, declared),
                    parameters=rule["require"].texts(),
                    sources=rule.sources(),
                    place=rule.place,
                )
            )
    return tuple(found)
