"""Prices: rates and formulas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from proviso.diagnostics import Place
from proviso.formulas import Formula
from proviso.ir.base import Unknown, no_place


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
