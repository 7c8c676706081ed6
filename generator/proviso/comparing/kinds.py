"""Kinds of values that became narrower, wider, or others altogether."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso import ir, kind_words
from proviso.comparing import bounds, pixels
from proviso.comparing.changes import Change, breaking, compatible, information
from proviso.comparing.here import Here
from proviso.comparing.reach import covers
from proviso.comparing.walk import alike, compare, comparer


def kinds(here: Here, old: ir.Kind, new: ir.Kind) -> Iterator[Change]:
    """Yield every way in which a kind takes other values than before."""
    if alike(old, new):
        return
    found = list(_kinds(here, old, new))
    yield from found or [
        here.change(information("{what}: the limits are written otherwise, and mean the same"), old=old, new=new)
    ]


def _kinds(here: Here, old: ir.Kind, new: ir.Kind) -> Iterator[Change]:
    null = isinstance(old, ir.Nullable), isinstance(new, ir.Nullable)
    if null == (True, False):
        yield here.change(
            breaking("requests that send null as {what} are refused from now on"), old=old, new=new, rule="null"
        )
    elif null == (False, True):
        yield here.change(compatible("requests may send null as {what} from now on"), old=old, new=new, rule="null")
    before, after = ir.bare(old), ir.bare(new)
    if type(before) is type(after):
        yield from _same_type(here, before, after)
    elif covers(after, before):
        yield here.change(
            compatible("{what} takes {new}, of which {old} is a part"), old=before, new=after, rule="type"
        )
    else:
        yield here.change(here.fact.changed, old=before, new=after, rule="type")


def _same_type(here: Here, old: ir.SolidKind, new: ir.SolidKind) -> Iterator[Change]:
    match old, new:
        case ir.Choice(), ir.Choice():
            yield from _choice(here, old, new)
        case ir.Integer(), ir.Integer():
            yield from _range(here, old, new)
        case ir.UnitText(), ir.UnitText():
            yield from _range(here, old, new)
            if old.unit != new.unit:
                yield here.change(
                    breaking("{what}: texts end in {new} in place of {old}"), old=old.unit, new=new.unit, rule="format"
                )
        case ir.Number(), ir.Number():
            yield from _number(here, old, new)
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed(), ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed():
            yield from _texts(here, old, new)
        case ir.Sequence(), ir.Sequence():
            yield from _sequence(here, old, new)
        case ir.Object(), ir.Object():
            yield from compare(here, old.members, new.members)
        case ir.Union(), ir.Union():
            yield from _union(here, old, new)
        case ir.PixelSize(), ir.PixelSize():
            yield from bounds.several(here, "tiers", old.tiers, new.tiers, rule="enum")
            yield from bounds.several(here, "separators", old.separators, new.separators, rule="format")
            yield from pixels.limits(here, old.limits, new.limits)
        case _:
            pass


def _choice(here: Here, old: ir.Choice, new: ir.Choice) -> Iterator[Change]:
    if kind_words.json_types(old) != kind_words.json_types(new):
        yield here.change(here.fact.changed, old=old, new=new, rule="type")
    else:
        yield from bounds.several(here, "enum", old.values, new.values, rule="enum")


def _range(here: Here, old: ir.Integer | ir.UnitText, new: ir.Integer | ir.UnitText) -> Iterator[Change]:
    yield from bounds.least(here, "minimum", old.minimum, new.minimum, rule="range")
    yield from bounds.most(here, "maximum", old.maximum, new.maximum, rule="range")
    yield from bounds.multiple(here, "multipleOf", old.multiple_of, new.multiple_of)


def _number(here: Here, old: ir.Number, new: ir.Number) -> Iterator[Change]:
    before, after = ((one.minimum, one.exclusive_minimum) for one in (old, new))
    yield from _ends(here, "minimum", before, after, lower=True)
    before, after = ((one.maximum, one.exclusive_maximum) for one in (old, new))
    yield from _ends(here, "maximum", before, after, lower=False)
    yield from bounds.multiple(here, "multipleOf", old.multiple_of, new.multiple_of)


def _ends(
    here: Here,
    step: str,
    old: tuple[Decimal | None, Decimal | None],
    new: tuple[Decimal | None, Decimal | None],
    *,
    lower: bool,
) -> Iterator[Change]:
    """Compare one end of two spans, where a bound may itself be allowed or not."""
    before, after = _end(*old, lower=lower), _end(*new, lower=lower)
    if before == after:
        return
    if before is None or after is None or before[0] != after[0]:
        compared = bounds.least if lower else bounds.most
        yield from compared(here, step, before and before[0], after and after[0], rule="range")
    elif after[1]:
        yield here.into(step, old, new).change(
            breaking("{what}: {new} itself is refused from now on"), old=before[0], new=after[0], rule="range"
        )
    else:
        yield here.into(step, old, new).change(
            compatible("{what}: {new} itself passes from now on"), old=before[0], new=after[0], rule="range"
        )


def _end(inclusive: Decimal | None, exclusive: Decimal | None, *, lower: bool) -> tuple[Decimal, bool] | None:
    """Give the bound that counts, and whether it is itself left out."""
    found = [(one, out) for one, out in ((inclusive, False), (exclusive, True)) if one is not None]
    if not found:
        return None
    return max(found) if lower else min(found, key=lambda one: (one[0], not one[1]))


def _texts(
    here: Here, old: ir.Text | ir.Url | ir.Formatted | ir.Mixed, new: ir.Text | ir.Url | ir.Formatted | ir.Mixed
) -> Iterator[Change]:
    yield from bounds.least(here, "minLength", old.min_length, new.min_length, rule="length", what=bounds.TEXTS)
    yield from bounds.most(here, "maxLength", old.max_length, new.max_length, rule="length", what=bounds.TEXTS)
    match old, new:
        case ir.Text(), ir.Text():
            yield from _pattern(here, old.pattern, new.pattern)
        case ir.Url(), ir.Url():
            yield from bounds.several(here, "schemes", old.schemes, new.schemes, rule="format")
        case ir.Formatted(), ir.Formatted():
            yield from _formatted(here, old, new)
        case ir.Mixed(), ir.Mixed():
            yield from _arms(here, old.arms, new.arms)
        case _:
            pass


def _pattern(here: Here, old: str | None, new: str | None) -> Iterator[Change]:
    there = here.into("pattern", old, new)
    if old == new:
        return
    if new is None:
        yield there.change(
            compatible("{what}: texts of any form pass from now on ({old} before)"), old=old, rule="pattern"
        )
    else:
        yield there.change(
            breaking("{what}: texts that are not of the form {new} are refused from now on"),
            old=old,
            new=new,
            rule="pattern",
        )


def _formatted(here: Here, old: ir.Formatted, new: ir.Formatted) -> Iterator[Change]:
    if old.format != new.format:
        yield here.into("format", old, new).change(
            breaking("{what} takes {new} in place of {old}"), old=old.format, new=new.format, rule="format"
        )
    yield from bounds.most(here, "max_bytes", old.max_bytes, new.max_bytes, rule="bytes", what=bounds.FILES)
    there = here.into("media_types", old, new)
    if bool(old.media_types) == bool(new.media_types):
        yield from bounds.several(here, "media_types", old.media_types, new.media_types, rule="format")
    elif new.media_types:
        yield there.change(
            breaking("{what}: files of other types than {new} are refused from now on"),
            new=new.media_types,
            rule="format",
        )
    else:
        yield there.change(compatible("{what}: files of any type pass from now on"), old=old.media_types, rule="format")


def _sequence(here: Here, old: ir.Sequence, new: ir.Sequence) -> Iterator[Change]:
    yield from bounds.least(here, "minItems", old.min_items, new.min_items, rule="items", what=bounds.LISTS)
    yield from bounds.most(here, "maxItems", old.max_items, new.max_items, rule="items", what=bounds.LISTS)
    if old.unique != new.unique:
        narrower = breaking("{what}: lists with an item twice are refused from now on")
        wider = compatible("{what}: lists may have an item twice from now on")
        yield here.into("uniqueItems", old, new).change(
            narrower if new.unique else wider, old=old.unique, new=new.unique, rule="items"
        )
    yield from kinds(here.into("items", old.items, new.items), old.items, new.items)


def _union(here: Here, old: ir.Union, new: ir.Union) -> Iterator[Change]:
    if old.tag != new.tag:
        yield here.change(
            breaking("{what}: objects are told apart by {new} in place of {old}"), old=old.tag, new=new.tag, rule="type"
        )
        return
    yield from _arms(here, old.arms, new.arms, tag=old.tag)


def _arms(
    here: Here, old: tuple[ir.Kind, ...], new: tuple[ir.Kind, ...], *, tag: str | None = None
) -> Iterator[Change]:
    before, after = ({_name(one, tag): one for one in side} for side in (old, new))
    for name in dict.fromkeys((*before, *after)):
        there = here.into(name, before.get(name), after.get(name))
        if name not in after:
            yield there.change(
                breaking("{what}: values that are {old} are refused from now on"), old=before[name], rule="type"
            )
        elif name not in before:
            yield there.change(compatible("{what}: values may be {new} from now on"), new=after[name], rule="type")
        else:
            yield from kinds(there, before[name], after[name])


def _name(arm: ir.Kind, tag: str | None) -> str:
    match arm:
        case ir.Object(members=members) if tag is not None:
            fixed = (one.kind.value for one in members if one.name == tag and isinstance(one.kind, ir.Only))
            return str(next(fixed, "object"))
        case ir.Url():
            return "url"
        case ir.Formatted(format=form):
            return form
        case _:
            return "/".join(kind_words.json_types(arm))


@comparer(ir.Advice)
def _advice(here: Here, old: ir.Advice, new: ir.Advice) -> Iterator[Change]:
    yield here.change(here.fact.changed, old=kind_words.advised(old.kind), new=kind_words.advised(new.kind))
