"""What providers document, in their own words: the intermediate representation.

Frozen data that knows nothing of YAML, Jinja or Python spelling. Names are wire
names. Every node that a complaint may speak of carries its place in the spec;
places never take part in comparison, so two specs that say the same are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.access import (
    Algorithm,
    BodyKey,
    Encoding,
    Fixed,
    HeaderKey,
    QueryKey,
    Setting,
    Signature,
    Way,
)
from proviso.ir.base import NOWHERE, Scalar, Unknown, no_place, same
from proviso.ir.conditions import Among, Condition, Given, Test, Unless, Within
from proviso.ir.evidence import Claim, Doubt, ReplyWitness, RequestWitness, Source
from proviso.ir.inputs import Advice, Kind, Nullable, Object, Parameter, Sequence, SolidKind, Union, bare, every_kind
from proviso.ir.jobs import HTTP_STATUS, Case, Job, Pace, Phase, State
from proviso.ir.kinds import (
    MOST_DIGITS,
    Choice,
    Flag,
    Formatted,
    Integer,
    Number,
    Only,
    PixelSize,
    SimpleKind,
    Text,
    TextFormat,
    UnitText,
    Url,
    UrlScheme,
)
from proviso.ir.layout import Constant, Layout, Members, Value
from proviso.ir.matches import How, Match, Matches
from proviso.ir.money import (
    Amount,
    AmountCase,
    Band,
    Bands,
    Cases,
    Free,
    Period,
    Price,
    Prices,
    Quantity,
    Range,
    Rate,
    Reckoned,
    Table,
    TableRow,
    UnknownPrice,
    Where,
)
from proviso.ir.operations import Fetch, Operation, Patience, Template
from proviso.ir.output import Output, OutputKind
from proviso.ir.pixels import PixelLimits, Ratio, Side
from proviso.ir.refusals import CodeMeaning, Details, Envelope, Errors, ReplyHeader, StatusMeaning, TimeUnit
from proviso.ir.results import (
    Callback,
    Empty,
    Failed,
    Failure,
    Form,
    Immediate,
    MediaType,
    ResultsAt,
    Retention,
    TypeAt,
    TypeBy,
    TypeIs,
)
from proviso.ir.rules import (
    AnyOf,
    Counting,
    EqualCounts,
    Forbid,
    Group,
    Limit,
    Pixels,
    Require,
    Rule,
    Sets,
    Stated,
    Together,
    Total,
)
from proviso.ir.sizes import SizeRow, Sizes

__all__ = [
    "HTTP_STATUS",
    "MOST_DIGITS",
    "NOWHERE",
    "Advice",
    "Algorithm",
    "Among",
    "Amount",
    "AmountCase",
    "AnyOf",
    "Band",
    "Bands",
    "BodyKey",
    "Callback",
    "Case",
    "Cases",
    "Choice",
    "Claim",
    "CodeMeaning",
    "Condition",
    "Constant",
    "Counting",
    "Details",
    "Doubt",
    "Empty",
    "Encoding",
    "Envelope",
    "EqualCounts",
    "Errors",
    "Failed",
    "Failure",
    "Fetch",
    "Fixed",
    "Flag",
    "Forbid",
    "Form",
    "Formatted",
    "Free",
    "Given",
    "Group",
    "HeaderKey",
    "How",
    "Immediate",
    "Integer",
    "Job",
    "Kind",
    "Layout",
    "Limit",
    "Match",
    "Matches",
    "MediaType",
    "Members",
    "Model",
    "Nullable",
    "Number",
    "Object",
    "Only",
    "Operation",
    "Output",
    "OutputKind",
    "Pace",
    "Parameter",
    "Patience",
    "Period",
    "Phase",
    "PixelLimits",
    "PixelSize",
    "Pixels",
    "Price",
    "Prices",
    "Provider",
    "Quantity",
    "QueryKey",
    "Range",
    "Rate",
    "Ratio",
    "Reckoned",
    "ReplyHeader",
    "ReplyWitness",
    "RequestWitness",
    "Require",
    "ResultsAt",
    "Retention",
    "Rule",
    "Scalar",
    "Sequence",
    "Sets",
    "Setting",
    "Side",
    "Signature",
    "SimpleKind",
    "SizeRow",
    "Sizes",
    "SolidKind",
    "Source",
    "State",
    "Stated",
    "StatusMeaning",
    "Table",
    "TableRow",
    "Template",
    "Test",
    "Text",
    "TextFormat",
    "TimeUnit",
    "Together",
    "Total",
    "TypeAt",
    "TypeBy",
    "TypeIs",
    "Union",
    "UnitText",
    "Unknown",
    "UnknownPrice",
    "Unless",
    "Url",
    "UrlScheme",
    "Value",
    "Way",
    "Where",
    "Within",
    "bare",
    "every_kind",
    "same",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A hosted model, with everything that it shares with its provider's others resolved."""

    name: str
    id: str
    title: str
    summary: str
    deprecated: str | None
    output: Output
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    body: Members
    sizes: Sizes | None
    price: Price | Prices | UnknownPrice
    job: Job | None
    immediate: Immediate | None
    schedule: tuple[Pace, ...] | Unknown
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

    @property
    def makes(self) -> tuple[OutputKind, ...]:
        """The kinds of results, what the model is for first."""
        places = () if self.job is None else self.job.results
        places += () if self.immediate is None else self.immediate.results
        return tuple(dict.fromkeys((self.output.kind, *(one.kind for one in places if one.kind is not None))))

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
    sources: tuple[Source, ...]
    doubts: tuple[Doubt, ...]
    models: tuple[Model, ...]
    path: str
    place: Place = no_place()
    base_url_place: Place = no_place()
    origins_place: Place = no_place()
