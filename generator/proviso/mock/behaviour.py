"""One thing that the mock does, and whether documents say so."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One thing that the mock does. model: "" for all. value: the number, the word or the like that it comes down to.

    place: where the spec says it, or says that nobody does. sources: the documents, by their names in the spec.
    why: why it is guessed.
    """

    topic: str
    says: str
    documented: bool
    model: str = ""
    value: object = None
    place: Place | None = None
    sources: tuple[str, ...] = ()
    why: str | None = None
