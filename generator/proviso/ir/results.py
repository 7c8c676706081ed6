"""What comes out: at once, by callback, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Unknown, no_place
from proviso.ir.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a failed job says why. The set of codes is open unless `open` is None."""

    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    open: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a result can be fetched."""

    seconds: Decimal
    since: Literal["submission", "completion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Immediate:
    """An operation that answers at once with the bytes of the result."""

    operation: Operation
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A reply that the provider sends to an address of the caller's."""

    parameter: str
    body: str | Unknown
    acknowledge: int | None
    within: Decimal | None
    retries: int | None
    signature: Unknown | None
    says: str | None = None
