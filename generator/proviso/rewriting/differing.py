"""A change of a whole value as the smallest changes that make it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never

from proviso.document import Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Give a fact a value. before: the member that a new one comes to stand before, None for the end."""

    steps: Steps
    value: object
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Put an item into a list, before the one that stands there."""

    steps: Steps
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Take a fact out."""

    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give a member another name."""

    steps: Steps
    name: str


Change: TypeAlias = "Put | Insert | Take | Rename"


def spelt(value: object) -> str:
    """Write a value so that two of them are the same where a spec says the same; 1 and true are equal in Python alone."""
    return repr(_normal(value))


def _normal(value: object) -> object:
    match value:
        case dict():
            return {key: _normal(member) for key, member in sorted(value.items())}
        case list():
            return [_normal(item) for item in value]
        case bool() | str() | None:
            return value
        case int() | Decimal():
            return Decimal(value).normalize()
        case _:
            return value


def parts(change: Change, data: object) -> Iterator[Change]:
    """Divide a change into the smallest ones that make it, in an order in which they can be made.

    Args:
        change: what is to be another.
        data: the root of what is changed.
    """
    match change:
        case Put(steps=steps, value=value):
            for step in steps:
                match data:
                    case dict() if step in data:
                        data = data[step]
                    case list() if isinstance(step, int) and step < len(data):
                        data = data[step]
                    case _:
                        yield change
                        return
            yield from _between(steps, data, value)
        case Take() | Rename() | Insert():
            yield change
        case _:
            assert_never(change)


def _between(steps: Steps, old: object, new: object) -> Iterator[Change]:
    match old, new:
        case dict(), dict() if old and new and not {*old}.isdisjoint(new):
            for key, value in new.items():
                if key in old:
                    yield from _between((*steps, key), old[key], value)
                else:
                    yield Put(steps=(*steps, key), value=value)
            yield from (Take(steps=(*steps, key)) for key in old if key not in new)
        case list(), list() if len(old) == len(new) and any(isinstance(one, dict | list) for one in (*old, *new)):
            for index, (one, other) in enumerate(zip(old, new, strict=True)):
                yield from _between((*steps, index), one, other)
        case list(), list() if old and new and not any(isinstance(one, dict | list) for one in (*old, *new)):
            yield from _items(steps, old, new)
        case _ if spelt(old) != spelt(new):
            yield Put(steps=steps, value=new)
        case _:
            pass


def _items(steps: Steps, old: list[object], new: list[object]) -> Iterator[Change]:
    """Turn one list into another, from its end to its beginning, so that the numbers of what stands before hold."""
    blocks = difflib.SequenceMatcher(None, list(map(spelt, old)), list(map(spelt, new)), autojunk=False).get_opcodes()
    for what, first, last, begin, end in reversed(blocks):
        if what == "equal":
            continue
        paired = min(last - first, end - begin)
        for value in reversed(new[begin + paired : end]):
            yield Insert(steps=(*steps, first + paired), value=value)
        yield from (Take(steps=(*steps, index)) for index in range(last - 1, first + paired - 1, -1))
        for offset in range(paired):
            yield Put(steps=(*steps, first + offset), value=new[begin + offset])
