"""Every way to make one fact of a representation another, one at a time."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

NO_FACTS = ("path",)
"""Fields that say where a spec lies, and nothing that it says."""


def altered(one: Any, hint: Any = None) -> Iterator[tuple[str, Any]]:
    """Yield copies in which one fact is another, each with the way to that fact."""
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        for field in dataclasses.fields(one):
            if field.compare and field.name not in NO_FACTS:
                inner = _hints(type(one)).get(field.name)
                for way, other in altered(getattr(one, field.name), inner):
                    yield f".{field.name}{way}", dataclasses.replace(one, **{field.name: other})
    elif isinstance(one, (tuple, list)):
        items = _items(hint)
        if one and len(items) == 2 and items[1] is Ellipsis:
            yield "[-]", one[:-1]
            items = items[:1] * len(one)
        for index, item in enumerate(one):
            for way, other in altered(item, items[index] if index < len(items) else None):
                yield f"[{index}]{way}", type(one)((*one[:index], other, *one[index + 1 :]))
    elif isinstance(one, Mapping):
        for key, item in one.items():
            for way, other in altered(item):
                yield f".{key}{way}", {**one, key: other}
    else:
        yield from (("", other) for other in _others(one, hint))


def _others(one: object, hint: object) -> Iterator[object]:
    words = [word for word in _words(hint) if word != one]
    match one:
        case None:
            pass
        case _ if words:
            yield words[0]
        case bool():
            yield not one
        case int() | Decimal():
            yield one + 1
        case str():
            yield f"{one}x"
        case _:
            raise AssertionError(one)


def _items(hint: object) -> tuple[Any, ...]:
    """Give what a tuple holds: several types, or one and an ellipsis."""
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)
    return next((found for part in typing.get_args(hint) if (found := _items(part))), ())


def _words(hint: object) -> list[object]:
    """List the words that a field may hold, where these are few."""
    if typing.get_origin(hint) is Literal:
        return list(typing.get_args(hint))
    return [word for part in typing.get_args(hint) for word in _words(part)]


@cache
def _hints(kind: type) -> dict[str, Any]:
    try:
        return typing.get_type_hints(kind)
    except TypeError:
        # The type of a body with placeholders is written as a text, which cannot be evaluated; it has no few words.
        return {}
