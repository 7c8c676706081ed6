"""Rows: entries as databases keep them, in plain values, with amounts as exact text and addresses as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from proviso_runtime.ledger.entries import Entry

Value: TypeAlias = str | float | int | None

T = TypeVar("T")


@dataclass(slots=True)
class Row:
    """The values of an entry, for a store to read, alter and write back. Texts are empty where an entry has nothing."""

    id: str
    provider: str
    model: str
    state: str
    intended_at: float
    until: float
    body_sha256: str
    reference: str | None = None
    prompt: str | None = None
    job_id: str | None = None
    addresses: str = ""
    accepted_at: float | None = None
    ended_at: float | None = None
    currency: str | None = None
    hold: str | None = None
    least: str | None = None
    most: str | None = None
    charged: str | None = None
    charged_in: str | None = None
    charged_by: str | None = None
    delivered: int | None = None
    code: str | None = None
    why: str | None = None


COLUMNS = tuple(field.name for field in fields(Row))
ALTERABLE = (
    "state", "until", "job_id", "addresses", "accepted_at", "ended_at", "currency", "charged", "charged_in", "charged_by",
    "delivered", "code", "why",
)  # fmt: skip
"""The columns that later changes alter."""
NUMBERS = ("intended_at", "until", "accepted_at", "ended_at")
COUNTS = ("delivered",)
REQUIRED = ("id", "provider", "model", "state", "intended_at", "until", "body_sha256", "addresses")

_AMOUNTS = ("hold", "least", "most", "charged")
_PLAIN = (str, float, int)
_values = attrgetter(*COLUMNS)
_alterable = attrgetter(*ALTERABLE)


def values(row: Row) -> tuple[Value, ...]:
    """Return the values of a row in the order of `COLUMNS`. Raises TypeError for what no database holds."""
    return _checked(_values(row))


def alterable(row: Row) -> tuple[Value, ...]:
    """Return the values that changes alter, in the order of `ALTERABLE`. Raises TypeError for what no database holds."""
    return _checked(_alterable(row))


def entry(found: Sequence[Any]) -> Entry:
    """Make the entry of the values of a row, given in the order of `COLUMNS`."""
    told = dict(zip(COLUMNS, found, strict=True))
    for name in _AMOUNTS:
        if told[name] is not None:
            told[name] = Decimal(told[name])
    told["addresses"] = json.loads(told["addresses"]) if told["addresses"] else {}
    return Entry(**told)


def amount(given: object) -> str | None:
    """Write an amount with every digit. Raises TypeError for anything but a Decimal."""
    if given is None:
        return None
    if isinstance(given, Decimal):
        return str(given)
    raise TypeError(f"an amount is a Decimal, not {type(given).__name__}")


def addresses(given: Mapping[str, str]) -> str:
    """Write addresses as JSON."""
    return json.dumps({**given}) if given else ""


def chunks(given: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield values in pieces of a size that a statement can carry."""
    left = iter(given)
    while piece := tuple(islice(left, size)):
        yield piece


def _checked(found: tuple[Any, ...]) -> tuple[Value, ...]:
    for one in found:
        if one is not None and not isinstance(one, _PLAIN):
            raise TypeError(f"a row holds no {type(one).__name__}")
    return found
