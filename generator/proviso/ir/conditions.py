"""What a request must be like for something to hold: the `when` and `unless` of rules, paces and the rest.

A `when` is a tuple of conditions that all hold; the empty one always does.
"""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place
from proviso.ir.kinds import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """A parameter has one of some values.

    by_default: whether leaving it out means one of them; or_null: whether null means it as well.
    """

    parameter: str
    values: tuple[Scalar, ...]
    by_default: bool = False
    or_null: bool = False
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A parameter is a number of a range.

    by_default: whether leaving it out means such a number; or_null: whether null means it as well.
    """

    parameter: str
    range: Number
    by_default: bool = False
    or_null: bool = False
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A parameter is sent, or is left out where `given` is False."""

    parameter: str
    given: bool
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """Some conditions do not all hold."""

    conditions: tuple[Among | Within | Given, ...]
    place: Place = no_place()


Test = Among | Within | Given
Condition = Test | Unless
