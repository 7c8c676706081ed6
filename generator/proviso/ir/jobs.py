"""The course of a job."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, Unknown, no_place
from proviso.ir.conditions import Condition
from proviso.ir.matches import Matches
from proviso.ir.operations import Fetch, Operation, Patience
from proviso.ir.results import Empty, Failure, ResultsAt, Retention

Phase = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "moderated"]

HTTP_STATUS = "http-status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A phase that a reply means when all its matches hold."""

    when: Matches
    means: Phase
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a job's state stands and the phase that each documented word means.

    at: a path, or HTTP_STATUS. Cases come before words, the first that holds counts. absent: what it means when there is no state.
    """

    at: str
    phases: tuple[tuple[Scalar, Phase], ...]
    cases: tuple[Case, ...] = ()
    absent: Phase | None = None
    ignore_case: bool = False
    partial: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When to poll, in seconds; it holds where all its conditions do.

    later: (age, every) for jobs that are older than that.
    """

    when: tuple[Condition, ...] = ()
    first: Decimal | None = None
    every: Decimal | None = None
    later: tuple[tuple[Decimal, Decimal], ...] = ()
    limit: Decimal | None = None
    typical: tuple[Decimal, Decimal] | None = None
    assumed: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work accepted now and finished later. like_poll: the reply to submit tells what one to a poll would."""

    submit: Operation
    id: str
    like_poll: bool = False
    wait: Patience | None = None
    poll: Fetch
    collect: Fetch | None
    cancel: Fetch | None = None
    state: State
    failure: Failure | Unknown
    results: tuple[ResultsAt, ...]
    empty: tuple[Empty, ...]
    retention: Retention | Unknown
    place: Place = no_place()
