"""Sizes in pixels: which limits one breaks, and sizes that keep or break them, apart from generated code."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from fractions import Fraction

from proviso import ir
from proviso.oracle.subject import Params

Size = tuple[int, int]

_FAR = 4096  # a side where nothing bounds it


def broken(model: ir.Model, rule: ir.Pixels, params: Params) -> list[str]:
    """Return the first limit of a rule that params break, or nothing."""
    if len(rule.parameters) == 1:
        (name,) = rule.parameters
        parameter = model.parameter(name)
        assert parameter is not None
        kind = ir.bare(parameter.kind)
        assert isinstance(kind, ir.PixelSize)
        return of_text(rule.limits, kind, params.get(name))
    width, height = (_side(params.get(name)) for name in rule.parameters)
    if width is None and height is None:
        return []
    sides = (("width", rule.limits.width, width), ("height", rule.limits.height, height))
    for name, side, length in sides:
        if length is not None and not _fits(side, length):
            return [name]
    known = [_side(_default(model, name) if params.get(name) is None else params[name]) for name in rule.parameters]
    wide, high = known
    return [] if wide is None or high is None else _across(rule.limits, wide, high)


def of_text(limits: ir.PixelLimits, kind: ir.PixelSize, value: object) -> list[str]:
    """Return the first limit that the size in a text breaks, or nothing."""
    size = read(kind, value)
    return [] if size is None else of_size(limits, size)


def of_size(limits: ir.PixelLimits, size: Size) -> list[str]:
    """Return the first limit that a size breaks, or nothing."""
    for name, side, length in zip(("width", "height"), (limits.width, limits.height), size, strict=True):
        if not _fits(side, length):
            return [name]
    return _across(limits, *size)


def read(kind: ir.PixelSize, value: object) -> Size | None:
    """Read a size; None for a tier, and for what is no size."""
    if not isinstance(value, str) or value in kind.tiers:
        return None
    found = re.fullmatch(rf"([1-9][0-9]*)(?:{'|'.join(map(re.escape, kind.separators))})([1-9][0-9]*)", value)
    return None if found is None else (int(found[1]), int(found[2]))


def stated(limits: ir.PixelLimits) -> list[str]:
    """Return the names of the limits that a spec states."""
    if limits.sizes:
        return ["sizes"]
    bounds = {
        "width": limits.width != ir.Side(),
        "height": limits.height != ir.Side(),
        "area": limits.least_area is not None or limits.most_area is not None,
        "ratio": limits.least_ratio is not None or limits.most_ratio is not None,
    }
    return [name for name, is_stated in bounds.items() if is_stated]


def right(limits: ir.PixelLimits) -> list[Size]:
    """Return sizes that keep limits: at their edges and between them."""
    return [size for size in near(limits) if not of_size(limits, size)]


def near(limits: ir.PixelLimits) -> list[Size]:
    """Return sizes of all sorts around limits."""
    if limits.sizes:
        moved = [(width + step, height) for width, height in limits.sizes for step in (-1, 1)]
        turned = [(height, width) for width, height in limits.sizes]
        return [*limits.sizes, *moved, *turned, (limits.sizes[0][0], limits.sizes[-1][1])]
    widths, heights = list(_lengths(limits.width)), list(_lengths(limits.height))
    found = dict.fromkeys(itertools.product(widths, heights))
    found |= dict.fromkeys(size for width in widths for size in _edges(limits, width))
    return list(found)


def _edges(limits: ir.PixelLimits, width: int) -> Iterator[Size]:
    """Yield heights just inside and outside of what area and ratio leave beside a width."""
    bounds: list[Fraction] = []
    bounds += [
        Fraction(area, width) for area in (limits.least_area, limits.most_area) if area is not None and width > 0
    ]
    bounds += [Fraction(width * low, wide) for wide, low in filter(None, (limits.least_ratio, limits.most_ratio))]
    step = limits.height.multiple_of
    for bound in bounds:
        base = math.floor(bound / step) * step
        yield from ((width, height) for height in (base - step, base, base + step, base + 1) if height > 0)


def _lengths(side: ir.Side) -> Iterator[int]:
    step = side.multiple_of
    low = -(-side.minimum // step) * step
    high = (max(_FAR, low) if side.maximum is None else side.maximum) // step * step
    inside = {low, min(low + step, high), (low + high) // 2 // step * step, max(low, high - step), high}
    inside |= {length for length in (512, 1024, 2048) if low <= length <= high and length % step == 0}
    outside = {low - step, low - 1, low + 1, high + step, 1}
    yield from sorted(length for length in inside | outside if length > 0)


def _fits(side: ir.Side, length: int) -> bool:
    bounds = range(side.minimum, (length if side.maximum is None else side.maximum) + 1)
    return length in bounds and length % side.multiple_of == 0


def _across(limits: ir.PixelLimits, width: int, height: int) -> list[str]:
    area, form = width * height, Fraction(width, height) if height > 0 else Fraction(0)
    if not (limits.least_area or 0) <= area <= (area if limits.most_area is None else limits.most_area):
        return ["area"]
    if limits.least_ratio is not None and form < Fraction(*limits.least_ratio):
        return ["ratio"]
    if limits.most_ratio is not None and form > Fraction(*limits.most_ratio):
        return ["ratio"]
    return ["sizes"] if limits.sizes and (width, height) not in limits.sizes else []


def _side(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value == value // 1 else None


def _default(model: ir.Model, name: str) -> object:
    parameter = model.parameter(name)
    return None if parameter is None else parameter.default
