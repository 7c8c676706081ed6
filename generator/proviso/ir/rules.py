"""Conditions, and the rules between parameters."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A parameter has one of some values; `by_default` when leaving it out means one of them."""

    parameter: str
    values: tuple[Scalar, ...]
    by_default: bool
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Require:
    """Parameters that must be sent when every condition holds."""

    when: tuple[Condition, ...]
    parameters: tuple[str, ...]
    sources: tuple[str, ...] = ()
    place: Place = no_place()


Rule = Require
