"""Citations that list members: the rows of a table, the parameters of a page, each by its name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from proviso.document import Steps
from proviso.evidence import facts
from proviso.evidence.citations import Citation, sources_of
from proviso.evidence.locators import Hole, Label, label_of
from proviso.evidence.matching import Match, Piece, loose, matches
from proviso.evidence.pieces import Pieces
from proviso.evidence.told import Missing, Reading, Span, Surplus, Told
from proviso.evidence.values import shown

LONGEST_MEMBER = 6_000
"""How many characters of the stream belong to the last member of a list."""
_SHOWN = 100
_MOST_ROWS = 2_000
Heads = list[tuple[str, Match]]


class Members:
    """Read the members that a citation lists.

    pieces: the reader of the page. citation: one with `each`.
    """

    def __init__(self, pieces: Pieces, citation: Citation, each: Steps, key_hole: Hole) -> None:
        self.pieces = pieces
        self.page = pieces.page
        self.citation = citation
        self.each = each
        self.key_hole = key_hole
        self.container = facts.value_at(pieces.asker.document.data, each)
        self.spans: dict[Steps, Span] = {}
        self.gone: set[Steps] = set()

    def read(self, region: Span | None) -> Iterator[Told]:
        """Yield what the page says; `spans` and `gone` then tell where the members are, and which are not there."""
        heads = [] if region is None else self._heads(region)
        if isinstance(self.container, list):
            yield self._listed(heads)
            return
        last = 0 if region is None or not heads else min(region[1], heads[-1][1].end + LONGEST_MEMBER)
        bounds = pairwise([*(match.start for _, match in heads), last])
        for rank, ((key, match), span) in enumerate(zip(heads, bounds, strict=False)):
            yield from self._member(key, match, span, rank)
        present = {key for key, _ in heads}
        for key in self._due():
            if key not in present:
                self.gone.add((*self.each, key))
                yield Missing(steps=(*self.each, key), citation=self.citation, nearest=None, is_member=True)

    def _member(self, key: str, match: Match, span: Span, rank: int) -> Iterator[Told]:
        steps = (*self.each, key)
        if not self._is_known(key):
            if key in self.pieces.asker.around.groups:
                return
            said = self.page.quoted(span[0], min(span[1], span[0] + _SHOWN))
            whole = (span[0], match.end)
            yield Surplus(steps=steps, citation=self.citation, said=said, span=whole, is_member=True, rank=rank)
            return
        self.spans.setdefault(steps, span)
        read = next((one for one in match.reads if one.hole == self.key_hole), None)
        where = (match.start, match.end) if read is None else (read.start, read.end)
        yield Reading(steps=steps, citation=self.citation, agrees=True, value=key, said=key, span=where, kind="member")
        yield from self.pieces.readings(self.citation, match, key)
        holes = {read.hole for read in match.reads}
        unread = [part for part in self.citation.locator.pieces[0] if isinstance(part, Hole) and part not in holes]
        yield from self.pieces.missing(self.citation, unread, where, key)
        for piece in self.citation.locator.pieces[1:]:
            yield from self.pieces.piece(self.citation, piece, [(match.end, span[1])], key)

    def _heads(self, region: Span) -> Heads:
        found: Heads = []
        head = self.citation.locator.pieces[0]
        for match in matches(self.page, head, region, self.pieces.asker.asking(self.citation)):
            key = next(shown(read.value) for read in match.reads if read.hole == self.key_hole)
            # A known member may stand twice, and then say two things.
            if len(found) < _MOST_ROWS and (self._is_known(key) or key not in {name for name, _ in found}):
                found.append((key, match))
        names = {name for name, _ in found}
        for name in self.container if isinstance(self.container, dict) else ():
            again = None if name in names else self._loose(name, region)
            if again is not None and not any(one.start <= again.start < one.end for _, one in found):
                found.append((name, again))
        return sorted(found, key=lambda item: item[1].start)

    def _is_known(self, key: str) -> bool:
        return isinstance(self.container, dict) and key in self.container

    def _loose(self, name: str, region: Span) -> Match | None:
        """Find a known member whose row no longer reads as it should."""
        head = self.citation.locator.pieces[0]
        if len(head) < 2:
            return None
        fixed = tuple(label_of(name) if part == self.key_hole else part for part in head)
        found = loose(self.page, fixed, region, self.pieces.asker.asking(self.citation, name))
        has_label = any(isinstance(part, Label) for part in head)
        if found is not None and (has_label or not all(read.raw for read in found.reads)):
            return found
        return self._begun(fixed, label_of(name), region)

    def _begun(self, fixed: Piece, name: Label, region: Span) -> Match | None:
        """Find a known member of whose row the beginning alone reads as it should: its name, and the label behind it."""
        asking = self.pieces.asker.asking(self.citation, name.text)
        behind = fixed.index(name) + 1
        if behind < len(fixed) and isinstance(fixed[behind], Label):
            for count in range(len(fixed) - 1, behind, -1):
                if (found := next(matches(self.page, fixed[:count], region, asking), None)) is not None:
                    return found
        return None

    def _listed(self, heads: Heads) -> Told:
        """Read a list whose items stand in rows of their own: it is one fact."""
        if not heads or not isinstance(self.container, list):
            return Missing(steps=self.each, citation=self.citation, nearest=None)
        items = [key for key, _ in heads]
        return Reading(
            steps=self.each,
            citation=self.citation,
            agrees={*items} == {shown(one) for one in self.container},
            value=items,
            said=shown(items),
            span=(heads[0][1].start, heads[-1][1].end),
            kind="list",
        )

    def _due(self) -> Iterator[str]:
        """Name the members that this page should state: those that have it as a source."""
        data = self.pieces.asker.document.data
        for key in self.container if isinstance(self.container, dict) else ():
            if self.page.name in sources_of(facts.source_around(data, (*self.each, key))):
                yield key
