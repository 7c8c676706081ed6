"""The pieces of one citation on one page: values that stand in its holes, and those that no longer do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proviso.evidence import facts, kinds
from proviso.evidence.asking import Asker
from proviso.evidence.citations import Citation
from proviso.evidence.locators import Hole, Label
from proviso.evidence.matching import Match, Piece, Read, Wanted, agrees, loose, matches, span_of, value_of
from proviso.evidence.pages import Page
from proviso.evidence.told import Missing, Reading, Span, Surplus, Told
from proviso.evidence.values import shown

_NEARBY = 80


class Pieces:
    """Read pieces of locators off a page.

    page: the page. asker: what is looked for.
    """

    def __init__(self, page: Page, asker: Asker) -> None:
        self.page = page
        self.asker = asker

    def heads(self, citation: Citation, head: Piece, region: Span) -> list[Match]:
        """Find all places where a locator begins; where it fits nowhere, the one place where its labels do."""
        asking = self.asker.asking(citation)
        if found := list(matches(self.page, head, region, asking)):
            return found
        return [one for one in (loose(self.page, head, region, asking),) if one is not None]

    def piece(self, citation: Citation, piece: Piece, spans: list[Span], key: str | None) -> Iterator[Told]:
        """Read a piece behind a gap, once in each of the parts of the page in which it may stand."""
        asking = self.asker.asking(citation, key)
        found = [one for span in spans if (one := next(matches(self.page, piece, span, asking), None)) is not None]
        if not found:
            found = [one for span in spans if (one := loose(self.page, piece, span, asking)) is not None][:1]
        for one in found:
            yield from self.readings(citation, one, key)
        if not found:
            nearest = (spans[0][0], min(spans[0][1], spans[0][0] + _NEARBY)) if spans else None
            yield from self.missing(citation, (part for part in piece if isinstance(part, Hole)), nearest, key)

    def readings(self, citation: Citation, match: Match, key: str | None) -> Iterator[Told]:
        """Tell what stands in the holes of a piece."""
        for read in match.reads:
            wanted = self.asker.wanted(citation, read.hole, key)
            for index in range(len(wanted.ask.expected)):
                yield self._told(citation, read, wanted, index, key)

    def missing(
        self, citation: Citation, holes: Iterable[Hole], nearest: Span | None, key: str | None = None
    ) -> Iterator[Missing]:
        """Tell of which facts nothing was found."""
        for hole in holes:
            for steps in citation.ways(hole, key):
                if facts.value_at(self.asker.document.data, steps) is not None:
                    yield Missing(steps=steps, citation=citation, nearest=nearest)

    def nearest(self, head: Piece, region: Span) -> Span | None:
        """Find the place that begins most like a locator does."""
        label = next((part.text for part in head if isinstance(part, Label)), "")
        while len(label) > 2:
            if (at := self.page.folded.find(label, *region)) >= 0:
                return at, min(at + _NEARBY, region[1])
            label = label[: len(label) * 2 // 3]
        return None

    def _told(self, citation: Citation, read: Read, wanted: Wanted, index: int, key: str | None) -> Told:
        steps = citation.ways(read.hole, key)[index]
        value, expected = value_of(read, wanted, index), wanted.ask.expected[index]
        span = span_of(read, index)
        if expected is None:
            known = None if read.raw else value
            kind = wanted.kind
            return Surplus(steps=steps, citation=citation, said=shown(value), span=span, value=known, kind=kind)
        said = value if read.raw else kinds.KINDS[wanted.kind].told(value, expected, wanted.ask.around)
        return Reading(
            steps=steps,
            citation=citation,
            agrees=agrees(read, wanted, index),
            value=None if read.raw else value,
            said=shown(said),
            span=span,
            kind="words" if read.hole.says is not None else wanted.kind,
        )
