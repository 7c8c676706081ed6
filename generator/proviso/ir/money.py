"""Prices: rates, formulas, and what is not known before sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.formulas import Formula
from proviso.ir.base import Scalar, Unknown, no_place
from proviso.ir.conditions import Condition

Period = Literal["day", "week", "month", "year", "account"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A formula, and where it stands."""

    formula: Formula
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number that is not known before sending: at least `minimum`, at most `maximum` where that is documented."""

    minimum: Decimal
    maximum: Decimal | None
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """The amount of one combination of values; None stands for a parameter that is left out, or null."""

    values: tuple[Scalar | None, ...]
    amount: Decimal | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Amounts by the values of some parameters, a row for every combination."""

    by: tuple[str, ...]
    rows: tuple[TableRow, ...]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The amount of quantities up to a limit; the last band has none."""

    up_to: Decimal | None
    amount: Decimal | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Amounts by a quantity. With `marginal` each part of the quantity has the amount of its own band."""

    of: Reckoned
    bands: tuple[Band, ...]
    marginal: bool
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountCase:
    """An amount, and the conditions under which it counts; the last case has none."""

    when: tuple[Condition, ...]
    amount: Decimal | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Amounts by conditions: the first case whose conditions all hold counts."""

    cases: tuple[AmountCase, ...]
    place: Place = no_place()


Amount = Decimal | Table | Bands | Cases | Range | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An amount in a unit or currency (`number` for none), for every `each` of some units."""

    name: str
    amount: Amount
    unit: str
    per: tuple[str, ...] = ()
    each: Decimal = Decimal(1)
    sources: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity in a unit that the provider measures, and that no request fixes."""

    name: str
    unit: str
    range: Range
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """A quota that costs nothing: so much `of` a unit or currency, anew `per` day, week, month or year, or once."""

    amount: Decimal
    of: str
    per: Period
    says: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A setting of the provider's, and the values of it for which a price holds."""

    setting: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Rates, and the formulas for what is held on acceptance and charged in the end.

    where: settings for which alone it holds.
    since, until: the first and the last day on which it holds, such as 2026-01-31; None for no bound.
    """

    currency: str
    rates: tuple[Rate, ...]
    hold: Reckoned | Unknown
    charge: Reckoned | Unknown
    measured: tuple[Quantity, ...] = ()
    free: Free | None = None
    where: tuple[Where, ...] = ()
    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()

    @property
    def reckoned(self) -> Iterator[tuple[str, Reckoned]]:
        """Yield the formulas that are documented, by what they are for."""
        for name, one in (("hold", self.hold), ("charge", self.charge)):
            if isinstance(one, Reckoned):
                yield name, one


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Prices in several currencies, for several settings or times, or one that does not always hold; the first is the usual one."""

    prices: tuple[Price, ...]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPrice:
    """A price that the documents do not print, and the parameters that they say it depends on."""

    why: str
    depends_on: tuple[str, ...] = ()
    place: Place = no_place()
