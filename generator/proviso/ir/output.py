"""What comes out: its kind, its count, its format, and whether it has the pixels that a request names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Unknown, no_place
from proviso.ir.conditions import Condition

OutputKind = Literal["image", "video", "audio", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIs:
    """A media type."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeAt:
    """The path to a media type within a result."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeBy:
    """A media type that a parameter chooses; default is what the parameter counts as when it is left out."""

    parameter: str
    types: tuple[tuple[str, str], ...]
    default: str | None
    place: Place = no_place()


MediaType = TypeIs | TypeAt | TypeBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """The requests whose images have exactly the pixels that they name.

    of: the parameters that name them; None where that is said nowhere.
    """

    of: tuple[str, ...] | None = None
    when: tuple[Condition, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a model makes, and the parameter or number that says how many.

    at_most: fewer may come than are asked for. media_type: the format, where a parameter chooses it.
    """

    kind: OutputKind
    count: str | int
    at_most: bool = False
    media_type: TypeBy | None = None
    pixels: Sized | Unknown | None = None
