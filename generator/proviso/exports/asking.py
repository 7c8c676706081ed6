"""Conditions on the inputs of a workflow, as Arazzo writes them. What is left out is null."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from proviso import ir, words
from proviso.exports import expressions
from proviso.exports.layouts import Place

_PLAIN = re.compile(r"[\w-]+", re.ASCII)


def holds(when: tuple[ir.Condition, ...], places: Mapping[str, Place]) -> str | None:
    """Write conditions that all hold; nothing where there are none, None where a name cannot be written.

    places: the way through the body to every parameter.
    """
    found = [_one(one, places) for one in when]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    return known[0] if len(known) == 1 else " && ".join(f"({one})" for one in known)


def _one(one: ir.Condition, places: Mapping[str, Place]) -> str | None:
    if isinstance(one, ir.Unless):
        inner = holds(one.conditions, places)
        return None if inner is None else f"!({inner})"
    place = places.get(one.parameter)
    if place is None or not all(map(_PLAIN.fullmatch, place)):
        return None
    where = ".".join(("$inputs.body", *place))
    match one:
        case ir.Among(values=values, by_default=by_default):
            given = [f"{where} == {expressions.literal(value)}" for value in values]
            return " || ".join((*given, f"{where} == null") if by_default else given)
        case ir.Within(range=span, by_default=by_default):
            inside = _within(where, span)
            return f"{where} == null || ({inside})" if by_default else inside
        case ir.Given(given=wanted):
            return f"{where} {'!=' if wanted else '=='} null"
        case _:
            assert_never(one)


def _within(where: str, span: ir.Number) -> str:
    bounds = ((">=", span.minimum), (">", span.exclusive_minimum), ("<=", span.maximum), ("<", span.exclusive_maximum))
    return " && ".join(f"{where} {operator} {words.number(bound)}" for operator, bound in bounds if bound is not None)
