"""Kinds of simple values: texts, numbers and truth values, by the limits that stand beside their type."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from proviso import ir, pattern_parser, pattern_ways, patterns, text_schemas
from proviso.lower import pixels, text_formats
from proviso.lower.node import Node

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_FORMS = ("pattern", "format", "size", "quantity")
LIMITS = ("enum", "const", *_BOUNDS, *text_formats.LENGTHS, *_FORMS, *text_formats.CONTENTS)
"""Every limit of a simple value."""


def simple(node: Node, wanted: str) -> ir.SimpleKind:
    """Read the limits of a simple value, whose JSON type is known."""
    if (enum := node.get("enum")) is not None:
        _adds_nothing(node, "enum", LIMITS[1:])
        return _choice(enum, wanted)
    if (const := node.get("const")) is not None:
        _adds_nothing(node, "const", LIMITS[2:])
        return _fixed(const, wanted)
    match wanted:
        case "string":
            return _string(node)
        case "integer":
            return ir.Integer(
                minimum=_whole(node, "minimum", "exclusiveMinimum", 1),
                maximum=_whole(node, "maximum", "exclusiveMaximum", -1),
                multiple_of=count(node, "multipleOf"),
            )
        case "number":
            return ir.Number(
                minimum=_number(node, "minimum"),
                maximum=_number(node, "maximum"),
                exclusive_minimum=_number(node, "exclusiveMinimum"),
                exclusive_maximum=_number(node, "exclusiveMaximum"),
                multiple_of=_number(node, "multipleOf"),
            )
        case _:
            return ir.Flag()


def advisable(kind: ir.SolidKind) -> tuple[str, tuple[str, ...]]:
    """Give the JSON type of a kind's values and the limits that may be recommended for them."""
    match kind:
        case ir.Sequence():
            return "array", ("minItems", "maxItems", "uniqueItems")
        case ir.Formatted(format="binary"):
            return "", ()
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed():
            return "string", ("enum", *text_formats.LENGTHS, "pattern")
        case ir.Integer():
            return "integer", ("enum", *_BOUNDS)
        case ir.Number():
            return "number", ("enum", *_BOUNDS)
        case ir.Choice(values=(value, *_)):
            return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number", ("enum",)
        case ir.Choice() | ir.Only() | ir.PixelSize() | ir.UnitText() | ir.Flag() | ir.Object() | ir.Union():
            return "", ()
        case _:
            assert_never(kind)


def count(node: Node, key: str) -> int | None:
    """Read a limit that is a whole number."""
    found = node.get(key)
    return None if found is None else found.integer()


def _adds_nothing(node: Node, key: str, others: tuple[str, ...]) -> None:
    for other in others:
        if (limit := node.get(other)) is not None:
            message = f"{key} says already which values are allowed; {other} adds nothing"
            limit.complain(message, "keyword", at_key=True)


def _choice(enum: Node, wanted: str) -> ir.Choice:
    if wanted == "boolean":
        enum.complain(
            "enum is for strings, integers and numbers; write const: true for a single truth value",
            "keyword",
            at_key=True,
        )
    values = [value for one in enum.each() if one.value is not None and (value := _of_type(one, wanted)) is not None]
    if not values and not any(one.value is not None for one in enum.each()):
        enum.complain("a list of null alone allows no value", "enum")
    match wanted:
        case "string":
            return ir.Choice(values=tuple(str(value) for value in values))
        case "integer":
            return ir.Choice(values=tuple(value for value in values if isinstance(value, int)))
        case _:
            return ir.Choice(values=tuple(Decimal(value) for value in values if not isinstance(value, bool)))


def _fixed(const: Node, wanted: str) -> ir.Only:
    value = _of_type(const, wanted)
    return ir.Only(value=const.scalar() if value is None else value)


def _of_type(node: Node, wanted: str) -> ir.Scalar | None:
    """Give a value of the wanted type; complain of one that is of another."""
    value = node.value
    match wanted, value:
        case "boolean", bool():
            return value
        case "string", str():
            return value
        case "string", _:
            node.complain(f'{value} is not a string; quote it ("{value}") or change the type', "enum")
            return None
        case "integer" | "number", bool():
            pass
        case "integer", int():
            return value
        case "number", int() | Decimal():
            return Decimal(value)
        case _:
            pass
    article = "an" if wanted == "integer" else "a"
    node.complain(f"{value!r} is not {article} {wanted}", "enum")
    return None


def _string(node: Node) -> ir.SimpleKind:
    least, most = count(node, "minLength"), count(node, "maxLength")
    special = [key for key in _FORMS if node.get(key) is not None]
    if len(special) > 1:
        node.complain(f"{' and '.join(special)} are not combined: give one of them", "keyword")
    if (least is not None or most is not None) and special[:1] in (["size"], ["quantity"]):
        node.complain(f"{special[0]} says already how long the text is; lengths add nothing", "keyword")
    if (size := node.get("size")) is not None:
        tiers = size.get("tiers")
        return ir.PixelSize(
            tiers=() if tiers is None else tiers.texts(),
            separators=size["separators"].texts(),
            limits=pixels.limits(size) if pixels.has_limits(size) else None,
        )
    if (quantity := node.get("quantity")) is not None:
        return _quantity(quantity)
    if (form := node.get("format")) is not None:
        return text_formats.read(form, node, least, most)
    text_formats.held(node, ())
    return ir.Text(min_length=least, max_length=most, pattern=_pattern(node.get("pattern")))


def _quantity(node: Node) -> ir.UnitText:
    kind = ir.UnitText(
        unit=node["unit"].text(),
        minimum=count(node, "minimum") or 0,
        maximum=count(node, "maximum"),
        multiple_of=count(node, "multipleOf"),
    )
    if kind.multiple_of is not None and not text_schemas.is_listed(kind):
        message = f"multiples of a quantity are listed one by one: give a maximum that leaves at most {text_schemas.MOST_LISTED}"
        node["multipleOf"].complain(message, "quantity", at_key=True)
    return kind


def _pattern(node: Node | None) -> str | None:
    if node is None:
        return None
    try:
        pattern_ways.check(pattern_parser.parse(node.text()))
    except patterns.PatternError as error:
        node.complain(f"{error} (character {error.offset + 1} of the pattern)", "pattern")
        return None
    return node.text()


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
