"""What an oracle is asked about: a model at a provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proviso import ir

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

Params = Mapping[str, object]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Subject:
    """A model at a provider, as their documents have them."""

    provider: ir.Provider
    model: ir.Model

    def __repr__(self) -> str:
        return f"{self.provider.name}/{self.model.name}"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: object) -> None:
        printer.text(repr(self))
