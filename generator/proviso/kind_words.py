"""Kinds of values in words: what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from proviso import ir, pixel_words, words

_FORMATS: dict[ir.TextFormat, tuple[str, str]] = {
    "binary": ("file as a data URI with base64", "files as data URIs with base64"),
    "data-uri": ("data URI with base64", "data URIs with base64"),
    "base64": ("base64 text", "base64 texts"),
    "uuid": ("UUID", "UUIDs"),
    "date-time": ("time such as 2026-01-31T12:00:00Z", "times such as 2026-01-31T12:00:00Z"),
}

_SHORT: dict[ir.TextFormat, str] = {
    "binary": "file",
    "data-uri": "data URI",
    "base64": "base64",
    "uuid": "UUID",
    "date-time": "time",
}


def limits(kind: ir.Kind) -> str:
    """Say in words what a kind allows, such as `integer, 1 to 10`."""
    match kind:
        case ir.Nullable(of=inner):
            return f"{limits(inner)}; or null"
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            count = _span(least, most)
            each = _details(items)
            parts = [
                f"list of {count} {_counted(items, least, most)}" if count else f"list of {_nouns(items)}",
                *(["all different"] if unique else []),
                *([f"each {each}"] if each else []),
            ]
            return ", ".join(parts)
        case ir.Object():
            return f"object {_details(kind)}"
        case ir.Union(tag=None) | ir.Choice() | ir.Only() | ir.PixelSize():
            return _details(kind)
        case ir.Union():
            return f"object, {_details(kind)}"
        case ir.Flag():
            return "true or false"
        case _:
            return ", ".join(filter(None, (_noun(kind), _details(kind))))


def advised(kind: ir.SolidKind) -> str:
    """Say in words what advice asks for, such as `at most 400 characters`."""
    if isinstance(kind, ir.Sequence):
        count = _span(kind.min_items, kind.max_items)
        return ", ".join(
            filter(
                None,
                (
                    f"{count} {_several(kind.min_items, kind.max_items, 'item', 'items')}" if count else "",
                    "all different" if kind.unique else "",
                ),
            )
        )
    return _details(kind)


def json_types(kind: ir.Kind) -> tuple[str, ...]:
    """Name the JSON types of a kind's values."""
    match kind:
        case ir.Nullable(of=inner):
            return (*json_types(inner), "null")
        case ir.Union(arms=arms):
            return tuple(dict.fromkeys(one for arm in arms for one in json_types(arm)))
        case ir.Sequence():
            return ("array",)
        case ir.Object():
            return ("object",)
        case ir.Choice(values=(value, *_)) | ir.Only(value=value):
            return (_json_type(value),)
        case ir.Integer():
            return ("integer",)
        case ir.Number():
            return ("number",)
        case ir.Flag():
            return ("boolean",)
        case _:
            return ("string",)


def _json_type(value: ir.Scalar) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case Decimal():
            return "number"
        case str():
            return "string"
        case _:
            assert_never(value)


def _listed(parts: tuple[str, ...], word: str = "or") -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else parts[0]


def _noun(kind: ir.Kind) -> str:
    match kind:
        case ir.Text():
            return "text"
        case ir.Url(schemes=schemes):
            return f"{' or '.join(schemes)} address"
        case ir.Formatted(format=form):
            return _FORMATS[form][0]
        case ir.Mixed(arms=arms):
            return _listed(tuple(map(_noun, arms)))
        case ir.UnitText():
            return "whole number"
        case ir.Integer():
            return "integer"
        case ir.Number():
            return "number"
        case _:
            return ""


def _nouns(kind: ir.Kind) -> str:
    match kind:
        case ir.Text() | ir.Integer() | ir.Number() | ir.UnitText():
            return f"{_noun(kind)}s"
        case ir.Url():
            return f"{_noun(kind)}es"
        case ir.Formatted(format=form):
            return _FORMATS[form][1]
        case ir.Mixed(arms=arms):
            return _listed(tuple(map(_nouns, arms)))
        case ir.Flag():
            return "truth values"
        case ir.PixelSize():
            return "sizes"
        case ir.Object() | ir.Union(tag=str()):
            return "objects"
        case ir.Sequence():
            return "lists"
        case _:
            return "values"


def _details(kind: ir.Kind) -> str:
    match kind:
        case ir.Text(min_length=least, max_length=most, pattern=pattern):
            return ", ".join(filter(None, (_characters(least, most), f"of the form {pattern}" if pattern else "")))
        case ir.Url(min_length=least, max_length=most):
            return _characters(least, most)
        case ir.Formatted(min_length=least, max_length=most):
            return ", ".join((*_held(kind), *filter(None, (_characters(least, most),))))
        case ir.Mixed(min_length=least, max_length=most):
            return ", ".join((*_held(*kind.arms), *filter(None, (_characters(least, most),))))
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return ", ".join(filter(None, (_span(least, most), f"a multiple of {multiple}" if multiple else "")))
        case ir.UnitText(unit=unit, minimum=least, maximum=most, multiple_of=multiple):
            parts = (f"with {unit} behind it", _span(least, most), f"a multiple of {multiple}" if multiple else "")
            return ", ".join(filter(None, parts))
        case ir.Number():
            return words.number_span(kind)
        case ir.Choice(values=values):
            return _listed(tuple(map(str, values)))
        case ir.Only(value=value):
            return f"only {words.spoken(value)}"
        case ir.PixelSize(tiers=tiers, separators=separators):
            others = f" with {_listed(separators)} between" if len(separators) > 1 else ""
            form = _listed((*tiers, f"WIDTH{separators[0]}HEIGHT")) + others
            return form if kind.limits is None else f"{form}: {pixel_words.spoken(kind.limits)}"
        case ir.Object(members=members):
            return f"with {_listed(tuple(one.name for one in members), 'and')}"
        case ir.Union(arms=arms, tag=None):
            return "; or ".join(map(limits, arms))
        case ir.Union(tag=tag):
            return f"by its {tag}: {_listed(tuple(map(words.spoken, tags(kind))))}"
        case ir.Nullable() | ir.Sequence():
            return limits(kind)
        case ir.Flag():
            return ""
        case _:
            assert_never(kind)


def formats(kind: ir.Mixed) -> str:
    """Name the formats of a text in a word each, such as `address or data URI`."""
    return _listed(tuple("address" if isinstance(arm, ir.Url) else _SHORT[arm.format] for arm in kind.arms))


def _held(*arms: ir.Url | ir.Formatted) -> Iterator[str]:
    """Say once what texts of some formats may hold."""
    holding = [arm for arm in arms if isinstance(arm, ir.Formatted)]
    yield from dict.fromkeys(_listed(arm.media_types) for arm in holding if arm.media_types)
    most = next((arm.max_bytes for arm in holding if arm.max_bytes is not None), None)
    if most is not None:
        yield f"at most {most} {'byte' if most == 1 else 'bytes'}"


def tags(kind: ir.Union) -> tuple[str, ...]:
    """Give the value of the tag in each kind of a union that is told apart by one."""
    fixed = [
        member.kind
        for arm in kind.arms
        if isinstance(arm, ir.Object)
        for member in arm.members
        if member.name == kind.tag
    ]
    return tuple(str(one.value) for one in fixed if isinstance(one, ir.Only))


def _characters(least: int | None, most: int | None) -> str:
    span = _span(least, most)
    return f"{span} {_several(least, most, 'character', 'characters')}" if span else ""


def _counted(kind: ir.Kind, least: int | None, most: int | None) -> str:
    return _several(least, most, _noun(kind) or _nouns(kind).removesuffix("s"), _nouns(kind))


def _several(least: int | None, most: int | None, one: str, several: str) -> str:
    """Choose the word that stands behind two bounds."""
    return one if (least if most is None else most) == 1 else several


def _span(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"{least} to {most}" if least != most else f"exactly {least}"
    if most is not None:
        return f"at most {most}"
    return "" if least is None else f"at least {least}"
