"""What is looked for in the holes of a citation: kinds and values, from the document that it stands in."""

from __future__ import annotations

from dataclasses import replace

from proviso.document import Document, Steps
from proviso.evidence import facts, kinds
from proviso.evidence.citations import Citation
from proviso.evidence.locators import Hole
from proviso.evidence.matching import Asking, Wanted
from proviso.evidence.scanning import Around, Ask


class Asker:
    """Tell for the holes of a document's citations what is looked for.

    document: a spec file. around: what its values are judged by.
    """

    def __init__(self, document: Document, around: Around) -> None:
        self.document = document
        self.around = around
        self._known: dict[tuple[int, int, str | None, bool], Wanted] = {}

    def asking(self, citation: Citation, key: str | None = None) -> Asking:
        """Give the function that matching asks.

        Args:
            citation: where the holes are.
            key: the member whose row is read, where the citation lists members.
        """

        def asked(hole: Hole, *, followed: bool, member: str | None = None) -> Wanted:
            return self.wanted(citation, hole, member or key, followed=followed)

        return asked

    def wanted(self, citation: Citation, hole: Hole, key: str | None, *, followed: bool = False) -> Wanted:
        """Tell what is looked for in a hole.

        Args:
            citation: where the hole is.
            hole: the hole.
            key: the member whose row is read.
            followed: whether something follows right behind the hole.
        """
        asked = (id(citation), hole.at, key, followed)
        if (found := self._known.get(asked)) is None:
            self._known[asked] = found = self._wanted(citation, hole, key, followed=followed)
        return found

    def _wanted(self, citation: Citation, hole: Hole, key: str | None, *, followed: bool) -> Wanted:
        if hole == citation.key_hole:
            container = facts.value_at(self.document.data, citation.each or ())
            known = tuple(map(str, container)) if isinstance(container, dict | list) else ()
            ask = Ask(expected=(), followed=followed, known=known, around=self.around)
            return Wanted(kind=hole.kind or "name", ask=ask)
        ways = citation.ways(hole, key)
        expected = tuple(map(self.expected, ways))
        kind = hole.kind or (kinds.of(self.document.data, ways[0], expected[0]) if ways else "word")
        if citation.each is not None and key is None:
            # Of which member the row is, is not known yet.
            expected = ()
        around = replace(self.around, blanked=self._blanked(ways[0])) if ways else self.around
        return Wanted(kind=kind, ask=Ask(expected=expected, followed=followed, around=around))

    def expected(self, steps: Steps) -> object:
        """Give the value of a fact, also of one that the spec implies by leaving it out.

        Args:
            steps: the way to it.
        """
        value = facts.value_at(self.document.data, steps)
        return facts.IMPLIED.get(str(steps[-1])) if value is None and steps else value

    def _blanked(self, steps: Steps) -> tuple[str, ...]:
        listed = facts.value_at(self.document.data, (*steps[:-1], "blanked"))
        return tuple(map(str, listed)) if isinstance(listed, list) else ()
