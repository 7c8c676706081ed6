"""Tables of pixels."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import no_place


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """The pixels (width, height) of one combination of values."""

    values: tuple[str, ...]
    pixels: tuple[int, int]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Pixels by the values of some parameters, a row for every combination; `partial` says why some have none."""

    by: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    partial: str | None = None
    place: Place = no_place()
