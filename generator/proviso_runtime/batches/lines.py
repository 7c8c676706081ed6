"""The requests of a batch: one a line, each with a name in the ledger that stays when lines are moved about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

_DIGITS = 32  # hexadecimal digits of a digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One request. number: that of its line. params: its flat params. problem: why the line cannot be read."""

    number: int
    params: object = field(default=None, repr=False)
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with a line, or advised against; the other fields are those of a Violation."""

    line: int
    at: str
    rule: str
    message: str
    severity: Literal["error", "advice"]


def numbered(requests: Iterable[Line | Mapping[str, object]]) -> Iterator[Line]:
    """Give every request a number, from 1, unless it has one."""
    for number, one in enumerate(requests, 1):
        yield one if isinstance(one, Line) else Line(number=number, params=one)


def spelled(params: object) -> str:
    """Write params as JSON in the one way that depends on nothing but what they say."""
    return json.dumps(params, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return what params are recognised by, spelled as `spelled` does."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def reference(batch: str, told: str, number: int) -> str:
    """Name a request in the ledger. told: the digest of its params. number: which of equal ones it is, from 1."""
    return f"{prefix(batch)}{number}/{told}"


def prefix(batch: str) -> str:
    """Return how the names of all requests of a batch begin."""
    return f"{batch}/"
