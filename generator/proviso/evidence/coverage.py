"""How many facts of a document a page is cited for, how many are assumed, and how many are neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from proviso.document import Document, Steps
from proviso.evidence import facts
from proviso.evidence.citations import Citation, cited, sources_of
from proviso.evidence.facts import Fact, value_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Hold the facts of a document, each in one of three groups; `doubted` are those of them that a doubt touches.

    unknown: the ways to what the pages do not say.
    """

    cited: tuple[Fact, ...]
    assumed: tuple[Fact, ...]
    neither: tuple[Fact, ...]
    doubted: tuple[Fact, ...]
    unknown: tuple[Steps, ...]

    @property
    def facts(self) -> int:
        """Count all facts."""
        return len(self.cited) + len(self.assumed) + len(self.neither)


def covered(document: Document) -> Covered:
    """Tell of all facts of a document how they are known.

    Args:
        document: a spec file of any shape.
    """
    listed = facts.facts(document)
    bound = {steps for citation in cited(document).citations for steps in bound_by(citation)}
    by_page = tuple(fact for fact in listed if fact.steps in bound)
    others = [fact for fact in listed if fact.steps not in bound]
    touched = touched_by_doubts(document)
    return Covered(
        cited=by_page,
        assumed=tuple(fact for fact in others if _is_assumed(document, fact.steps)),
        neither=tuple(fact for fact in others if not _is_assumed(document, fact.steps)),
        doubted=tuple(fact for fact in listed if any(str(step) in touched for step in fact.steps)),
        unknown=tuple(_unknown(document, document.data, ())),
    )


def bound_by(citation: Citation) -> Iterator[Steps]:
    """Yield the ways to the facts that a citation is for.

    Args:
        citation: a citation of the document.
    """
    keys: tuple[str | None, ...] = (None,)
    if citation.each is not None:
        container = value_at(citation.document.data, citation.each)
        if isinstance(container, list):
            yield citation.each
        keys = tuple(members_due(citation, container)) if isinstance(container, dict) else ()
    for key in keys:
        for hole in citation.locator.holes():
            yield from citation.ways(hole, key)


def members_due(citation: Citation, container: Mapping[str, object]) -> Iterator[str]:
    """Yield the members that the pages of a citation state: those that have one of them as a source.

    Args:
        citation: one that lists members.
        container: the mapping that holds them.
    """
    for key in container:
        around = sources_of(facts.source_around(citation.document.data, (*(citation.each or ()), key)))
        if not {*around}.isdisjoint(citation.sources):
            yield key


def touched_by_doubts(document: Document) -> set[str]:
    """Name the parameters and sections that doubts of a document touch.

    Args:
        document: a spec file of any shape.
    """
    doubts = value_at(document.data, ("doubts",))
    return {
        name
        for doubt in (doubts if isinstance(doubts, list) else [])
        for name in sources_of(doubt.get("touches") if isinstance(doubt, dict) else None)
    }


def _is_assumed(document: Document, steps: Steps) -> bool:
    around = (value_at(document.data, steps[:length]) for length in range(1, len(steps)))
    return any(isinstance(one, dict) and not {"assumed", "assembled"}.isdisjoint(one) for one in around)


def _unknown(document: Document, value: object, steps: Steps) -> Iterator[Steps]:
    match value:
        case _ if steps in document.borrowed or steps == ("sources",):
            pass
        case dict() if "unknown" in value:
            yield steps
        case _ if steps and steps[-1] in facts.WHOLE:
            pass
        case dict():
            for key, member in value.items():
                yield from _unknown(document, member, (*steps, key))
        case list():
            for index, item in enumerate(value):
                yield from _unknown(document, item, (*steps, index))
        case _:
            pass
