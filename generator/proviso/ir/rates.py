"""How much a provider takes from one account: so many calls in a time, so many jobs at once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import no_place

Counted = Literal["requests", "submissions", "jobs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """So many of something: in any span of `per` seconds, or at once where that is None.

    least, most: what accounts are allowed, by their plans; the same number where all are alike.
    """

    of: Counted
    least: int
    most: int
    per: Decimal | None
    says: str | None = None
    assumed: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()
