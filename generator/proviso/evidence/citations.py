"""Where a spec says that pages state its facts: every `cite` of a document, with the facts that its holes name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from proviso.diagnostics import Diagnostic, Place
from proviso.document import Document, Steps
from proviso.evidence import facts, kinds, locators
from proviso.evidence.locators import Hole, Label, Locator

_PASSED_OVER = facts.WHOLE | {"cite"}
"""Keys below which nothing is cited: `cite` is a name like any other there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Say where pages state facts of one mapping.

    base: the way to the mapping. each: the way to the members that the locator lists, each by its name, or None.
    after, until: labels between which it is looked for.
    """

    document: Document
    base: Steps
    sources: tuple[str, ...]
    locator: Locator
    each: Steps | None
    after: Label | None
    until: Label | None
    place: Place

    def ways(self, hole: Hole, key: str | None = None) -> tuple[Steps, ...]:
        """Give the ways to the facts that a hole is for.

        Args:
            hole: a hole of the locator.
            key: the member of which the locator reads a row, where it lists members.
        """
        start = self.base if self.each is None or key is None else (*self.each, key)
        inside = facts.value_at(self.document.data, start)
        return tuple((*start, *facts.follow(inside, name)) for name in hole.names if not name.endswith("*"))

    @property
    def key_hole(self) -> Hole | None:
        """Give the hole that names the members, where the locator lists them."""
        return next((hole for hole in self.locator.holes() if hole.names and hole.names[0].endswith("*")), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Hold the citations of a document, and what is wrong with those that are none."""

    citations: tuple[Citation, ...]
    complaints: tuple[Diagnostic, ...]


def cited(document: Document) -> Cited:
    """Read the citations of a document.

    Args:
        document: a spec file of any shape; what is of a wrong shape is left to the shape's own complaints.
    """
    reader = _Reader(document)
    found = tuple(reader.below(document.data, ()))
    return Cited(citations=found, complaints=tuple(reader.complaints))


def sources_of(value: object) -> tuple[str, ...]:
    """Read what stands under `source`: a name or a list of names."""
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.complaints: list[Diagnostic] = []

    def below(self, value: object, steps: Steps, sources: tuple[str, ...] = ()) -> Iterator[Citation]:
        if steps in self.document.borrowed:
            return
        if isinstance(value, dict):
            sources = sources_of(value.get("source")) or sources
            if "cite" in value and facts.is_our_word("cite", steps):
                yield from self.own(value["cite"], steps, sources)
            for key, member in value.items():
                if key not in _PASSED_OVER or facts.holds_names(steps):
                    yield from self.below(member, (*steps, key), sources)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.below(item, (*steps, index), sources)

    def own(self, value: object, base: Steps, sources: tuple[str, ...]) -> Iterator[Citation]:
        at = (*base, "cite")
        listed = [((*at, index), one) for index, one in enumerate(value)] if isinstance(value, list) else [(at, value)]
        for steps, one in listed:
            if isinstance(one, str):
                yield from self.citation({"at": one}, steps, base, sources)
            elif isinstance(one, dict):
                yield from self.citation(one, steps, base, sources_of(one.get("source")) or sources)

    def citation(
        self, one: dict[str, object], steps: Steps, base: Steps, sources: tuple[str, ...]
    ) -> Iterator[Citation]:
        text = one.get("each", one.get("at"))
        if not isinstance(text, str):
            return
        place = self.document.place(*steps, "each" if "each" in one else "at")
        try:
            locator = locators.parse(text, kinds=kinds.NAMES)
        except locators.LocatorError as error:
            self.complaints.append(Diagnostic(place, f"{error} (character {error.at + 1} of the locator)", "locator"))
            return
        found = Citation(
            document=self.document,
            base=base,
            sources=sources,
            locator=locator,
            each=None,
            after=_label(one.get("after")),
            until=_label(one.get("until")),
            place=place,
        )
        yield self._listing(found) if "each" in one else found

    def _listing(self, found: Citation) -> Citation:
        hole = found.key_hole
        name = "" if hole is None else hole.names[0].rstrip("*").rstrip(".")
        inside = facts.value_at(self.document.data, found.base)
        each = (*found.base, *facts.follow(inside, name)) if name else found.base
        return replace(found, each=each)


def _label(value: object) -> Label | None:
    return locators.label_of(value) if isinstance(value, str) else None
