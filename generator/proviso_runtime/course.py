"""The words for the course of a job: its calls, its states, and when to ask about it. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from proviso_runtime.terms import CostAt, Phase, Scalar, Template

HTTP_STATUS: Final = "http-status"
"""In place of the path to the state: the HTTP status is the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How to ask that the reply to submit waits for the result, in a header or in the query.

    value: a text that holds {seconds}. most: the longest wait, in seconds.
    """

    most: float
    value: str = "{seconds}"
    header: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """The paid call that starts a job. reports: meaning -> path of a number worth handing on.

    like_poll: its reply tells what one to a poll would. wait: None where it cannot be asked to wait.
    """

    call: str
    id: str
    reports: Mapping[str, str] = field(default_factory=dict[str, str])
    cost: CostAt | None = None
    like_poll: bool = False
    wait: Patience | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A free call about a job: which statuses carry a body to read, which say it is gone.

    address: where the reply to submit gives the whole address; the call is for jobs of which only
    the id is known. body: JSON to send, whose texts may hold {id} and {model}.
    """

    call: str | None = None
    address: str | None = None
    body: Template = None
    reads: tuple[int, ...] = (200,)
    expired: tuple[int, ...] = ()
    reports: Mapping[str, str] = field(default_factory=dict[str, str])
    cost: CostAt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one path of a reply must find.

    is: one of the values. every: something, and all of it is among the values. some: one of the
    values at least once. given: something that is not null. absent: nothing, or null alone.
    """

    path: str
    how: Literal["is", "every", "some", "given", "absent"]
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The phase that a reply means for which all matches hold."""

    when: tuple[Match, ...]
    means: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the state stands and which phase each documented word means.

    at: a path, or HTTP_STATUS. Cases come before words, the first that holds counts.
    absent: the phase when there is no state.
    """

    at: str
    phases: Mapping[Scalar, Phase]
    cases: tuple[Case, ...] = ()
    absent: Phase | None = None
    ignore_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When to poll: first after so many seconds, then every so many, for limit in all.

    when: tells for params whether this pace holds; the last pace of a schedule has none.
    later: (age, every) for jobs that are older, in seconds. None: not documented.
    """

    when: Callable[[Mapping[str, object]], bool] | None = None
    first: float | None = None
    every: float | None = None
    later: tuple[tuple[float, float], ...] = ()
    limit: float | None = None
