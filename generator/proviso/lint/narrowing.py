"""A parameter's own limits together with narrower ones."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TypeVar

from proviso import ir
from proviso.lint import limits

Bound = TypeVar("Bound", int, Decimal)


def impossible(own: ir.Kind, narrower: ir.Kind) -> str | None:
    """Say why no value keeps both, or None when one does, or when they are of different kinds."""
    match own, narrower:
        case ir.Integer(), ir.Integer():
            steps = [one.multiple_of or 1 for one in (own, narrower)]
            both: ir.Kind = ir.Integer(
                minimum=_most(own.minimum, narrower.minimum),
                maximum=_least(own.maximum, narrower.maximum),
                multiple_of=math.lcm(*steps),
            )
        case ir.Integer(), ir.Number():
            return limits.impossible(
                ir.Integer(
                    minimum=_most(own.minimum, _above(narrower)),
                    maximum=_least(own.maximum, _below(narrower)),
                    multiple_of=own.multiple_of,
                )
            )
        case ir.Number(), ir.Number():
            both = ir.Number(
                minimum=_most(own.minimum, narrower.minimum),
                maximum=_least(own.maximum, narrower.maximum),
                exclusive_minimum=_most(own.exclusive_minimum, narrower.exclusive_minimum),
                exclusive_maximum=_least(own.exclusive_maximum, narrower.exclusive_maximum),
            )
        case ir.Text(), ir.Text():
            both = ir.Text(
                min_length=_most(own.min_length, narrower.min_length),
                max_length=_least(own.max_length, narrower.max_length),
            )
        case ir.Sequence(), ir.Sequence():
            both = ir.Sequence(
                items=own.items,
                min_items=_most(own.min_items, narrower.min_items),
                max_items=_least(own.max_items, narrower.max_items),
            )
        case ir.Choice(values=values), ir.Integer() | ir.Number():
            fits = any(limits.breach(narrower, value) is None for value in values)
            return None if fits else f"none of {', '.join(map(str, values))} is left"
        case _:
            return limits.impossible(narrower)
    return limits.impossible(both)


def _above(span: ir.Number) -> int | None:
    """Give the least integer of a range."""
    bounds = [math.ceil(span.minimum)] if span.minimum is not None else []
    bounds += [math.floor(span.exclusive_minimum) + 1] if span.exclusive_minimum is not None else []
    return max(bounds, default=None)


def _below(span: ir.Number) -> int | None:
    """Give the greatest integer of a range."""
    bounds = [math.floor(span.maximum)] if span.maximum is not None else []
    bounds += [math.ceil(span.exclusive_maximum) - 1] if span.exclusive_maximum is not None else []
    return min(bounds, default=None)


def _most(one: Bound | None, other: Bound | None) -> Bound | None:
    return max((bound for bound in (one, other) if bound is not None), default=None)


def _least(one: Bound | None, other: Bound | None) -> Bound | None:
    return min((bound for bound in (one, other) if bound is not None), default=None)
