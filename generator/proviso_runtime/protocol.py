"""The words in which generated code states how a provider is spoken to. Data only.

A path is text as `paths` reads it, a call is a verb and a path template such as
`GET /jobs/{id}`, times are seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from proviso_runtime import course, keys, outcomes, proofs, terms, wanted

if TYPE_CHECKING:
    from proviso_runtime import quotes

Scalar = terms.Scalar
Template = terms.Template
Phase = terms.Phase
Means = terms.Means
Kind = terms.Kind
Form = terms.Form

CHOSEN_ID = "{uuid}"
"""In place of the path to a job's id: the client has chosen it, and the request carries it."""

HeaderKey = keys.HeaderKey
QueryKey = keys.QueryKey
BodyKey = keys.BodyKey
Signature = keys.Signature
Jwt = keys.Jwt
Setting = keys.Setting
Auth = keys.Auth

TypeBy = outcomes.TypeBy
Failed = outcomes.Failed
Empty = outcomes.Empty
ResultsAt = outcomes.ResultsAt
Resolve = outcomes.Resolve
Events = outcomes.Events
Stream = outcomes.Stream
CostAt = terms.CostAt
Rate = terms.Rate

SharedSecret = proofs.SharedSecret
SignedBody = proofs.SignedBody
Proof = proofs.Proof
Callback = proofs.Callback
HTTP_STATUS = course.HTTP_STATUS
Patience = course.Patience
Submit = course.Submit
Fetch = course.Fetch
Match = course.Match
Case = course.Case
State = course.State
Pace = course.Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The outer wrapper of a reply: which values at a path mean that it is one."""

    at: str
    ok: tuple[Scalar, ...]
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What an HTTP status or a code means. None: not documented."""

    means: Means
    retry: bool | None = None
    billed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Where a refusal lists what is wrong; place, message and code lead on from each entry."""

    at: str
    place: str | None = None
    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Where a refusal keeps its words, and what statuses and codes mean.

    in_success: what a reply with a status of success shows when it is a refusal all the same.
    """

    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    statuses: Mapping[int, Refusal] = field(default_factory=dict[int, Refusal])
    codes: Mapping[str, Refusal] = field(default_factory=dict[str, Refusal])
    in_success: tuple[Match, ...] = ()
    details: Details | None = None
    billed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A header that tells when to try again: in seconds or milliseconds, at a time since 1970, or on a date.

    limit: it tells when a rate limit ends, and so counts for refusals by that limit alone.
    """

    header: str
    unit: Literal["s", "ms", "unix", "date"]
    limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A company's hosted API. reply_headers: what a header means -> its name.

    alternatives: further ways to show a key. origins: further addresses that may be shown it.
    headers, query: what every call carries; {name} in them, in addresses and in calls is a setting.
    waits: the first that is there counts. rates: the documented limits of an account.
    """

    name: str
    title: str
    base_url: str
    auth: Auth
    alternatives: tuple[Auth, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict[str, Setting])
    origins: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    envelope: Envelope | None = None
    errors: Errors | None = None
    reply_headers: Mapping[str, str] = field(default_factory=dict[str, str])
    waits: tuple[Wait, ...] = ()
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a failed job keeps its reason."""

    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many seconds a result is kept, and from when."""

    seconds: float
    since: Literal["submission", "completion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The course of a job: submit, poll until an end, and collect where the result stands apart."""

    submit: Submit
    poll: Fetch
    state: State
    collect: Fetch | None = None
    cancel: Fetch | None = None
    failure: Failure | None = None
    results: tuple[ResultsAt, ...] = ()
    empty: tuple[Empty, ...] = ()
    schedule: tuple[Pace, ...] = ()
    retention: Retention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Immediate:
    """A paid call that answers with the result itself, of some media types, or with JSON that holds results.

    reports: meaning -> path of a number worth handing on. told, told_cost: the same, by names of headers.
    """

    call: str
    returns: tuple[str, ...] = ()
    results: tuple[ResultsAt, ...] = ()
    empty: tuple[Empty, ...] = ()
    stream: Stream | None = None
    reports: Mapping[str, str] = field(default_factory=dict[str, str])
    cost: CostAt | None = None
    told: Mapping[str, str] = field(default_factory=dict[str, str])
    told_cost: CostAt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A hosted model: its id, what it makes, and how it is asked.

    errors, headers, query: what is documented about this model, where that is not the provider's.
    quote: what a request costs. priced_by: the settings that it goes by.
    resend_for: for how many seconds the same request, sent again, starts nothing new; None where that is not documented.
    asked: reads off the params of a valid request what it asks for.
    rates: the limits that are documented for this model, beside those of the provider.
    """

    id: str
    kind: Kind
    job: Job | None = None
    immediate: Immediate | None = None
    errors: Errors | None = None
    callback: Callback | None = None
    headers: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    quote: Callable[..., quotes.Quote] | None = None
    priced_by: tuple[str, ...] = ()
    resend_for: float | None = None
    asked: Callable[[Mapping[str, object]], wanted.Asked] | None = None
    rates: tuple[Rate, ...] = ()
