"""The limits of a size in pixels, in words and as the object that generated code asks."""

from __future__ import annotations

from proviso import ir


def spoken(limits: ir.PixelLimits) -> str:
    """Say limits of a size, such as `each side 256 to 2048, at most 1048576 pixels in all`."""
    if limits.sizes:
        return " or ".join(f"{width}x{height}" for width, height in limits.sizes)
    width, height = _side(limits.width), _side(limits.height)
    sides = [f"each side {width}"] if width == height else [f"width {width}", f"height {height}"]
    area = span(limits.least_area, limits.most_area)
    ratio = span(_ratio(limits.least_ratio), _ratio(limits.most_ratio))
    parts = [*sides, *([f"{area} pixels in all"] if area else []), *([f"width to height {ratio}"] if ratio else [])]
    return ", ".join(part for part in parts if not part.endswith(" "))


def python(limits: ir.PixelLimits) -> str:
    """Spell limits of a size as the runtime's object; what they do not say is left out."""
    sides = [
        f"{name}=({side.minimum}, {side.maximum}, {side.multiple_of})"
        for name, side in (("width", limits.width), ("height", limits.height))
        if side != ir.Side()
    ]
    facts = [
        f"{name}={bounds!r}"
        for name, bounds in (
            ("area", (limits.least_area, limits.most_area)),
            ("ratio", (limits.least_ratio, limits.most_ratio)),
        )
        if bounds != (None, None)
    ]
    sizes = [f"sizes={limits.sizes!r}"] if limits.sizes else []
    return f"pixels.Limits({', '.join((*sides, *facts, *sizes))})"


def span(least: object, most: object) -> str:
    """Say two bounds, such as `1 to 4` or `at most 4`; nothing where there is none."""
    if least is not None and most is not None:
        return f"{least} to {most}" if least != most else f"exactly {least}"
    if most is not None:
        return f"at most {most}"
    return "" if least is None else f"at least {least}"


def _side(side: ir.Side) -> str:
    bounds = span(side.minimum if side.minimum > 1 else None, side.maximum)
    multiple = f"in multiples of {side.multiple_of}" if side.multiple_of > 1 else ""
    return " ".join(filter(None, (bounds, multiple)))


def _ratio(ratio: ir.Ratio | None) -> str | None:
    return None if ratio is None else f"{ratio[0]}:{ratio[1]}"
