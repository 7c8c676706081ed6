"""Limits of sizes in pixels: whether a size keeps them, and whether any could."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from proviso import ir

_TRIED = 20_000  # widths, when a size is looked for


def breach(limits: ir.PixelLimits, width: int, height: int) -> str | None:
    """Say how a size breaks its limits, or None when it keeps them."""
    for name, side, length in (("width", limits.width, width), ("height", limits.height, height)):
        if (why := of_side(side, length)) is not None:
            return f"has a {name} that {why}"
    return across(limits, width, height)


def of_side(side: ir.Side, length: int) -> str | None:
    """Say how a width or height breaks its limits."""
    if length < side.minimum:
        return f"is below the least, {side.minimum}"
    if side.maximum is not None and length > side.maximum:
        return f"is above the most, {side.maximum}"
    return f"is no multiple of {side.multiple_of}" if length % side.multiple_of else None


def across(limits: ir.PixelLimits, width: int, height: int) -> str | None:
    """Say how width and height together break the limits."""
    if limits.sizes and (width, height) not in limits.sizes:
        return "is none of the sizes there are"
    area = width * height
    if limits.least_area is not None and area < limits.least_area:
        return f"has {area} pixels, below the least, {limits.least_area}"
    if limits.most_area is not None and area > limits.most_area:
        return f"has {area} pixels, above the most, {limits.most_area}"
    low, high = limits.least_ratio, limits.most_ratio
    if low is not None and width * low[1] < height * low[0]:
        return f"is taller than {low[0]}:{low[1]}"
    if high is not None and width * high[1] > height * high[0]:
        return f"is wider than {high[0]}:{high[1]}"
    return None


def impossible(limits: ir.PixelLimits) -> str | None:
    """Say why no size could keep limits, or None when one could, or when that takes too long to tell."""
    if limits.sizes:
        return None
    for name, side in (("width", limits.width), ("height", limits.height)):
        if side.maximum is not None and -(-side.minimum // side.multiple_of) * side.multiple_of > side.maximum:
            multiple = f" and is a multiple of {side.multiple_of}" if side.multiple_of > 1 else ""
            return f"no {name} lies between {side.minimum} and {side.maximum}{multiple}"
    least, most = limits.least_ratio, limits.most_ratio
    if least is not None and most is not None and least[0] * most[1] > most[0] * least[1]:
        return f"width to height cannot be at least {_form(least)} and at most {_form(most)}"
    widths = list(_widths(limits))
    if len(widths) == _TRIED or any(_has_height(limits, width) for width in widths):
        return None
    return "no size keeps these bounds of its sides, its pixels in all, and width to height"


def narrowed(limits: ir.PixelLimits, own: tuple[ir.Kind, ir.Kind]) -> ir.PixelLimits:
    """Give limits together with those that the two parameters have of their own."""
    width, height = (_together(side, kind) for side, kind in zip((limits.width, limits.height), own, strict=True))
    return replace(limits, width=width, height=height)


def idle(limits: ir.PixelLimits) -> Iterator[str]:
    """Say which bounds change nothing, since the sides keep within them anyway."""
    least = limits.width.minimum * limits.height.minimum
    if limits.least_area is not None and limits.least_area <= least:
        yield f"area.minimum {limits.least_area} changes nothing: the sides give at least {least}"
    wide, high = limits.width.maximum, limits.height.maximum
    if limits.most_area is not None and wide is not None and high is not None and limits.most_area >= wide * high:
        yield f"area.maximum {limits.most_area} changes nothing: the sides give at most {wide * high}"
    low, most = limits.least_ratio, limits.most_ratio
    if low is not None and high is not None and limits.width.minimum * low[1] >= high * low[0]:
        yield f"ratio.minimum {_form(low)} changes nothing: no size is taller than {limits.width.minimum}x{high}"
    if most is not None and wide is not None and wide * most[1] <= limits.height.minimum * most[0]:
        yield f"ratio.maximum {_form(most)} changes nothing: no size is wider than {wide}x{limits.height.minimum}"


def _together(side: ir.Side, kind: ir.Kind) -> ir.Side:
    match kind:
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            step = multiple or 1
        case ir.Choice(values=values):
            whole = [value for value in values if isinstance(value, int)]
            least, most, step = min(whole, default=None), max(whole, default=None), 1
        case _:
            return side
    return ir.Side(
        minimum=max(side.minimum, least or 1),
        maximum=min((one for one in (side.maximum, most) if one is not None), default=None),
        multiple_of=math.lcm(side.multiple_of, step),
    )


def _widths(limits: ir.PixelLimits) -> Iterator[int]:
    side = limits.width
    first = -(-side.minimum // side.multiple_of) * side.multiple_of
    # A width of more than all pixels leaves no height.
    ends = [end for end in (side.maximum, limits.most_area) if end is not None]
    last = min(ends) if ends else first + _TRIED * side.multiple_of
    for number, width in enumerate(range(first, last + 1, side.multiple_of)):
        if number == _TRIED:
            return
        yield width


def _has_height(limits: ir.PixelLimits, width: int) -> bool:
    floor, ceilings = limits.height.minimum, [one for one in (limits.height.maximum,) if one is not None]
    if limits.least_area is not None:
        floor = max(floor, -(-limits.least_area // width))
    if limits.most_area is not None:
        ceilings.append(limits.most_area // width)
    if limits.most_ratio is not None:
        floor = max(floor, -(-width * limits.most_ratio[1] // limits.most_ratio[0]))
    if limits.least_ratio is not None:
        ceilings.append(width * limits.least_ratio[1] // limits.least_ratio[0])
    step = limits.height.multiple_of
    return not ceilings or -(-floor // step) * step <= min(ceilings)


def _form(ratio: ir.Ratio) -> str:
    return f"{ratio[0]}:{ratio[1]}"
