"""HTTP calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place

Template: TypeAlias = "Scalar | None | tuple[Template, ...] | Mapping[str, Template]"
"""JSON whose texts may hold {id} and {model}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAt:
    """Where a reply tells what the request costs, by a path or in a header; and in what: a currency such as USD, or credits."""

    at: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One HTTP call: verb and path template, statuses that are read, values that it reports.

    told, told_cost: what its headers report, as reports and cost do by paths.
    """

    call: str
    reads: tuple[int, ...] = (200,)
    expired: tuple[int, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    cost: CostAt | None = None
    told: tuple[tuple[str, str], ...] = ()
    told_cost: CostAt | None = None
    place: Place = no_place()
    call_place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A call about a job: its verb and path template, or where the reply to submit gives its address."""

    call: str | None
    address: str | None = None
    body: Template | None = None
    reads: tuple[int, ...] = (200,)
    expired: tuple[int, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    cost: CostAt | None = None
    place: Place = no_place()
    call_place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """A mode in which the reply to submit comes when the job is finished, or after so many seconds.

    value: a text that holds {seconds}. most: the longest wait, in seconds.
    """

    where: Literal["header", "query"]
    name: str
    value: str
    most: Decimal
    place: Place = no_place()
