"""Kinds of values, by their limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.ir.pixels import PixelLimits

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
    """A tier, or WIDTHxHEIGHT written with one of several separators and within limits where there are any."""

    tiers: tuple[str, ...]
    separators: tuple[str, ...]
    limits: PixelLimits | None = None


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
