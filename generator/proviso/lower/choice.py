"""Bodies that one parameter chooses from: each of its values has a body of its own, and the body tells which it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proviso import ir, layouts
from proviso.lower import conditions, layout
from proviso.lower.node import Node


def is_choice(node: Node) -> bool:
    """Tell whether a body is chosen from several."""
    return isinstance(node.value, dict) and list(node.value) == ["choose"] and isinstance(node.value["choose"], list)


def chosen(node: Node, model: str, declared: Sequence[ir.Parameter], names: Mapping[str, str]) -> ir.Body:
    """Read several bodies, one for each value of a parameter that every request has."""
    arms = tuple(arm for one in node.each() if (arm := _arm(one, model, declared, names)) is not None)
    chooser = _chooser(node, arms, declared)
    if chooser is None:
        return ir.Members(members=())
    others = {wire: name for wire, name in names.items() if name != chooser.name}
    layout.unplaced(node, [arm.body for arm in arms], others)
    at = _telling(chooser.name, arms)
    if at is None:
        node.complain("no member tells the bodies apart: one constant must differ in all of them", "body")
        return ir.Members(members=())
    constants = [layouts.constants(arm.body) for arm in arms]
    return ir.Chosen(
        parameter=chooser.name,
        at=at,
        arms=tuple(
            ir.Arm(when=arm.when, value=arm.value, told=held.get(at, arm.value), body=arm.body, place=arm.place)
            for arm, held in zip(arms, constants, strict=True)
        ),
    )


def rules(body: ir.Body, sources: tuple[str, ...]) -> Iterator[ir.Rule]:
    """Yield what bodies without a place for a parameter mean: it cannot be sent with them."""
    if not isinstance(body, ir.Chosen):
        return
    placed = list(dict.fromkeys(name for arm in body.arms for name in layouts.spots(arm.body)))
    for arm in body.arms:
        missing = tuple(name for name in placed if name not in layouts.spots(arm.body) and name != body.parameter)
        if missing:
            yield ir.Forbid(parameters=missing, when=arm.when, sources=sources, place=arm.place)


def _arm(node: Node, model: str, declared: Sequence[ir.Parameter], names: Mapping[str, str]) -> ir.Arm | None:
    when = conditions.when(node, tuple(declared))
    body = layout.layout(node["body"], model, names)
    if len(when) == 1 and isinstance(when[0], ir.Among) and len(when[0].values) == 1:
        return ir.Arm(when=when, value=when[0].values[0], told=when[0].values[0], body=body, place=node.place)
    node.complain("a body is chosen by one value of one parameter, such as when: {mode: edit}", "body")
    return None


def _chooser(node: Node, arms: Sequence[ir.Arm], declared: Sequence[ir.Parameter]) -> ir.Parameter | None:
    tests = [test for arm in arms for test in arm.when if isinstance(test, ir.Among)]
    asked = {test.parameter for test in tests}
    found = next((one for one in declared if one.name in asked), None)
    if len(asked) != 1 or found is None:
        node.complain("all bodies are chosen by the values of one parameter", "body")
        return None
    values = [arm.value for arm in arms]
    if not found.required or not isinstance(found.kind, ir.Choice):
        node.complain(f"{found.wire} chooses the body, so it must be required and have an enum", "body")
        return None
    for value in found.kind.values:
        if sum(ir.same(value, one) for one in values) != 1:
            node.complain(f"there must be one body for {found.wire}: {value}", "body")
            return None
    return found


def _telling(parameter: str, arms: Sequence[ir.Arm]) -> ir.Spot | None:
    """Find the place that tells the bodies apart: that of the parameter itself, or a constant that always differs."""
    spots = [layouts.spots(arm.body).get(parameter) for arm in arms]
    if any(spot is not None for spot in spots):
        return spots[0] if all(spot == spots[0] for spot in spots) else None
    first, *others = [layouts.constants(arm.body) for arm in arms]
    for spot, value in first.items():
        told = [value, *(one[spot] for one in others if spot in one)]
        different = all(not ir.same(one, other) for at, one in enumerate(told) for other in told[:at])
        if len(told) == len(arms) and different:
            return spot
    return None
