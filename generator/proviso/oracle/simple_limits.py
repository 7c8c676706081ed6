"""The limits of values that hold no others, and of the number of items in a list: stated, broken, and put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from proviso import ir
from proviso.oracle import contents, forms, pixel_sizes
from proviso.oracle.exact import key, plain, same

_TOLD: dict[ir.TextFormat, str] = {
    "binary": "data_uri(path)",
    "data-uri": "a data URI",
    "base64": "standard base64",
    "uuid": "a UUID",
    "date-time": "RFC 3339",
}


def stated(kind: ir.Kind) -> Iterator[str]:
    """Yield the limits that a kind states."""
    match kind:
        case ir.Nullable() | ir.Union() | ir.Object():
            pass
        case ir.Text(min_length=least, max_length=most, pattern=pattern):
            yield from _given(minLength=least or None, maxLength=most, pattern=pattern)
        case ir.Choice():
            yield "enum"
        case ir.Only():
            yield "const"
        case ir.Url() | ir.Formatted() | ir.Mixed():
            yield from _formats(kind)
        case ir.PixelSize(limits=stated):
            yield "pattern"
            yield from () if stated is None else pixel_sizes.stated(stated)
        case ir.UnitText(minimum=least, maximum=most, multiple_of=multiple):
            yield "pattern"
            yield from _given(minimum=least or None, maximum=most, multipleOf=multiple if multiple != 1 else None)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            yield from _given(minimum=least, maximum=most, multipleOf=multiple if multiple != 1 else None)
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            # Of two bounds on one side the tighter one alone can be broken alone.
            yield from _given(
                minimum=None if above is not None and least is not None and above >= least else least,
                maximum=None if below is not None and most is not None and below <= most else most,
                exclusiveMinimum=None if least is not None and above is not None and above < least else above,
                exclusiveMaximum=None if most is not None and below is not None and below > most else below,
                multipleOf=kind.multiple_of,
            )
        case ir.Flag():
            pass
        case ir.Sequence(min_items=least, max_items=most, unique=unique):
            yield from _given(minItems=least or None, maxItems=most, uniqueItems=unique or None)
        case _:
            assert_never(kind)


def _formats(kind: ir.Url | ir.Formatted | ir.Mixed) -> Iterator[str]:
    arms = kind.arms if isinstance(kind, ir.Mixed) else (kind,)
    yield "format"
    holding = [arm for arm in arms if isinstance(arm, ir.Formatted)]
    yield from _given(media_types=any(arm.media_types for arm in holding) or None)
    yield from _given(max_bytes=next((arm.max_bytes for arm in holding if arm.max_bytes is not None), None))
    # What is shorter than its form allows is not of the form either.
    short = kind.min_length is not None and kind.min_length > forms.shortest(kind)
    yield from _given(minLength=short or None, maxLength=kind.max_length)


def _given(**stated: object) -> Iterator[str]:
    yield from (rule for rule, limit in stated.items() if limit is not None)


def of_item(kind: ir.SimpleKind, value: object) -> Iterator[str]:
    """Yield the limits that a value of the right type breaks."""
    match kind, value:
        case ir.Text(min_length=least, max_length=most, pattern=pattern), str():
            yield from _outside(len(value), least, most, ("minLength", "maxLength"))
            if pattern is not None and not forms.has_pattern(value, pattern):
                yield "pattern"
        case ir.Choice(values=values), _:
            if not any(same(value, one) for one in values):
                yield "enum"
        case ir.Only(value=fixed), _:
            if not same(value, fixed):
                yield "const"
        case ir.Url(min_length=least, max_length=most), str():
            yield from () if forms.is_address(value, kind.schemes) else ("format",)
            yield from _outside(len(value), least, most, ("minLength", "maxLength"))
        case ir.Formatted(min_length=least, max_length=most), str():
            yield from contents.broken(kind, value) if forms.is_of(kind.format, value) else ("format",)
            yield from _outside(len(value), least, most, ("minLength", "maxLength"))
        case ir.Mixed(arms=arms, min_length=least, max_length=most), str():
            fitting = [arm for arm in arms if forms.fits(arm, value)]
            yield from () if fitting else ("format",)
            yield from (rule for arm in fitting for rule in of_item(arm, value))
            yield from _outside(len(value), least, most, ("minLength", "maxLength"))
        case ir.PixelSize(tiers=tiers, separators=separators), str():
            between = "|".join(map(re.escape, separators))
            if value not in tiers and not re.fullmatch(rf"[1-9][0-9]*({between})[1-9][0-9]*", value):
                yield "pattern"
            if kind.limits is not None:
                yield from pixel_sizes.of_text(kind.limits, kind, value)
        case ir.UnitText(unit=unit, minimum=least, maximum=most, multiple_of=multiple), str():
            if not (found := re.fullmatch(rf"(0|[1-9][0-9]{{0,17}}){re.escape(unit)}", value)):
                yield "pattern"
                return
            yield from _integer(int(found[1]), least, most, multiple)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple), int() | float():
            yield from _integer(value, least, most, multiple)
        case ir.Number(), int() | float():
            yield from _number(kind, value)
        case _:
            pass


def _integer(value: float, least: int | None, most: int | None, multiple: int | None) -> Iterator[str]:
    yield from _outside(value, least, most, ("minimum", "maximum"))
    if multiple is not None and value % multiple:
        yield "multipleOf"


def _number(kind: ir.Number, value: float) -> Iterator[str]:
    if kind.minimum is not None and value < float(kind.minimum):
        yield "minimum"
    if kind.maximum is not None and value > float(kind.maximum):
        yield "maximum"
    if kind.exclusive_minimum is not None and value <= float(kind.exclusive_minimum):
        yield "exclusiveMinimum"
    if kind.exclusive_maximum is not None and value >= float(kind.exclusive_maximum):
        yield "exclusiveMaximum"
    if kind.multiple_of is not None and not is_multiple(value, kind.multiple_of):
        yield "multipleOf"


def is_multiple(value: float, step: Decimal | float) -> bool:
    """Say whether a number is a multiple of a step, both as they are written."""
    return Fraction(str(value)) % Fraction(str(step)) == 0


def of_list(kind: ir.Sequence, value: list[object]) -> Iterator[str]:
    """Yield the limits that the items of a list break as a whole."""
    yield from _outside(len(value), kind.min_items, kind.max_items, ("minItems", "maxItems"))
    if kind.unique and len(set(map(key, value))) < len(value):
        yield "uniqueItems"


def _outside(count: float, least: int | None, most: int | None, rules: tuple[str, str]) -> Iterator[str]:
    if least is not None and count < least:
        yield rules[0]
    if most is not None and count > most:
        yield rules[1]


def says(kind: ir.SimpleKind | ir.Sequence, rule: str) -> tuple[str, ...]:
    """Return what a message about a broken limit has to name."""
    match rule, kind:
        case "enum", ir.Choice(values=allowed):
            return tuple(str(plain(one)) if isinstance(one, Decimal) else str(one) for one in allowed)
        case "const", ir.Only(value=bool(fixed)):
            return (str(fixed).lower(),)
        case "const", ir.Only(value=fixed):
            return (str(plain(fixed)),)
        case "format", ir.Url(schemes=schemes):
            return schemes
        case "format", ir.Mixed(arms=arms):
            return tuple(word for arm in arms for word in says(arm, rule))
        case "format", ir.Formatted(format=form):
            return ("such as", _TOLD[form])
        case "width" | "height" | "area" | "ratio" | "sizes", ir.PixelSize():
            return ("nearest allowed size",)
        case "pattern", ir.PixelSize(tiers=tiers):
            return (*tiers, "WIDTH", "HEIGHT")
        case "pattern", ir.UnitText(unit=unit):
            return (unit,)
        case "media_types", ir.Formatted(media_types=allowed):
            return allowed
        case "media_types" | "max_bytes", ir.Mixed(arms=arms):
            (words, *_) = [says(arm, rule) for arm in arms if rule in stated(arm)]
            return words
        case "uniqueItems", _:
            return ("differ",)
        case "multipleOf", ir.Number(multiple_of=step):
            return (f"{step:f}",)
        case _:
            snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in rule)
            return (str(plain(getattr(kind, snake))),)
