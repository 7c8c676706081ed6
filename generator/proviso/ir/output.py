"""What comes out: its kind and count, its size in pixels, and its price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.formulas import Formula
from proviso.ir.base import Unknown, no_place

OutputKind = Literal["image"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a model makes, and the parameter or number that says how many."""

    kind: OutputKind
    count: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """The pixels (width, height) of one combination of values."""

    values: tuple[str, ...]
    pixels: tuple[int, int]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Pixels by the values of some parameters, a row for every combination."""

    by: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A price for one unit."""

    name: str
    amount: Decimal
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Rates, and the formulas for what is held on acceptance and charged in the end."""

    currency: str
    rates: tuple[Rate, ...]
    hold: Formula | Unknown
    charge: Formula | Unknown
    sources: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPrice:
    """A price that the documents do not print, and the parameters that they say it depends on."""

    why: str
    depends_on: tuple[str, ...] = ()
    place: Place = no_place()
