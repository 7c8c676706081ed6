"""Compares whatever the representation holds, so that nothing that differs goes unsaid.

Two facts are compared by the comparer of their type where there is one, else part by part. What no comparer names is
told under its path, judged as the nearest fact around it is; and a comparer that stays silent about facts that differ
is spoken for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from proviso import ir, words
from proviso.comparing.changes import Change, information
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Here
from proviso.comparing.spoken import spoken

T = TypeVar("T")
Gone_contra = TypeVar("Gone_contra", contravariant=True)
Comparer = Callable[[Here, T, T], Iterator[Change]]


class Appearing(Protocol[Gone_contra]):
    """Tell that something was added, or removed."""

    def __call__(self, here: Here, one: Gone_contra, /, *, added: bool) -> Iterator[Change]:
        """Yield the changes that this means."""
        ...


_COMPARERS: dict[type, Callable[..., Iterator[Change]]] = {}
_APPEARING: dict[type, Callable[..., Iterator[Change]]] = {}

_KEYS: dict[type, Callable[..., Hashable]] = {
    ir.Parameter: lambda one: one.name,
    ir.SizeRow: lambda one: one.values,
    ir.TableRow: lambda one: one.values,
    ir.Rate: lambda one: one.name,
    ir.Quantity: lambda one: one.name,
    ir.RequestWitness: lambda one: one.name,
    ir.ReplyWitness: lambda one: one.name,
    ir.Doubt: lambda one: one.id,
    ir.Source: lambda one: one.name,
    ir.StatusMeaning: lambda one: one.status,
    ir.CodeMeaning: lambda one: one.code,
    ir.ReplyHeader: lambda one: one.meaning,
    ir.Fixed: lambda one: one.name,
    ir.Setting: lambda one: one.name,
    ir.Beside: lambda one: (one.carrier, one.name),
    ir.RateLimit: lambda one: (one.of, one.per),
    ir.Where: lambda one: one.setting,
    ir.Pace: lambda one: words.conditions(one.when) or "otherwise",
}


def comparer(kind: type[T]) -> Callable[[Comparer[T]], Comparer[T]]:
    """Make a function the comparer of a type."""

    def kept(function: Comparer[T]) -> Comparer[T]:
        _COMPARERS[kind] = function
        return function

    return kept


def appearing(kind: type[Gone_contra]) -> Callable[[Appearing[Gone_contra]], Appearing[Gone_contra]]:
    """Make a function tell that something of a type was added, or removed."""

    def kept(function: Appearing[Gone_contra]) -> Appearing[Gone_contra]:
        _APPEARING[kind] = function
        return function

    return kept


def compare(here: Here, old: object, new: object) -> Iterator[Change]:
    """Yield every change between two facts: none where they say the same, else at least one."""
    if alike(old, new):
        return
    if old is None or new is None:
        yield from appears(here, new if old is None else old, added=old is None)
        return
    if isinstance(old, ir.Unknown) != isinstance(new, ir.Unknown):
        verdict = (here.fact.added if isinstance(old, ir.Unknown) else here.fact.removed) or here.fact.changed
        yield here.change(verdict, old=old, new=new)
        return
    found: list[Change] = []
    if type(old) is type(new):
        found = list(_COMPARERS.get(type(old), parts)(here, old, new))
    if not found:
        found = [here.changed(old, new)]
    yield from found


def parts(here: Here, old: object, new: object, *, apart: Sequence[str] = ()) -> Iterator[Change]:
    """Compare two facts of one type part by part; those in `apart` were compared already."""
    if dataclasses.is_dataclass(old):
        for field in dataclasses.fields(old):
            if field.compare and field.name not in apart:
                before, after = getattr(old, field.name), getattr(new, field.name)
                fact = FACTS.get((type(old), field.name))
                yield from compare(here.into(field.name, before, after, fact), before, after)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _members(here, old, new)
    elif isinstance(old, (tuple, list)) and isinstance(new, (tuple, list)):
        yield from _items(here, old, new)


def appears(here: Here, one: object, *, added: bool) -> Iterator[Change]:
    """Tell that a fact was added, or removed."""
    function = _APPEARING.get(type(one))
    if function is not None:
        yield from function(here, one, added=added)
        return
    verdict = (here.fact.added if added else here.fact.removed) or here.fact.changed
    yield here.change(verdict, new=one) if added else here.change(verdict, old=one)


def alike(one: object, other: object) -> bool:
    """Tell whether two facts say the same, wherever they stand: 1 and 1.0 do, 1 and true do not."""
    if dataclasses.is_dataclass(one) and type(one) is type(other):
        fields = (field.name for field in dataclasses.fields(one) if field.compare)
        return all(alike(getattr(one, name), getattr(other, name)) for name in fields)
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    return ir.same(one, other)


def _members(here: Here, old: Mapping[object, object], new: Mapping[object, object]) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        there = here.into(str(key), old.get(key), new.get(key))
        if key in old and key in new:
            yield from compare(there, old[key], new[key])
        else:
            yield from appears(there, new[key] if key in new else old[key], added=key in new)


def _items(here: Here, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    if here.fact.many == "whole":
        return
    found = list(_keyed(here, old, new) if _key(old, new) else _matched(here, old, new))
    if not found and here.fact.many == "set":
        found = [here.change(information("{what}: only the order is another"), old=old, new=new)]
    yield from found


def _key(old: Sequence[object], new: Sequence[object]) -> Callable[..., Hashable] | None:
    """Find what tells the items of both apart."""
    both = (*old, *new)
    kinds = {type(one) for one in both}
    key = _KEYS.get(next(iter(kinds))) if len(kinds) == 1 else None
    if key is None and all(isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str | int) for one in both):
        key = _first
    unique = key is not None and all(len({key(one) for one in side}) == len(side) for side in (old, new))
    return key if unique else None


def _first(pair: tuple[Hashable, object]) -> Hashable:
    return type(pair[0]).__name__, pair[0]


def _keyed(here: Here, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    key = _key(old, new)
    assert key is not None
    before, after = ({key(one): one for one in side} for side in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        yield from compare(here.into(_named(name), one, other), one, other)


def _named(key: Hashable) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    said = [str(one) for one in parts if one is not None]
    return said[-1] if len(parts) == 2 and parts[0] in ("str", "int", "bool") else "/".join(said)


def _matched(here: Here, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    """Compare items without names: the same ones are paired first, the rest as they come."""
    before, after = list(enumerate(old)), list(enumerate(new))
    for item in list(before):
        twin = next((one for one in after if alike(item[1], one[1])), None)
        if twin is not None:
            before.remove(item)
            after.remove(twin)
    scalars = not any(dataclasses.is_dataclass(one) for _, one in (*before, *after))
    for index in range(max(len(before), len(after))):
        left = before[index] if index < len(before) else None
        right = after[index] if index < len(after) else None
        paired = left is not None and right is not None and not scalars
        step = f"[{(right or left or (0,))[0]}]"
        if paired and left is not None and right is not None:
            yield from compare(here.into(step, left[1], right[1]), left[1], right[1])
            continue
        for one, added in ((left, False), (right, True)):
            if one is not None:
                where = here.into(f"[{spoken(one[1])}]" if scalars else step, one[1], one[1])
                yield from appears(where, one[1], added=added)
