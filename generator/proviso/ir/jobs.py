"""The course of a job."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, Unknown, no_place
from proviso.ir.operations import Operation
from proviso.ir.results import Failure, Retention
from proviso.ir.rules import Condition

Phase = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a job's state stands and the phase that each documented word means."""

    at: str
    phases: tuple[tuple[Scalar, Phase], ...]
    partial: str | None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When to poll, in seconds; it holds where all its conditions do."""

    when: tuple[Condition, ...] = ()
    first: Decimal | None = None
    every: Decimal | None = None
    limit: Decimal | None = None
    typical: tuple[Decimal, Decimal] | None = None
    assumed: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work accepted now and finished later."""

    submit: Operation
    id: str
    poll: Operation
    collect: Operation | None
    state: State
    failure: Failure | Unknown
    results: tuple[str, ...]
    retention: Retention | Unknown
    place: Place = no_place()
