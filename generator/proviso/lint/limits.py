"""Whether a value keeps a parameter's limits, and whether any value could."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from proviso import ir
from proviso.lint import pixels

_LONGEST = 4000  # characters of a size; Python reads no longer numbers


def breach(kind: ir.Kind, value: object) -> str | None:
    """Say how a value of a spec breaks the limits of a kind, or None when it keeps them."""
    match kind:
        case ir.Text(min_length=least, max_length=most):
            if not isinstance(value, str):
                return "is not a string"
            return _out_of(len(value), least, most, "characters")
        case ir.Choice(values=values):
            if any(ir.same(value, one) for one in values):
                return None
            return f"is none of {', '.join(map(str, values))}"
        case ir.Url(schemes=schemes):
            if isinstance(value, str) and _is_address(value, schemes):
                return None
            return f"is no {' or '.join(schemes)} address"
        case ir.PixelSize():
            if not isinstance(value, str) or (value not in kind.tiers and size(kind, value) is None):
                return "is neither a tier nor a size"
            found = size(kind, value)
            return None if found is None or kind.limits is None else pixels.breach(kind.limits, *found)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            if not isinstance(value, int) or isinstance(value, bool):
                return "is not an integer"
            if multiple is not None and value % multiple:
                return f"is no multiple of {multiple}"
            return _out_of(value, least, most, "")
        case ir.Number():
            if not isinstance(value, int | Decimal) or isinstance(value, bool):
                return "is not a number"
            return _number(kind, Decimal(value))
        case ir.Flag():
            return None if isinstance(value, bool) else "is neither true nor false"
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            if not isinstance(value, list):
                return "is not a list"
            for item in value:
                if (wrong := breach(items, item)) is not None:
                    return f"has an item that {wrong}"
            if unique and len({(type(item), str(item)) for item in value}) < len(value):
                return "has an item twice"
            return _out_of(len(value), least, most, "items")
        case _:
            assert_never(kind)


def impossible(kind: ir.Kind) -> str | None:
    """Say why no value at all could keep the limits, or None when one could."""
    match kind:
        case ir.Text(min_length=least, max_length=most):
            return _crossed(least, most, "Length")
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            if (crossed := _crossed(least, most, "imum")) is not None:
                return crossed
            if multiple and least is not None and most is not None and most // multiple * multiple < least:
                return f"no multiple of {multiple} lies between {least} and {most}"
            return None
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            low = max((bound for bound in (least, above) if bound is not None), default=None)
            high = min((bound for bound in (most, below) if bound is not None), default=None)
            if low is None or high is None or low < high:
                return None
            open_end = low in (above, below) or high in (above, below)
            return f"no number lies between {low} and {high}" if low > high or open_end else None
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            if (wrong := impossible(items)) is not None:
                return f"an item can never be right: {wrong}"
            if unique and isinstance(items, ir.Choice) and least is not None and least > len(items.values):
                return f"{least} different items are asked for and there are only {len(items.values)}"
            return _crossed(least, most, "Items")
        case ir.PixelSize(limits=stated):
            return None if stated is None else pixels.impossible(stated)
        case ir.Choice() | ir.Url() | ir.Flag():
            return None
        case _:
            assert_never(kind)


def _out_of(count: int, least: int | None, most: int | None, unit: str) -> str | None:
    if least is not None and count < least:
        return f"is below the least, {least} {unit}".rstrip()
    if most is not None and count > most:
        return f"is above the most, {most} {unit}".rstrip()
    return None


def _number(kind: ir.Number, value: Decimal) -> str | None:
    if kind.minimum is not None and value < kind.minimum:
        return f"is below the least, {kind.minimum}"
    if kind.maximum is not None and value > kind.maximum:
        return f"is above the most, {kind.maximum}"
    if kind.exclusive_minimum is not None and value <= kind.exclusive_minimum:
        return f"is not more than {kind.exclusive_minimum}"
    if kind.exclusive_maximum is not None and value >= kind.exclusive_maximum:
        return f"is not less than {kind.exclusive_maximum}"
    return None


def _crossed(least: int | None, most: int | None, word: str) -> str | None:
    if least is None or most is None or least <= most:
        return None
    return f"min{word} {least} is more than max{word} {most}, so no value is allowed"


def _is_address(text: str, schemes: tuple[ir.UrlScheme, ...]) -> bool:
    scheme, found, rest = text.partition("://")
    blank = any(one <= " " or one == "\x7f" for one in text)
    return bool(found) and scheme.lower() in schemes and rest[:1] not in ("", "/", "?", "#") and not blank


def size(kind: ir.PixelSize, value: object) -> tuple[int, int] | None:
    """Read explicit pixels; None where a value is a tier, or no size at all."""
    if not isinstance(value, str) or value in kind.tiers:
        return None
    for separator in kind.separators:
        width, found, height = value.partition(separator)
        if found:
            right = all(side.isascii() and side.isdigit() and not side.startswith("0") for side in (width, height))
            return (int(width[:_LONGEST]), int(height[:_LONGEST])) if right else None
    return None
