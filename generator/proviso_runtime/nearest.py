"""The allowed size that comes nearest to a wanted one, in proportion: twice as wide is as far as half as wide."""

from __future__ import annotations

import math
from collections.abc import Iterator

from proviso_runtime import pixels

_STEPS = 2000  # widths that are tried to either side of the best
_HALVINGS = 200
_LARGEST = 2.0**60


def size(width: int, height: int, limits: pixels.Limits) -> tuple[int, int] | None:
    """Find the nearest size within limits, or None where none is found."""
    aim = _log(width), _log(height)
    if limits.sizes:
        return min(limits.sizes, key=lambda one: _distance(aim, one))
    best: tuple[int, int] | None = None
    least = math.inf
    middle = _best_width(aim, limits)
    for side in (_lattice(middle, limits.width, up=True), _lattice(middle, limits.width, up=False)):
        for wide in side:
            high = _height(wide, aim[1], limits)
            if high is not None and (far := _distance(aim, (wide, high))) < least:
                best, least = (wide, high), far
            elif best is not None and _apart(math.log(wide), aim, limits) > least:
                # It only grows from here on.
                break
    return best


def _lattice(middle: float, side: pixels.Side, *, up: bool) -> Iterator[int]:
    least, most, multiple = side
    start = int(middle) // multiple * multiple
    for step in range(_STEPS):
        wide = start + (step + 1 if up else -step) * multiple
        if wide >= least and wide > 0 and (most is None or wide <= most):
            yield wide


def _height(width: int, aim: float, limits: pixels.Limits) -> int | None:
    """Find the height nearest to the wanted one that is allowed beside a width."""
    least, most, multiple = limits.height
    low, high = limits.ratio
    floors = [least, *([-(-limits.area[0] // width)] if limits.area[0] else [])]
    ceilings = [*([most] if most else []), *([limits.area[1] // width] if limits.area[1] else [])]
    if high is not None:
        floors.append(-(-width * high[1] // high[0]))
    if low is not None:
        ceilings.append(width * low[1] // low[0])
    bottom = -(-max(floors) // multiple) * multiple
    top = min(ceilings) // multiple * multiple if ceilings else None
    if top is not None and bottom > top:
        return None
    wanted = int(min(math.exp(min(aim, 60.0)), _LARGEST)) // multiple * multiple
    near = [max(bottom, one if top is None else min(one, top)) for one in (wanted, wanted + multiple)]
    return min(near, key=lambda one: abs(math.log(one) - aim))


def _best_width(aim: tuple[float, float], limits: pixels.Limits) -> float:
    """Find the best width were sides no whole numbers: distances have one valley, so thirds are cut away."""
    least, most, _ = limits.width
    low, high = math.log(least), math.log(_LARGEST if most is None else most)
    for _ in range(_HALVINGS):
        third = (high - low) / 3
        if _apart(low + third, aim, limits) <= _apart(high - third, aim, limits):
            high -= third
        else:
            low += third
    return math.exp(low)


def _apart(width: float, aim: tuple[float, float], limits: pixels.Limits) -> float:
    """Measure how far the best height beside a width is; far more where there is none. All in logarithms."""
    least, most, _ = limits.height
    floor = math.log(least)
    ceiling = math.inf if most is None else math.log(most)
    if limits.area[0]:
        floor = max(floor, math.log(limits.area[0]) - width)
    if limits.area[1]:
        ceiling = min(ceiling, math.log(limits.area[1]) - width)
    narrow, wide = limits.ratio
    if wide is not None:
        floor = max(floor, width - math.log(wide[0] / wide[1]))
    if narrow is not None:
        ceiling = min(ceiling, width - math.log(narrow[0] / narrow[1]))
    if floor > ceiling:
        return 1e6 * (1 + floor - ceiling)
    return (width - aim[0]) ** 2 + (min(max(aim[1], floor), ceiling) - aim[1]) ** 2


def _distance(aim: tuple[float, float], one: tuple[int, int]) -> float:
    return (_log(one[0]) - aim[0]) ** 2 + (_log(one[1]) - aim[1]) ** 2


def _log(length: int) -> float:
    return math.log(length) if length > 0 else -1.0
