"""Limits of a size in pixels, written as one text or as two integers."""

from __future__ import annotations

from dataclasses import dataclass

Ratio = tuple[int, int]
"""Width to height, such as (16, 9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The limits of a width or a height; every bound is inclusive."""

    minimum: int = 1
    maximum: int | None = None
    multiple_of: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelLimits:
    """Limits of each side, of the pixels in all, of width to height; or the few sizes there are."""

    width: Side = Side()
    height: Side = Side()
    least_area: int | None = None
    most_area: int | None = None
    least_ratio: Ratio | None = None
    most_ratio: Ratio | None = None
    sizes: tuple[tuple[int, int], ...] = ()
