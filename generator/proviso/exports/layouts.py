"""Where parameters stand in a body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir

Place = tuple[str, ...]


def places(layout: ir.Members) -> dict[str, Place]:
    """Find the way through the body to every parameter."""
    return {parameter: place for place, member in _leaves(layout, ()) for parameter in _parameter(member)}


def constants(layout: ir.Members) -> dict[Place, ir.Scalar]:
    """Find every member that is the same in all bodies."""
    return {place: member.value for place, member in _leaves(layout, ()) if isinstance(member, ir.Constant)}


def pointer(place: Place) -> str:
    """Spell the way to a member as JSON Pointer."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in place)


def _leaves(layout: ir.Members, at: Place) -> Iterator[tuple[Place, ir.Constant | ir.Value]]:
    for name, member in layout.members:
        match member:
            case ir.Constant() | ir.Value():
                yield (*at, name), member
            case ir.Members():
                yield from _leaves(member, (*at, name))
            case _:
                assert_never(member)


def _parameter(member: ir.Constant | ir.Value) -> Iterator[str]:
    if isinstance(member, ir.Value):
        yield member.parameter
