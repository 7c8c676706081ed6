"""Rules between parameters.

Every rule holds when its conditions do; one with `advice`, which says why, refuses no request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place
from proviso.ir.conditions import Condition
from proviso.ir.inputs import Kind
from proviso.ir.pixels import PixelLimits

Together = Literal["at_most_one", "exactly_one", "at_least_one", "all_or_none"]
Counting = Literal["sum", "product"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What every rule has."""

    when: tuple[Condition, ...] = ()
    advice: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Require(Stated):
    """Parameters that must be sent."""

    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbid(Stated):
    """Parameters that must not be sent; those that are ignored may be, to no effect."""

    parameters: tuple[str, ...]
    ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Stated):
    """How many of some parameters may be sent together."""

    how: Together
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Stated):
    """Narrower limits of some parameters, where they are sent."""

    limits: tuple[tuple[str, Kind], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels(Stated):
    """Limits of the size that one text, or two integers, name; a side that is left out counts as its default."""

    parameters: tuple[str, ...]
    limits: PixelLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Stated):
    """Limits of which at least one set is kept; the options have no conditions of their own."""

    options: tuple[Limit | Pixels, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Stated):
    """Bounds of the sum or product of counts: integers as they are, lists by their length.

    What is left out counts as its default, a list as 0, and an integer without a default is passed over.
    """

    how: Counting
    parameters: tuple[str, ...]
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualCounts(Stated):
    """Lists of one length; a list that is left out has none."""

    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets(Stated):
    """Values that are fixed: a parameter that is sent has its one."""

    values: tuple[tuple[str, Scalar], ...]


Rule = Require | Forbid | Group | Limit | Pixels | AnyOf | Total | EqualCounts | Sets
