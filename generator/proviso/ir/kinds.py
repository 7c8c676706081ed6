"""Kinds of simple values, by their limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.ir.base import Scalar
from proviso.ir.pixels import PixelLimits

UrlScheme = Literal["http", "https"]
MOST_DIGITS = 18
"""The greatest number of digits that a quantity is written with."""

TextFormat = Literal["binary", "data-uri", "base64", "uuid", "date-time"]
"""`binary` is a data URI whose content travels as a file of its own; the others travel as the text that they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text, by its length in characters and a pattern that some of it, or all of it, has."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few texts, integers or numbers (which are all Decimal), all of one type."""

    values: tuple[str, ...] | tuple[int, ...] | tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """Exactly one value."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An absolute web address, `https` alone or `http` as well, by its length in characters."""

    schemes: tuple[UrlScheme, ...]
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """Text of a format, by its length in characters, the media types it may name, and how many bytes it may hold."""

    format: TextFormat
    min_length: int | None = None
    max_length: int | None = None
    media_types: tuple[str, ...] = ()
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """Text of one of several formats, which share no text, by its length in characters; an arm has no length of its own."""

    arms: tuple[Url | Formatted, ...]
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelSize:
    """A tier, or WIDTHxHEIGHT written with one of several separators and within limits where there are any."""

    tiers: tuple[str, ...]
    separators: tuple[str, ...]
    limits: PixelLimits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitText:
    """A whole number with its unit behind it in one text, such as `5s`; every bound is inclusive."""

    unit: str
    minimum: int = 0
    maximum: int | None = None
    multiple_of: int | None = None


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
    multiple_of: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """true or false."""


SimpleKind = Text | Choice | Only | Url | Formatted | Mixed | PixelSize | UnitText | Integer | Number | Flag
