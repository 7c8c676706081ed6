"""The limits of a size in pixels."""

from __future__ import annotations

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node

_LIMITS = ("side", "width", "height", "area", "ratio")


def limits(node: Node) -> ir.PixelLimits:
    """Read the limits that stand in a mapping, beside other keys."""
    if (sizes := node.get("sizes")) is not None:
        for key in _LIMITS:
            if (more := node.get(key)) is not None:
                more.complain(f"sizes says already which there are; {key} adds nothing", "keyword", at_key=True)
        found = [(one, texts.pixels(one)) for one in sizes.each()]
        for one, size in found:
            if 0 in size:
                one.complain("a size has at least one pixel each way", "range")
        return ir.PixelLimits(sizes=tuple(size for _, size in found))
    both, area, ratio = node.get("side"), node.get("area"), node.get("ratio")
    return ir.PixelLimits(
        width=_side(both, node.get("width")),
        height=_side(both, node.get("height")),
        least_area=_bound(area, "minimum"),
        most_area=_bound(area, "maximum"),
        least_ratio=_ratio(ratio, "minimum"),
        most_ratio=_ratio(ratio, "maximum"),
    )


def has_limits(node: Node) -> bool:
    """Tell whether a mapping holds a limit of a size."""
    return any(node.get(key) is not None for key in ("sizes", *_LIMITS))


def _side(both: Node | None, own: Node | None) -> ir.Side:
    found: dict[str, int] = {}
    for node in (both, own):
        for key, member in () if node is None else node.items():
            if key in found:
                member.complain(f"{key} stands under side already", "keyword", at_key=True)
            found[key] = member.integer()
    return ir.Side(
        minimum=found.get("minimum", 1), maximum=found.get("maximum"), multiple_of=found.get("multipleOf", 1)
    )


def _bound(node: Node | None, key: str) -> int | None:
    found = None if node is None else node.get(key)
    return None if found is None else found.integer()


def _ratio(node: Node | None, key: str) -> ir.Ratio | None:
    found = None if node is None else node.get(key)
    if found is None:
        return None
    width, _, height = found.text().partition(":")
    return int(width), int(height)
