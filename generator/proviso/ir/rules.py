"""Rules between parameters."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import no_place
from proviso.ir.conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Require:
    """Parameters that must be sent when every condition holds."""

    when: tuple[Condition, ...]
    parameters: tuple[str, ...]
    sources: tuple[str, ...] = ()
    place: Place = no_place()


Rule = Require
