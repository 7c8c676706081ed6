"""HTTP calls."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import no_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One HTTP call: verb and path template, statuses that are read, values that it reports."""

    call: str
    reads: tuple[int, ...] = (200,)
    expired: tuple[int, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    place: Place = no_place()
    call_place: Place = no_place()
