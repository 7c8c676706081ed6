"""Entries as rows of plain values: amounts as exact text, addresses as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from proviso_runtime.ledger.changes import ALTERABLE
from proviso_runtime.ledger.entries import Entry

Value: TypeAlias = str | float | int | None

T = TypeVar("T")

COLUMNS = tuple(field.name for field in fields(Entry))
"""The fields of an entry, each a column of its own."""

NUMBERS = ("intended_at", "until", "accepted_at", "ended_at")
COUNTS = ("delivered",)
REQUIRED = ("id", "provider", "model", "state", "intended_at", "until", "body_sha256", "addresses")
AMOUNTS = ("hold", "least", "most", "charged")

_PLAIN = frozenset((str, float, int))
_values = attrgetter(*COLUMNS)
_alterable = attrgetter(*ALTERABLE)


def row(entry: Entry) -> tuple[Value, ...]:
    """Return the values of an entry in the order of `COLUMNS`."""
    return _plain(_values(entry))


def alterable(entry: Entry) -> tuple[Value, ...]:
    """Return the values that changes alter, in the order of `ALTERABLE`."""
    return _plain(_alterable(entry))


def entry(values: Sequence[Any]) -> Entry:
    """Make the entry of a row, given in the order of `COLUMNS`."""
    found = dict(zip(COLUMNS, values, strict=True))
    for name in AMOUNTS:
        if found[name] is not None:
            found[name] = Decimal(found[name])
    found["addresses"] = json.loads(found["addresses"]) if found["addresses"] else {}
    return Entry(**found)


def chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield values in pieces of a size that a statement can carry."""
    left = iter(values)
    while piece := tuple(islice(left, size)):
        yield piece


def _plain(values: Sequence[Any]) -> tuple[Value, ...]:
    return tuple([value if value is None or type(value) in _PLAIN else _written(value) for value in values])


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return json.dumps({**value}) if value else ""
    raise TypeError(f"an entry holds no {type(value).__name__}")
