"""Limits of sizes in pixels: whether a size keeps them, and whether any could."""

from __future__ import annotations

from collections.abc import Iterator

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
        if side.maximum is not None and side.maximum // side.multiple_of * side.multiple_of < side.minimum:
            multiple = f" and is a multiple of {side.multiple_of}" if side.multiple_of > 1 else ""
            return f"no {name} lies between {side.minimum} and {side.maximum}{multiple}"
    least, most = limits.least_ratio, limits.most_ratio
    if least is not None and most is not None and least[0] * most[1] > most[0] * least[1]:
        return f"width to height cannot be at least {_form(least)} and at most {_form(most)}"
    widths = list(_widths(limits))
    if len(widths) == _TRIED or any(_has_height(limits, width) for width in widths):
        return None
    return "no size keeps these bounds of its sides, its pixels in all, and width to height"


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
