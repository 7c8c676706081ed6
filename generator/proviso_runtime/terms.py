"""Closed sets of words that generated code and the runtime share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Scalar = str | int | float | Decimal | None
"""A value that is neither a list nor a mapping; bool is an int. Type and value are compared."""

Template: TypeAlias = "Scalar | list[Template] | dict[str, Template]"
"""JSON that a call carries. Texts in it may hold {id} and {model}."""

Phase = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "moderated"]

Means = Literal[
    "invalid",
    "unauthorized",
    "forbidden",
    "not-found",
    "method-not-allowed",
    "out-of-credit",
    "conflict",
    "expired",
    "retired",
    "rate-limited",
    "server",
    "unavailable",
    "timeout",
]

Kind = Literal["image", "video", "audio", "text"]
"""What a model makes."""

Form = Literal["url", "base64", "data-uri", "text", "file", "bytes"]
"""How a reply hands a result over: at an address, or in the reply itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAt:
    """Where a reply tells what the request costs, and in what: a currency such as USD, or credits."""

    at: str
    unit: str


Counted = Literal["requests", "submissions", "jobs"]
"""What a rate limit counts: every call, paid ones, or jobs that have not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How much of something a provider allows: so many in any span of `per` seconds, or at once where that is None."""

    of: Counted
    most: int
    per: float | None = None
