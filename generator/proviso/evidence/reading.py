"""One page read by the citations of one document: what stands now where each fact is cited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from proviso.document import Document, Steps
from proviso.evidence.asking import Asker
from proviso.evidence.citations import Citation
from proviso.evidence.locators import Label, LineStart
from proviso.evidence.matching import Match, Piece, matches
from proviso.evidence.members import Members
from proviso.evidence.pages import Page
from proviso.evidence.pieces import Pieces
from proviso.evidence.scanning import Around
from proviso.evidence.told import Span, Told

LONGEST_GAP = 6_000
"""How many characters of the stream may lie between the first and the last label of a locator."""

_MOST_REGIONS = 20


class Reader:
    """Read one page for one document.

    document: a spec file. page: a captured page. around: what values are judged by.
    """

    def __init__(self, document: Document, page: Page, around: Around) -> None:
        self.page = page
        self.pieces = Pieces(page, Asker(document, around))
        self.spans: dict[Steps, Span] = {}
        self.gone: set[Steps] = set()

    def read(self, citations: tuple[Citation, ...]) -> Iterator[Told]:
        """Yield what the page says for all citations; those that list members first, since they bound the others."""
        for citation in sorted(citations, key=lambda one: one.each is None):
            if citation.each is not None and citation.key_hole is not None:
                members = Members(self.pieces, citation, citation.each, citation.key_hole)
                yield from members.read(self._region(citation, (0, len(self.page.text))))
                self.spans |= members.spans
                self.gone |= members.gone
            elif not any(citation.base[: len(steps)] == steps for steps in self.gone):
                yield from self._one(citation, self._region(citation, self._around(citation)))

    def _around(self, citation: Citation) -> Span:
        """Give the part of the page that a citation is about: that of the member that it stands in, or all."""
        found = (span for steps, span in self.spans.items() if citation.base[: len(steps)] == steps)
        return next(found, (0, len(self.page.text)))

    def _region(self, citation: Citation, span: Span) -> Span | None:
        """Give the part between `after` and `until`; of several, as below a list of contents, the first that has a row."""
        regions = list(islice(self._regions(citation, span), _MOST_REGIONS))
        if len(regions) > 1:
            head, asking = citation.locator.pieces[0], self.pieces.asker.asking(citation)
            fitting = (one for one in regions if next(matches(self.page, head, one, asking), None) is not None)
            return next(fitting, regions[0])
        return regions[0] if regions else None

    def _regions(self, citation: Citation, span: Span) -> Iterator[Span]:
        start, last = span
        while start <= last:
            if citation.after is not None:
                at = self.page.folded.find(citation.after.text, start, last)
                if at < 0:
                    return
                start = at + len(citation.after.text)
            end = -1 if citation.until is None else self.page.folded.find(citation.until.text, start, last)
            yield start, end if end >= 0 else last
            if end < 0 or citation.after is None:
                return
            start = end

    def _one(self, citation: Citation, region: Span | None) -> Iterator[Told]:
        head, *rest = citation.locator.pieces
        heads = [] if region is None else self.pieces.heads(citation, head, region)
        if region is None or not heads:
            nearest = None if region is None else self.pieces.nearest(head, region)
            yield from self.pieces.missing(citation, citation.locator.holes(), nearest)
            return
        for found in heads:
            yield from self.pieces.readings(citation, found, None)
        spans = self._spans(head, heads, region)
        for piece in rest:
            yield from self.pieces.piece(citation, piece, spans, None)

    def _spans(self, head: Piece, heads: list[Match], region: Span) -> list[Span]:
        """Give what lies behind each place where a locator begins, up to the next such place."""
        first = next((part for part in head if not isinstance(part, LineStart)), None)
        spans = []
        for found in heads:
            end = min(region[1], found.end + LONGEST_GAP)
            again = self.page.folded.find(first.text, found.end, end) if isinstance(first, Label) else -1
            spans.append((found.end, again if again >= 0 else end))
        return spans
