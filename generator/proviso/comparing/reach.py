"""Whether one kind takes every value that another takes, as far as that can be told for certain."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir, kind_words


def covers(wide: ir.Kind, narrow: ir.Kind) -> bool:
    """Tell whether every value of `narrow` is certainly one of `wide`; the two are of different types."""
    match wide, narrow:
        case ir.Union(arms=arms), _:
            return any(arm == narrow or covers(arm, narrow) for arm in arms)
        case _, ir.Only(value=value):
            return _holds(wide, value)
        case _, ir.Choice(values=values):
            return all(_holds(wide, value) for value in values)
        case ir.Mixed(arms=arms, min_length=None, max_length=None), ir.Url() | ir.Formatted():
            return narrow in arms
        case ir.Number(multiple_of=None), ir.Integer(minimum=least, maximum=most):
            return _above(wide, least) and _below(wide, most)
        case ir.Text(min_length=None, max_length=None, pattern=None), _:
            return kind_words.json_types(narrow) == ("string",) and not isinstance(narrow, ir.Text)
        case _:
            return False


def _above(wide: ir.Number, least: int | None) -> bool:
    bounded = wide.minimum is not None or wide.exclusive_minimum is not None
    return not bounded if least is None else _within(wide, Decimal(least), upper=False)


def _below(wide: ir.Number, most: int | None) -> bool:
    bounded = wide.maximum is not None or wide.exclusive_maximum is not None
    return not bounded if most is None else _within(wide, Decimal(most), lower=False)


def _within(wide: ir.Number, value: Decimal, *, lower: bool = True, upper: bool = True) -> bool:
    above = (wide.minimum is None or value >= wide.minimum) and (
        wide.exclusive_minimum is None or value > wide.exclusive_minimum
    )
    below = (wide.maximum is None or value <= wide.maximum) and (
        wide.exclusive_maximum is None or value < wide.exclusive_maximum
    )
    return (above or not lower) and (below or not upper)


def _holds(wide: ir.Kind, value: ir.Scalar) -> bool:
    match wide:
        case ir.Choice(values=values):
            return any(ir.same(one, value) for one in values)
        case ir.Text(min_length=least, max_length=most, pattern=None) if isinstance(value, str):
            return (least is None or len(value) >= least) and (most is None or len(value) <= most)
        case ir.PixelSize(tiers=tiers):
            return value in tiers
        case ir.Flag():
            return isinstance(value, bool)
        case ir.Integer(minimum=least, maximum=most, multiple_of=step) if isinstance(value, int) and not isinstance(
            value, bool
        ):
            return (least is None or value >= least) and (most is None or value <= most) and not value % (step or 1)
        case ir.Number(multiple_of=None) if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return _within(wide, Decimal(value))
        case _:
            return False
