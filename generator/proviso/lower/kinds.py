"""Kinds of values: the limits that stand beside a type."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir
from proviso.lower import pixels
from proviso.lower.node import Node

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength")


def kind(node: Node) -> ir.Kind:
    """Read the limits of a value."""
    if node["type"].text() != "array":
        return _item_kind(node)
    unique = node.get("uniqueItems")
    return ir.Sequence(
        items=_item_kind(node["items"]),
        min_items=_count(node, "minItems"),
        max_items=_count(node, "maxItems"),
        unique=unique is not None and unique.flag(),
    )


def _item_kind(node: Node) -> ir.ItemKind:
    if (enum := node.get("enum")) is not None:
        return _choice(node, enum)
    match node["type"].text():
        case "string":
            return _string(node)
        case "integer":
            return ir.Integer(
                minimum=_whole(node, "minimum", "exclusiveMinimum", 1),
                maximum=_whole(node, "maximum", "exclusiveMaximum", -1),
                multiple_of=_count(node, "multipleOf"),
            )
        case "number":
            if (multiple := node.get("multipleOf")) is not None:
                multiple.complain("multipleOf is for integers", "keyword", at_key=True)
            return ir.Number(
                minimum=_number(node, "minimum"),
                maximum=_number(node, "maximum"),
                exclusive_minimum=_number(node, "exclusiveMinimum"),
                exclusive_maximum=_number(node, "exclusiveMaximum"),
            )
        case "array":
            node.complain("a list of lists has no place in the language yet", "keyword")
            return ir.Text()
        case _:
            return ir.Flag()


def _choice(node: Node, enum: Node) -> ir.Choice:
    for key in (*_BOUNDS, "format", "size"):
        if (bound := node.get(key)) is not None:
            bound.complain(f"enum says already which values are allowed; {key} adds nothing", "keyword", at_key=True)
    wanted = node["type"].text()
    values = [one.scalar() for one in enum.each()]
    match wanted:
        case "string":
            for one in enum.each():
                if not isinstance(one.value, str):
                    one.complain(f'{one.value} is not a string; quote it ("{one.value}") or change the type', "enum")
            return ir.Choice(values=tuple(str(value) for value in values))
        case "integer":
            whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
            for one in enum.each():
                if not isinstance(one.value, int) or isinstance(one.value, bool):
                    one.complain(f"{one.value!r} is not an integer", "enum")
            return ir.Choice(values=tuple(whole))
        case _:
            enum.complain("enum is for strings and integers", "keyword", at_key=True)
            return ir.Choice(values=tuple(str(value) for value in values))


def _string(node: Node) -> ir.Text | ir.Url | ir.PixelSize:
    least, most = _count(node, "minLength"), _count(node, "maxLength")
    special = [key for key in ("format", "size") if node.get(key) is not None]
    if special and (len(special) > 1 or least is not None or most is not None):
        node.complain("format, size and lengths are not combined: give one of them", "keyword")
    if (size := node.get("size")) is not None:
        tiers = size.get("tiers")
        return ir.PixelSize(
            tiers=() if tiers is None else tiers.texts(),
            separators=size["separators"].texts(),
            limits=pixels.limits(size) if pixels.has_limits(size) else None,
        )
    if (format_ := node.get("format")) is not None:
        return ir.Url(schemes=("https",) if format_.text() == "https-url" else ("http", "https"))
    return ir.Text(min_length=least, max_length=most)


def _count(node: Node, key: str) -> int | None:
    found = node.get(key)
    return None if found is None else found.integer()


def _number(node: Node, key: str) -> Decimal | None:
    found = node.get(key)
    return None if found is None else found.number()


def _whole(node: Node, inclusive: str, exclusive: str, shift: int) -> int | None:
    bounds: list[int] = []
    for key, step in ((inclusive, 0), (exclusive, shift)):
        if (found := node.get(key)) is not None:
            if isinstance(found.value, int):
                bounds.append(found.value + step)
            else:
                found.complain(f"{key} of an integer is an integer", "keyword")
    # Of two lower bounds the greater holds, of two upper bounds the smaller.
    return (max(bounds) if shift > 0 else min(bounds)) if bounds else None
