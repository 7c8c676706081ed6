"""The sentences of violations of limits of a size: what is wrong with it, and the nearest that is right."""

from __future__ import annotations

from typing import TypeGuard

from proviso_runtime import nearest, pixels, shapes

_MOST_BITS = 90


def sentence(broken: str, value: object, limits: pixels.Limits) -> str:
    """Say how a size breaks its limits.

    broken: width, height, area, ratio or sizes.
    value: a text such as 800x600, or two sides of which one may be None.
    """
    size = _size(value)
    if size is None:
        return f"breaks {broken}"
    width, height = size
    if width is None or height is None:
        return _alone(width, height, limits)
    wrong = _wrong(broken, width, height, limits)
    near = nearest.size(width, height, limits)
    return wrong if near is None else f"{wrong}; the nearest allowed size is {near[0]}x{near[1]}"


def _size(value: object) -> tuple[int | None, int | None] | None:
    if type(value) is str:
        separator = next((one for one in value if not one.isdigit()), "")
        return pixels.read(value, separator)
    return value if _is_pair(value) else None


def _is_pair(value: object) -> TypeGuard[tuple[int | None, int | None]]:
    return shapes.is_tuple(value) and len(value) == 2


def _alone(width: int | None, height: int | None, limits: pixels.Limits) -> str:
    found, side = (width, limits.width) if height is None else (height, limits.height)
    return "breaks a limit" if found is None else f"{_shown(found)} {_beside(found, side)}"


def _wrong(broken: str, width: int, height: int, limits: pixels.Limits) -> str:
    shown = f"{_shown(width)}x{_shown(height)}"
    match broken:
        case "width":
            return f"the width {_shown(width)} {_beside(width, limits.width)}"
        case "height":
            return f"the height {_shown(height)} {_beside(height, limits.height)}"
        case "area":
            least, most = limits.area
            less = least is not None and width * height < least
            bound = f"less than {least}" if less else f"more than {most}"
            return f"{shown} has {_shown(width * height)} pixels in all, {bound}"
        case "ratio":
            low, high = limits.ratio
            tall = low is not None and width * low[1] < height * low[0]
            form = low if tall else high
            return f"{shown} is {'taller' if tall else 'wider'} than {'' if form is None else f'{form[0]}:{form[1]}'}"
        case _:
            return f"{shown} is none of the sizes there are"


def _beside(found: int, side: pixels.Side) -> str:
    least, most, multiple = side
    if found < least:
        return f"is less than {least}"
    if most is not None and found > most:
        return f"is more than {most}"
    return f"is no multiple of {multiple}"


def _shown(number: int) -> str:
    # str() of an integer of more than 4300 digits raises ValueError.
    return str(number) if number.bit_length() <= _MOST_BITS else f"(a number of {number.bit_length()} bits)"
