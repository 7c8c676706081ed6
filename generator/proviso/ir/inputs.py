"""What goes in: parameters, and the kinds of values that are made of other values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place
from proviso.ir.kinds import Mixed, SimpleKind
from proviso.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list whose items are all of one kind."""

    items: Kind
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """An object with named members and no others."""

    members: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """A value of one of several kinds, no two of one JSON type.

    tag: the member whose value, which is fixed in each, tells the kinds apart where they are all objects.
    """

    arms: tuple[Kind, ...]
    tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nullable:
    """null, or a value of a kind that is not nullable itself."""

    of: SolidKind


SolidKind = SimpleKind | Sequence | Object | Union

Kind = SolidKind | Nullable


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Limits that the documents recommend and do not enforce, and why."""

    kind: SolidKind
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A documented input, or a member of one. `default` is what the documents say happens without it.

    name: a Python name for a parameter, the documents' own for the member of an object.
    wire: the documents' own name.
    unit: what its number, or the number of its items, counts in the formulas of a price.
    on_wire: "always" when the default is sent for what is left out, "never" when it must not be sent.
    """

    name: str
    wire: str
    kind: Kind
    description: str
    required: bool = False
    default: Scalar | None = None
    on_wire: Literal["always", "never"] | None = None
    advice: Advice | None = None
    examples: tuple[Scalar, ...] = ()
    deprecated: str | None = None
    unit: Unit | None = None
    assumed: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()


def bare(kind: Kind) -> SolidKind:
    """Give a kind without its null."""
    return kind.of if isinstance(kind, Nullable) else kind


def every_kind(kind: Kind) -> Iterator[Kind]:
    """Yield a kind and every kind inside it."""
    yield kind
    match kind:
        case Nullable(of=inner) | Sequence(items=inner):
            yield from every_kind(inner)
        case Object(members=members):
            for member in members:
                yield from every_kind(member.kind)
        case Union(arms=arms) | Mixed(arms=arms):
            for arm in arms:
                yield from every_kind(arm)
        case _:
            pass
