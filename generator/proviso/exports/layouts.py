"""Where parameters stand in a body, as far as names alone lead there."""

from __future__ import annotations

from proviso import ir, layouts

Place = tuple[str, ...]


def places(body: ir.Body) -> dict[str, Place]:
    """Find the way through the body to every parameter that has one place, through objects alone."""
    found: dict[str, set[ir.Spot]] = {}
    for arm in layouts.arms(body):
        for name, spot in layouts.spots(arm.body).items():
            found.setdefault(name, set()).add(spot)
    single = {name: spot for name, spots in found.items() if len(spots) == 1 for spot in spots}
    return {name: way for name, spot in single.items() if (way := _named(spot)) is not None}


def constants(body: ir.Body) -> dict[Place, ir.Scalar]:
    """Find every member that is the same in all bodies of a model."""
    first, *others = [layouts.constants(arm.body) for arm in layouts.arms(body)]
    same = {spot: value for spot, value in first.items() if all(ir.same(one.get(spot), value) for one in others)}
    return {way: value for spot, value in same.items() if (way := _named(spot)) is not None}


def pointer(place: Place) -> str:
    """Spell the way to a member as JSON Pointer."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in place)


def _named(spot: ir.Spot) -> Place | None:
    names = tuple(step for step in spot if isinstance(step, str))
    return names if len(names) == len(spot) else None
