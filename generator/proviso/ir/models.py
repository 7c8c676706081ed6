"""A hosted model and its provider, with everything that is documented about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from proviso.diagnostics import Place
from proviso.ir.access import Fixed, Setting, Way
from proviso.ir.base import Unknown, no_place
from proviso.ir.callbacks import Callback
from proviso.ir.evidence import Coverage, Doubt, ReplyWitness, RequestWitness, Source
from proviso.ir.inputs import Parameter
from proviso.ir.jobs import Job, Pace
from proviso.ir.layout import Beside, Body, BodyEncoding
from proviso.ir.money import Price, Prices, UnknownPrice
from proviso.ir.output import Output, OutputKind
from proviso.ir.rates import RateLimit
from proviso.ir.refusals import Envelope, Errors, ReplyHeader
from proviso.ir.results import Immediate, ResultsAt
from proviso.ir.rules import Rule
from proviso.ir.sizes import Sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A hosted model, with everything that it shares with its provider's others resolved.

    resend_for: for how many seconds a request with the same UUID, sent again, starts nothing new.
    rate: the limits of this model alone, beside those of the provider.
    """

    name: str
    id: str
    title: str
    summary: str
    deprecated: str | None
    output: Output
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    body: Body
    beside: tuple[Beside, ...]
    encoding: BodyEncoding
    resend_for: Decimal | None
    sizes: Sizes | None
    price: Price | Prices | UnknownPrice
    job: Job | None
    immediate: Immediate | None
    schedule: tuple[Pace, ...] | Unknown
    rate: tuple[RateLimit, ...] | Unknown
    callback: Callback | None
    errors: Errors | Unknown
    headers: tuple[Fixed, ...]
    query: tuple[Fixed, ...]
    replies: tuple[ReplyWitness, ...]
    witnesses: tuple[RequestWitness, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[str, ...]
    path: str
    place: Place = no_place()
    coverage: Coverage = field(default=Coverage(), compare=False, repr=False)

    @property
    def places(self) -> tuple[ResultsAt, ...]:
        """Every place of results: those of jobs, and those that come at once."""
        jobs, at_once = () if self.job is None else self.job.results, self.immediate
        if at_once is None:
            return jobs
        return (*jobs, *at_once.results, *(() if at_once.stream is None else at_once.stream.completed.results))

    @property
    def makes(self) -> tuple[OutputKind, ...]:
        """The kinds of results, what the model is for first."""
        stated = (one.kind for one in self.places if one.kind is not None)
        return tuple(dict.fromkeys((self.output.kind, *stated)))

    def parameter(self, name: str) -> Parameter | None:
        """Find a parameter by its wire name."""
        return next((one for one in self.parameters if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A company's hosted API. What its models share stands here once and in each of them."""

    name: str
    title: str
    base_url: str
    auth: tuple[Way, ...]
    settings: tuple[Setting, ...]
    origins: tuple[str, ...]
    headers: tuple[Fixed, ...]
    query: tuple[Fixed, ...]
    envelope: Envelope | None
    reply_headers: tuple[ReplyHeader, ...]
    errors: Errors | Unknown
    job: Job | None
    immediate: Immediate | None
    schedule: tuple[Pace, ...] | Unknown
    rate: tuple[RateLimit, ...] | Unknown
    sources: tuple[Source, ...]
    doubts: tuple[Doubt, ...]
    models: tuple[Model, ...]
    path: str
    place: Place = no_place()
    coverage: Coverage = field(default=Coverage(), compare=False, repr=False)
    base_url_place: Place = no_place()
    origins_place: Place = no_place()
