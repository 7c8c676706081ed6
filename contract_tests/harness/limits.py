"""Which limits of its kind a value breaks, every one of them, decided apart from generated code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

from harness import forms, pixel_sizes
from harness.exact import key, plain, same
from proviso import ir


class Breach(NamedTuple):
    """A broken limit. at: JSON Pointer inside the value; place: the same with * for any item and ? for a strange member.

    says: what a message about it has to name.
    """

    at: str
    rule: str
    place: str
    says: tuple[str, ...]

    def inside(self, step: str, place: str) -> Breach:
        """Return the same breach, seen from around the value."""
        return self._replace(at=f"/{step}{self.at}", place=f"/{place}{self.place}")


def type_names(kind: ir.Kind) -> tuple[str, ...]:
    """Return the JSON types of a kind's values."""
    match kind:
        case ir.Sequence():
            return ("array",)
        case ir.Object():
            return ("object",)
        case ir.Nullable(of=inner):
            return (*type_names(inner), "null")
        case ir.Union(arms=arms):
            return tuple(dict.fromkeys(name for arm in arms for name in type_names(arm)))
        case ir.Choice(values=(value, *_)) | ir.Only(value=value):
            return (_type_of(value),)
        case ir.Integer():
            return ("integer",)
        case ir.Number():
            return ("number",)
        case ir.Flag():
            return ("boolean",)
        case _:
            return ("string",)


def _type_of(value: ir.Scalar) -> str:
    names = {bool: "boolean", int: "integer", Decimal: "number", str: "string"}
    return names[type(value)]


def keywords(kind: ir.Kind) -> Iterator[tuple[str, str]]:
    """Yield every limit that a kind states, by its place inside the value."""
    match kind:
        case ir.Nullable(of=inner):
            yield from keywords(inner)
        case ir.Union(arms=arms, tag=None):
            yield "", "type"
            yield from (one for arm in arms for one in keywords(arm) if one != ("", "type"))
        case ir.Union(arms=arms, tag=str(tag)):
            yield from ((f"/{tag}", "required"), (f"/{tag}", "type"), (f"/{tag}", "enum"))
            # Another tag is that of another kind, or of none.
            yield from (one for arm in arms for one in keywords(arm) if one != (f"/{tag}", "const"))
        case ir.Sequence(items=items):
            yield from (("", rule) for rule in ("type", *_stated(kind)))
            yield from ((f"/*{place}", rule) for place, rule in keywords(items))
        case ir.Object(members=members):
            yield from (("", "type"), ("/?", "additionalProperties"))
            yield from ((f"/{one.name}", "required") for one in members if one.required)
            yield from ((f"/{one.name}{place}", rule) for one in members for place, rule in keywords(one.kind))
        case _:
            yield "", "type"
            yield from (("", rule) for rule in _stated(kind))


def _stated(kind: ir.Kind) -> Iterator[str]:
    match kind:
        case ir.Nullable() | ir.Union() | ir.Object():
            pass
        case ir.Text(min_length=least, max_length=most, pattern=pattern):
            yield from _given(minLength=least or None, maxLength=most, pattern=pattern)
        case ir.Choice():
            yield "enum"
        case ir.Only():
            yield "const"
        case ir.Url(min_length=least, max_length=most) | ir.Formatted(min_length=least, max_length=most):
            shortest = forms.SHORTEST if isinstance(kind, ir.Url) else forms.shortest(kind.format)
            yield "format"
            # What is shorter than its form allows is not of the form either.
            yield from _given(minLength=least if least is not None and least > shortest else None, maxLength=most)
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


def _given(**stated: object) -> Iterator[str]:
    yield from (rule for rule, limit in stated.items() if limit is not None)


def broken(kind: ir.Kind, value: object) -> list[Breach]:
    """Return every limit that a value breaks."""
    return list(_broken(kind, value))


def _broken(kind: ir.Kind, value: object) -> Iterator[Breach]:
    wanted = type_names(kind)
    if not any(is_of(name, value) for name in wanted):
        yield Breach("", "type", "", wanted)
        return
    match kind, value:
        case ir.Nullable(of=inner), _:
            yield from () if value is None else _broken(inner, value)
        case ir.Union(arms=arms, tag=None), _:
            arm = next(one for one in arms if any(is_of(name, value) for name in type_names(one)))
            yield from _broken(arm, value)
        case ir.Union(), dict():
            yield from _tagged(kind, value)
        case ir.Object(), dict():
            yield from _members(kind, value)
        case ir.Sequence(), list():
            yield from (_of(kind, rule) for rule in _list(kind, value))
            for index, item in enumerate(value):
                yield from (one.inside(str(index), "*") for one in _broken(kind.items, item))
        case ((ir.Union() | ir.Object() | ir.Sequence()), _):
            raise AssertionError("of another type")
        case _:
            yield from (_of(kind, rule) for rule in _item(kind, value))


def _tagged(kind: ir.Union, value: dict[object, object]) -> Iterator[Breach]:
    tag = str(kind.tag)
    arms = {tag_of(arm, tag): arm for arm in kind.arms}
    told = value.get(tag)
    if tag not in value:
        yield Breach(f"/{tag}", "required", f"/{tag}", ("required",))
    elif not isinstance(told, str):
        yield Breach(f"/{tag}", "type", f"/{tag}", ("string",))
    elif told not in arms:
        yield Breach(f"/{tag}", "enum", f"/{tag}", tuple(arms))
    else:
        yield from _broken(arms[told], value)


def tag_of(arm: ir.Kind, tag: str) -> str:
    """Return the text that tells this kind of object from the others of a union."""
    assert isinstance(arm, ir.Object)
    (fixed,) = (one.kind for one in arm.members if one.name == tag)
    assert isinstance(fixed, ir.Only)
    return str(fixed.value)


def _members(kind: ir.Object, value: dict[object, object]) -> Iterator[Breach]:
    known = {one.name: one for one in kind.members}
    for name in value:
        if name not in known:
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield Breach(f"/{step}", "additionalProperties", "/?", ("not documented",))
    for name, one in known.items():
        if name in value:
            yield from (breach.inside(name, name) for breach in _broken(one.kind, value[name]))
        elif one.required:
            yield Breach(f"/{name}", "required", f"/{name}", ("required",))


def _item(kind: ir.SimpleKind, value: object) -> Iterator[str]:
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
            yield from () if forms.is_of(kind.format, value) else ("format",)
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


def _list(kind: ir.Sequence, value: list[object]) -> Iterator[str]:
    yield from _outside(len(value), kind.min_items, kind.max_items, ("minItems", "maxItems"))
    if kind.unique and len(set(map(key, value))) < len(value):
        yield "uniqueItems"


def _outside(count: float, least: int | None, most: int | None, rules: tuple[str, str]) -> Iterator[str]:
    if least is not None and count < least:
        yield rules[0]
    if most is not None and count > most:
        yield rules[1]


def is_of(wanted: str, value: object) -> bool:
    """Say whether a value is of a JSON type."""
    match value:
        case None:
            return wanted == "null"
        case bool():
            return wanted == "boolean"
        case int():
            return wanted in ("integer", "number")
        case float():
            return wanted == "number" or (wanted == "integer" and value.is_integer())
        case str():
            return wanted == "string"
        case list():
            return wanted == "array"
        case dict():
            return wanted == "object"
        case _:
            return False


def _of(kind: ir.SimpleKind | ir.Sequence, rule: str) -> Breach:
    return Breach("", rule, "", _says(kind, rule))


def _says(kind: ir.SimpleKind | ir.Sequence, rule: str) -> tuple[str, ...]:
    match rule, kind:
        case "enum", ir.Choice(values=allowed):
            return tuple(str(plain(one)) if isinstance(one, Decimal) else str(one) for one in allowed)
        case "const", ir.Only(value=bool(fixed)):
            return (str(fixed).lower(),)
        case "const", ir.Only(value=fixed):
            return (str(plain(fixed)),)
        case "format", ir.Url(schemes=schemes):
            return schemes
        case "format", _:
            return ("such as",)
        case "width" | "height" | "area" | "ratio" | "sizes", ir.PixelSize():
            return ("nearest allowed size",)
        case "pattern", ir.PixelSize(tiers=tiers):
            return (*tiers, "WIDTH", "HEIGHT")
        case "pattern", ir.UnitText(unit=unit):
            return (unit,)
        case "uniqueItems", _:
            return ("differ",)
        case "multipleOf", ir.Number(multiple_of=step):
            return (f"{step:f}",)
        case _:
            snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in rule)
            return (str(plain(getattr(kind, snake))),)
