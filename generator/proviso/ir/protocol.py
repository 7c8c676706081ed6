"""How a provider is spoken to: key, envelope, operations, jobs, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, Unknown, no_place
from proviso.ir.inputs import Condition

Phase = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderKey:
    """A key sent in a header, behind a prefix; the variable of the environment that holds it."""

    header: str
    prefix: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The outer wrapper of every JSON reply: where its code stands and which values mean yes."""

    at: str
    ok: tuple[Scalar, ...]
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMeaning:
    """What an HTTP status means at this provider."""

    status: int
    means: str
    says: str | None = None
    retry: bool | None = None
    billed: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How refusals look: paths to message and code, statuses, and whether they are billed."""

    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    statuses: tuple[StatusMeaning, ...] = ()
    billed: bool | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHeader:
    """A header worth keeping, and what it tells."""

    meaning: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One HTTP call: verb and path template, statuses that are read, values that it reports."""

    call: str
    reads: tuple[int, ...] = (200,)
    expired: tuple[int, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a job's state stands and the phase that each documented word means."""

    at: str
    phases: tuple[tuple[Scalar, Phase], ...]
    partial: str | None
    place: Place = no_place()


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
