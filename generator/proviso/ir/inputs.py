"""What goes in: parameters, the rules between them, and the body that carries them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place

UrlScheme = Literal["http", "https"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text, by its length in characters."""

    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few texts or integers, all of one type."""

    values: tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An absolute web address; `https` alone, or `http` as well."""

    schemes: tuple[UrlScheme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelSize:
    """A tier, or WIDTHxHEIGHT written with one of several separators."""

    tiers: tuple[str, ...]
    separators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number; every bound is inclusive."""

    minimum: int | None = None
    maximum: int | None = None
    multiple_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with or without a fraction."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    exclusive_minimum: Decimal | None = None
    exclusive_maximum: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list whose items are all of one kind."""

    items: ItemKind
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


ItemKind = Text | Choice | Url | PixelSize | Integer | Number | Flag
Kind = ItemKind | Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A documented input. `default` is what the documents say happens without it."""

    name: str
    kind: Kind
    description: str
    required: bool = False
    default: Scalar | None = None
    examples: tuple[Scalar, ...] = ()
    deprecated: str | None = None
    assumed: str | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A member that is the same in every body."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The place of one parameter."""

    parameter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """An object with named members, in the documents' order."""

    members: tuple[tuple[str, Layout], ...]


Layout = Constant | Value | Members
