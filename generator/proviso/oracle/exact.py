"""JSON values as Python has them: specs keep exact numbers, replies and bodies carry plain ones."""

from __future__ import annotations

import json
from decimal import Decimal


def plain(value: object) -> object:
    """Return a value of a spec as a JSON parser would have given it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dict():
            return {name: plain(member) for name, member in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return value


def encoded(value: object) -> bytes:
    """Return a value as JSON text; exact numbers keep all their digits."""
    return json.dumps(plain(value), ensure_ascii=False).encode()


def same(one: object, other: object) -> bool:
    """Say whether two JSON values agree: true is not 1, and 2.0 is 2."""
    match one, other:
        case bool(), _:
            return one is other
        case _, bool():
            return False
        case int() | float() | Decimal(), int() | float() | Decimal():
            return one == other
        case list(), list():
            return len(one) == len(other) and all(map(same, one, other))
        case dict(), dict():
            return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
        case _:
            return type(one) is type(other) and one == other


def key(value: object) -> object:
    """Return what two JSON values share exactly when they agree."""
    match value:
        case bool() | str() | None:
            return type(value), value
        case list():
            return (list, *map(key, value))
        case dict():
            return frozenset((name, key(member)) for name, member in value.items())
        case _:
            return value
