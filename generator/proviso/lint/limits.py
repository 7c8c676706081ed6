"""Whether a value keeps a parameter's limits, and whether any value could."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from proviso import ir
from proviso.lint import forms, pixels


def breach(kind: ir.Kind, value: object) -> str | None:
    """Say how a value of a spec breaks the limits of a kind, or None when it keeps them."""
    match kind:
        case ir.Nullable(of=inner):
            return None if value is None else breach(inner, value)
        case ir.Sequence():
            return _list(kind, value)
        case ir.Object():
            return next(_object(kind, value), None)
        case ir.Union(arms=arms):
            reasons = [breach(arm, value) for arm in arms]
            return None if None in reasons else next(filter(None, _nearest(kind, value, reasons)))
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed() | ir.PixelSize() | ir.UnitText():
            return _text(kind, value) if isinstance(value, str) else "is not a string"
        case ir.Choice(values=values):
            if any(ir.same(value, one) for one in values):
                return None
            return f"is none of {', '.join(map(str, values))}"
        case ir.Only(value=fixed):
            return None if ir.same(value, fixed) else f"is not {fixed}"
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            if not isinstance(value, int) or isinstance(value, bool):
                return "is not an integer"
            if multiple is not None and value % multiple:
                return f"is no multiple of {multiple}"
            return _out_of(value, least, most, "")
        case ir.Number():
            if not isinstance(value, int | Decimal) or isinstance(value, bool):
                return "is not a number"
            return _number(kind, Decimal(value))
        case ir.Flag():
            return None if isinstance(value, bool) else "is neither true nor false"
        case _:
            assert_never(kind)


def _nearest(kind: ir.Union, value: object, reasons: list[str | None]) -> Iterator[str | None]:
    """Yield what is wrong, that of the kind first which the value seems to be meant for."""
    for arm, reason in zip(kind.arms, reasons, strict=True):
        if kind.tag is None and type(value) in (dict, list, str) and reason and not reason.startswith("is no"):
            yield reason
        for member in arm.members if isinstance(arm, ir.Object) else ():
            told = value.get(member.name) if isinstance(value, dict) and member.name == kind.tag else None
            if isinstance(member.kind, ir.Only) and told == member.kind.value:
                yield reason
    yield "is of none of the kinds that it may be of"


def impossible(kind: ir.Kind) -> str | None:
    """Say why no value at all could keep the limits, or None when one could."""
    match kind:
        case ir.Nullable(of=inner):
            return impossible(inner)
        case ir.Object(members=members):
            reasons = ((one.name, impossible(one.kind)) for one in members)
            return next((f"{name} can never be right: {why}" for name, why in reasons if why is not None), None)
        case ir.Union(arms=arms):
            return next(filter(None, map(impossible, arms)), None)
        case ir.Text(pattern=str(pattern), min_length=least, max_length=most):
            return _crossed(least, most, "Length") or forms.unlike(pattern, least, most)
        case ir.Text(min_length=least, max_length=most) | ir.Url(min_length=least, max_length=most):
            return _crossed(least, most, "Length")
        case ir.Formatted(min_length=least, max_length=most):
            return _crossed(least, most, "Length") or forms.too_short_or_long(kind)
        case ir.Mixed(min_length=least, max_length=most):
            sized = (replace(arm, min_length=least, max_length=most) for arm in kind.arms)
            return next(filter(None, map(impossible, sized)), None)
        case ir.UnitText(minimum=least, maximum=most, multiple_of=multiple):
            return impossible(ir.Integer(minimum=least, maximum=most, multiple_of=multiple))
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            if (crossed := _crossed(least, most, "imum")) is not None:
                return crossed
            if multiple and least is not None and most is not None and most // multiple * multiple < least:
                return f"no multiple of {multiple} lies between {least} and {most}"
            return None
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            low = max((bound for bound in (least, above) if bound is not None), default=None)
            high = min((bound for bound in (most, below) if bound is not None), default=None)
            if low is None or high is None:
                return None
            open_end = low in (above, below) or high in (above, below)
            if low > high or (low == high and open_end):
                return f"no number lies between {low} and {high}"
            return _no_multiple(kind, low, high)
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            if (wrong := impossible(items)) is not None:
                return f"an item can never be right: {wrong}"
            if unique and isinstance(items, ir.Choice) and least is not None and least > len(items.values):
                return f"{least} different items are asked for and there are only {len(items.values)}"
            return _crossed(least, most, "Items")
        case ir.PixelSize(limits=stated):
            return None if stated is None else pixels.impossible(stated)
        case ir.Choice() | ir.Only() | ir.Flag():
            return None
        case _:
            assert_never(kind)


def _list(kind: ir.Sequence, value: object) -> str | None:
    if not isinstance(value, list):
        return "is not a list"
    for item in value:
        if (wrong := breach(kind.items, item)) is not None:
            return f"has an item that {wrong}"
    if kind.unique and len({(type(item), str(item)) for item in value}) < len(value):
        return "has an item twice"
    return _out_of(len(value), kind.min_items, kind.max_items, "items")


def _object(kind: ir.Object, value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "is not an object"
        return
    known = {one.name: one for one in kind.members}
    for name in value:
        if name not in known:
            yield f"has a member {name!r}, which is not documented"
    for name, one in known.items():
        if name not in value:
            if one.required:
                yield f"lacks {name!r}, which is required"
        elif (wrong := breach(one.kind, value[name])) is not None:
            yield f"has a member {name!r} that {wrong}"


def _text(kind: ir.Text | ir.Url | ir.Formatted | ir.Mixed | ir.PixelSize | ir.UnitText, text: str) -> str | None:
    match kind:
        case ir.Text(pattern=pattern, min_length=least, max_length=most):
            if pattern is not None and not forms.has_pattern(text, pattern):
                return f"is not of the form {pattern}"
            return _out_of(len(text), least, most, "characters")
        case ir.Url(schemes=schemes, min_length=least, max_length=most):
            if not forms.is_address(text, schemes):
                return f"is no {' or '.join(schemes)} address"
            return _out_of(len(text), least, most, "characters")
        case ir.Formatted(format=form, min_length=least, max_length=most):
            if not forms.is_of(form, text):
                return f"is no {'data-uri' if form == 'binary' else form}"
            return forms.wrong_content(kind, text) or _out_of(len(text), least, most, "characters")
        case ir.Mixed(arms=arms, min_length=least, max_length=most):
            wrong = [_text(arm, text) for arm in arms]
            if None in wrong:
                return _out_of(len(text), least, most, "characters")
            # What is right about its form is wrong in what it holds.
            held = (one for one in wrong if one is not None and not one.startswith("is no "))
            return next(held, " and ".join(filter(None, wrong)))
        case ir.PixelSize():
            found = forms.size(kind, text)
            if text not in kind.tiers and found is None:
                return "is neither a tier nor a size"
            return None if found is None or kind.limits is None else pixels.breach(kind.limits, *found)
        case ir.UnitText(unit=unit):
            number = forms.quantity(text, unit)
            if number is None:
                return f"is no whole number with {unit} behind it"
            return breach(ir.Integer(minimum=kind.minimum, maximum=kind.maximum, multiple_of=kind.multiple_of), number)
        case _:
            assert_never(kind)


def _out_of(count: int, least: int | None, most: int | None, unit: str) -> str | None:
    if least is not None and count < least:
        return f"is below the least, {least} {unit}".rstrip()
    if most is not None and count > most:
        return f"is above the most, {most} {unit}".rstrip()
    return None


def _number(kind: ir.Number, value: Decimal) -> str | None:
    if kind.minimum is not None and value < kind.minimum:
        return f"is below the least, {kind.minimum}"
    if kind.maximum is not None and value > kind.maximum:
        return f"is above the most, {kind.maximum}"
    if kind.exclusive_minimum is not None and value <= kind.exclusive_minimum:
        return f"is not more than {kind.exclusive_minimum}"
    if kind.exclusive_maximum is not None and value >= kind.exclusive_maximum:
        return f"is not less than {kind.exclusive_maximum}"
    if kind.multiple_of is not None and Fraction(value) % Fraction(kind.multiple_of):
        return f"is no multiple of {kind.multiple_of}"
    return None


def _no_multiple(kind: ir.Number, low: Decimal, high: Decimal) -> str | None:
    if kind.multiple_of is None:
        return None
    step = Fraction(kind.multiple_of)
    first, last = -(-Fraction(low) // step), Fraction(high) // step
    first += kind.exclusive_minimum is not None and first * step == Fraction(kind.exclusive_minimum)
    last -= kind.exclusive_maximum is not None and last * step == Fraction(kind.exclusive_maximum)
    return None if first <= last else f"no multiple of {kind.multiple_of} lies between {low} and {high}"


def _crossed(least: int | None, most: int | None, word: str) -> str | None:
    if least is None or most is None or least <= most:
        return None
    return f"min{word} {least} is more than max{word} {most}, so no value is allowed"
