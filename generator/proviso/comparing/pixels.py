"""Limits of sizes in pixels that became narrower or wider."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proviso import ir, pixel_words
from proviso.comparing import bounds
from proviso.comparing.changes import Change, breaking, compatible
from proviso.comparing.here import Here

_ANY = ir.PixelLimits()
_AREA = "sizes of fewer than {} pixels in all", "sizes of more than {} pixels in all"


def limits(here: Here, old: ir.PixelLimits | None, new: ir.PixelLimits | None) -> Iterator[Change]:
    """Yield every way in which limits of a size take other sizes than before."""
    before, after = old or _ANY, new or _ANY
    if bool(before.sizes) != bool(after.sizes):
        narrower = breaking("{what}: sizes other than {new} are refused from now on")
        wider = compatible("{what}: sizes other than {old} pass from now on")
        said = [pixel_words.spoken(one) or "any" for one in (before, after)]
        yield here.change(narrower if after.sizes else wider, old=said[0], new=said[1], rule="pixels")
        return
    sizes = [tuple(f"{width}x{height}" for width, height in one.sizes) for one in (before, after)]
    yield from bounds.several(here, "sizes", sizes[0], sizes[1], rule="pixels")
    for name, one, other in (("width", before.width, after.width), ("height", before.height, after.height)):
        there = here.into(name, one, other)
        what = f"sizes whose {name} is below {{}}", f"sizes whose {name} is above {{}}"
        yield from bounds.least(there, "minimum", one.minimum, other.minimum, rule="pixels", what=what)
        yield from bounds.most(there, "maximum", one.maximum, other.maximum, rule="pixels", what=what)
        yield from bounds.multiple(there, "multipleOf", one.multiple_of, other.multiple_of)
    area = here.into("area", old, new)
    yield from bounds.least(area, "minimum", before.least_area, after.least_area, rule="pixels", what=_AREA)
    yield from bounds.most(area, "maximum", before.most_area, after.most_area, rule="pixels", what=_AREA)
    yield from _ratios(here, before, after)


def _ratios(here: Here, old: ir.PixelLimits, new: ir.PixelLimits) -> Iterator[Change]:
    for step, one, other, lower in (
        ("minimum", old.least_ratio, new.least_ratio, True),
        ("maximum", old.most_ratio, new.most_ratio, False),
    ):
        if one == other:
            continue
        said = [None if ratio is None else f"{ratio[0]}:{ratio[1]}" for ratio in (one, other)]
        narrower = other is not None and (
            one is None or (Fraction(*other) > Fraction(*one) if lower else Fraction(*other) < Fraction(*one))
        )
        side = "below" if lower else "above"
        verdict = (
            breaking(f"{{what}}: sizes whose width to height is {side} {{new}} are refused from now on")
            if narrower
            else compatible(f"{{what}}: sizes whose width to height is {side} {{old}} pass from now on")
        )
        yield here.into(f"ratio.{step}", one, other).change(verdict, old=said[0], new=said[1], rule="pixels")
