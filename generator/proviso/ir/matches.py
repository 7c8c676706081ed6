"""What is expected of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place

How = Literal["is", "every", "some", "given", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one path of a reply must find.

    is: one of the values. every: something, and all of it is among the values. some: one of the
    values at least once. given: something that is not null. absent: nothing, or null alone.
    """

    path: str
    how: How
    values: tuple[Scalar, ...] = ()
    place: Place = no_place()


Matches = tuple[Match, ...]
"""Matches that hold together; none of them hold always."""
