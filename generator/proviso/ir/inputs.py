"""What goes in: parameters."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place
from proviso.ir.kinds import Kind
from proviso.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A documented input.

    default: what the documents say happens without it.
    unit: what its number, or the number of its items, counts in the formulas of a price.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    default: Scalar | None = None
    examples: tuple[Scalar, ...] = ()
    deprecated: str | None = None
    unit: Unit | None = None
    assumed: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()
