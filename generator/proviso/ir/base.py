"""What every part of the representation shares: scalars, places, and facts that are not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from proviso.diagnostics import Place

Scalar = str | int | bool | Decimal
NOWHERE = Place(path="", line=1, column=1)


def no_place() -> Place:
    """Make a dataclass field for a place, which takes no part in comparison."""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    return place


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A fact that the documents do not give, and how we know that they do not."""

    why: str
    place: Place = no_place()


def same(one: object, other: object) -> bool:
    """Tell whether two values of a spec are one: 1 and 1.0 are, 1 and true are not."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other
