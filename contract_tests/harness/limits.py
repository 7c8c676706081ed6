"""Which limits of its kind a value breaks, every one of them, decided apart from generated code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from harness import pixel_sizes
from harness.exact import same
from proviso import ir

Breach = tuple[str, str]
"""Where inside the value, as JSON Pointer, and which keyword."""

_BLANK = re.compile(r"[\x00-\x20\x7f]")
_TYPES: dict[type[ir.ItemKind], str] = {
    ir.Text: "string",
    ir.Url: "string",
    ir.PixelSize: "string",
    ir.Integer: "integer",
    ir.Number: "number",
    ir.Flag: "boolean",
}


def type_name(kind: ir.Kind) -> str:
    """Return the JSON type of a kind's values."""
    match kind:
        case ir.Sequence():
            return "array"
        case ir.Choice(values=values):
            return "string" if isinstance(values[0], str) else "integer"
        case _:
            return _TYPES[type(kind)]


def keywords(kind: ir.Kind) -> Iterator[Breach]:
    """Yield every limit that a kind states; those of a list's items stand at `/*`."""
    yield "", "type"
    match kind:
        case ir.Text(min_length=least, max_length=most):
            yield from _stated(minLength=least or None, maxLength=most)
        case ir.Choice():
            yield "", "enum"
        case ir.Url():
            yield "", "format"
        case ir.PixelSize(limits=stated):
            yield "", "pattern"
            yield from (("", rule) for rule in (() if stated is None else pixel_sizes.stated(stated)))
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            yield from _stated(minimum=least, maximum=most, multipleOf=multiple if multiple != 1 else None)
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            # Of two bounds on one side the tighter one alone can be broken alone.
            yield from _stated(
                minimum=None if above is not None and least is not None and above >= least else least,
                maximum=None if below is not None and most is not None and below <= most else most,
                exclusiveMinimum=None if least is not None and above is not None and above < least else above,
                exclusiveMaximum=None if most is not None and below is not None and below > most else below,
            )
        case ir.Flag():
            pass
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            yield from _stated(minItems=least or None, maxItems=most, uniqueItems=unique or None)
            yield from (("/*", rule) for _, rule in keywords(items))
        case _:
            assert_never(kind)


def broken(kind: ir.Kind, value: object) -> list[Breach]:
    """Return every limit that a value breaks, at its place inside the value."""
    if isinstance(kind, ir.Sequence):
        return list(_list(kind, value))
    return [("", rule) for rule in _item(kind, value)]


def _stated(**stated: object) -> Iterator[Breach]:
    yield from (("", rule) for rule, limit in stated.items() if limit is not None)


def _item(kind: ir.ItemKind, value: object) -> Iterator[str]:
    wanted = type_name(kind)
    if not _is(wanted, value):
        yield "type"
        return
    match kind, value:
        case ir.Text(min_length=least, max_length=most), str():
            yield from _outside(len(value), least, most, ("minLength", "maxLength"))
        case ir.Choice(values=values), _:
            if not any(same(value, one) for one in values):
                yield "enum"
        case ir.Url(schemes=schemes), str():
            scheme, found, rest = value.partition("://")
            host = re.split(r"[/?#]", rest, maxsplit=1)[0]
            if not found or scheme.lower() not in schemes or not host or _BLANK.search(value):
                yield "format"
        case ir.PixelSize(tiers=tiers, separators=separators), str():
            between = "|".join(map(re.escape, separators))
            if value not in tiers and not re.fullmatch(rf"[1-9][0-9]*({between})[1-9][0-9]*", value):
                yield "pattern"
            if kind.limits is not None:
                yield from pixel_sizes.of_text(kind.limits, kind, value)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple), int() | float():
            yield from _outside(value, least, most, ("minimum", "maximum"))
            if multiple is not None and value % multiple:
                yield "multipleOf"
        case ir.Number(), int() | float():
            if kind.minimum is not None and value < float(kind.minimum):
                yield "minimum"
            if kind.maximum is not None and value > float(kind.maximum):
                yield "maximum"
            if kind.exclusive_minimum is not None and value <= float(kind.exclusive_minimum):
                yield "exclusiveMinimum"
            if kind.exclusive_maximum is not None and value >= float(kind.exclusive_maximum):
                yield "exclusiveMaximum"
        case _:
            pass


def _list(kind: ir.Sequence, value: object) -> Iterator[Breach]:
    if not isinstance(value, list):
        yield "", "type"
        return
    yield from (("", rule) for rule in _outside(len(value), kind.min_items, kind.max_items, ("minItems", "maxItems")))
    if kind.unique and any(same(one, other) for at, one in enumerate(value) for other in value[:at]):
        yield "", "uniqueItems"
    for index, item in enumerate(value):
        yield from ((f"/{index}", rule) for rule in _item(kind.items, item))


def _outside(count: float, least: int | None, most: int | None, rules: tuple[str, str]) -> Iterator[str]:
    if least is not None and count < least:
        yield rules[0]
    if most is not None and count > most:
        yield rules[1]


def _is(wanted: str, value: object) -> bool:
    match value:
        case bool():
            return wanted == "boolean"
        case int():
            return wanted in ("integer", "number")
        case float():
            return wanted == "number" or (wanted == "integer" and value.is_integer())
        case str():
            return wanted == "string"
        case _:
            return False
