"""Conditions, and the rules between parameters."""

from __future__ import annotations

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower import texts
from proviso.lower.node import Node


def conditions(node: Node | None, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Condition, ...]:
    """Read a `when`: parameters, and the value or values at which it holds."""
    if node is None:
        return ()
    by_name = {one.name: one for one in declared}
    found: list[ir.Condition] = []
    for name, member in node.items():
        parameter = by_name.get(name)
        if parameter is None:
            hint = did_you_mean(name, by_name)
            member.complain(f"parameter {name!r} is not declared{hint}", "reference", at_key=True)
            continue
        values = tuple(one.scalar() for one in member.each())
        default = parameter.default
        by_default = default is not None and any(ir.same(one, default) for one in values)
        found.append(ir.Condition(parameter=name, values=values, by_default=by_default, place=member.place))
    order = list(by_name)
    return tuple(sorted(found, key=lambda condition: order.index(condition.parameter)))


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
                    when=conditions(rule["when"], declared),
                    parameters=rule["require"].texts(),
                    sources=rule.sources(),
                    place=rule.place,
                )
            )
    return tuple(found)
