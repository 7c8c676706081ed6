"""Citations that cannot be meant: holes for no fact, labels that are sentences, locators that could match anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from proviso.diagnostics import Diagnostic, did_you_mean, quoted
from proviso.document import Document, Folder, Steps
from proviso.evidence import facts, kinds
from proviso.evidence.citations import Citation, cited
from proviso.evidence.coverage import members_due
from proviso.evidence.locators import Hole, Label, LineStart
from proviso.evidence.values import shown

MOST_WORDS = 6
MOST_LETTERS = 40
_FEWEST_LETTERS = 3


def complaints(folder: Folder) -> tuple[Diagnostic, ...]:
    """Tell what is wrong with the citations of a provider.

    Args:
        folder: its spec files, which have the right shape.
    """
    sources = facts.value_at(folder.provider.data, ("sources",))
    known = tuple(sources) if isinstance(sources, dict) else ()
    return tuple(one for document in (folder.provider, *folder.models) for one in _of_document(document, known))


def _of_document(document: Document, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    found = cited(document)
    yield from found.complaints
    for citation in found.citations:
        for source in citation.sources:
            if source not in known:
                hint = did_you_mean(source, known) or f"; there are {', '.join(known)}"
                yield _complaint(citation, f"no source is named {quoted(source)}{hint}")
        yield from _holes(citation)
        yield from _labels(citation)
        yield from _anchors(citation, found.citations)
    yield from _twins(found.citations)


def _complaint(citation: Citation, message: str) -> Diagnostic:
    return Diagnostic(citation.place, message, "cite")


def _holes(citation: Citation) -> Iterator[Diagnostic]:
    holes = citation.locator.holes()
    names = [hole for hole in holes if hole.names and hole.names[0].endswith("*")]
    if citation.each is None and names:
        yield _complaint(citation, f"{quoted(names[0].names[0])} names members; such a locator stands under each")
        return
    if citation.each is not None:
        container = facts.value_at(citation.document.data, citation.each)
        if len(names) != 1 or names[0] not in citation.locator.pieces[0]:
            message = "one hole before the first gap names the members, such as {parameters.*}"
            yield _complaint(citation, message)
            return
        if not isinstance(container, dict | list):
            yield _complaint(citation, f"{quoted(facts.named(citation.each))} has no members to list")
            return
    if not any(hole.names for hole in holes):
        yield _complaint(citation, "it has no hole for a fact; write one where the page has the value, as {maximum}")
    for hole in holes:
        if hole not in names:
            yield from _hole(citation, hole)


def _hole(citation: Citation, hole: Hole) -> Iterator[Diagnostic]:
    data = citation.document.data
    keys: list[str | None] = [None]
    if citation.each is not None:
        container = facts.value_at(data, citation.each)
        keys = list(members_due(citation, container)) if isinstance(container, dict) else []
    for index, name in enumerate(hole.names):
        ways = [citation.ways(hole, key)[index] for key in keys]
        # The layout of a page has room for facts that no member has so far.
        is_roomy = citation.each is not None and name in kinds.KEYS
        if not is_roomy and not any(_is_fact(data, way) for way in ways):
            around = facts.value_at(data, ways[0][:-1]) if ways else None
            options = [key for key in around if facts.is_our_word(str(key), ())] if isinstance(around, dict) else []
            near = did_you_mean(name, [str(key) for key in (around if isinstance(around, dict) else ())] or options)
            kind = name.rpartition(":")[2] if ":" in name else ""
            hint = did_you_mean(kind, kinds.NAMES) if kind else near
            yield _complaint(citation, f"{quoted(name)} is no fact of this mapping{hint}")


def _is_fact(data: object, steps: Steps) -> bool:
    return facts.value_at(data, steps) is not None or (bool(steps) and steps[-1] in facts.IMPLIED)


def _labels(citation: Citation) -> Iterator[Diagnostic]:
    labels = [(label.text, label.words) for label in citation.locator.labels()]
    said = [hole.says for hole in citation.locator.holes() if hole.says is not None]
    for text, words in [*labels, *((one.text, one.words) for one in said)]:
        if words > MOST_WORDS or len(text) > MOST_LETTERS:
            message = (
                f"it quotes {words} words in one piece; a locator quotes labels of {MOST_WORDS} words"
                f" or {MOST_LETTERS} letters at most, with … for what lies between"
            )
            yield _complaint(citation, message)


def _anchors(citation: Citation, others: tuple[Citation, ...]) -> Iterator[Diagnostic]:
    """Tell of what could stand anywhere on a page: a piece without a label, outside the part of a member."""
    bounded = citation.each is not None or citation.after is not None or _is_in_member(citation, others)
    labels = [label.text for label in citation.locator.labels()]
    labels += [hole.says.text for hole in citation.locator.holes() if hole.says is not None]
    if not bounded and not any(sum(map(str.isalpha, text)) >= _FEWEST_LETTERS for text in labels):
        message = "it has no label and could match everywhere; quote a label of the page that stands beside the value"
        yield _complaint(citation, message)
    for piece in citation.locator.pieces[1:]:
        if not any(isinstance(part, Label | LineStart) or (isinstance(part, Hole) and part.says) for part in piece):
            yield _complaint(citation, "behind the gap a hole stands alone, which could match everywhere; add a label")


def _is_in_member(citation: Citation, others: tuple[Citation, ...]) -> bool:
    return any(
        other.each is not None
        and not {*other.sources}.isdisjoint(citation.sources)
        and citation.base[: len(other.each)] == other.each
        and len(citation.base) > len(other.each)
        for other in others
    )


def _twins(listed: tuple[Citation, ...]) -> Iterator[Diagnostic]:
    """Tell of locators that find one place of a page for facts that differ."""
    seen: dict[tuple[str, str, str, str], tuple[Citation, list[str]]] = {}
    for citation in listed:
        if citation.each is not None or _is_in_member(citation, listed):
            continue
        values = [shown(facts.value_at(citation.document.data, one)) for one in _ways(citation)]
        for source in citation.sources:
            bounds = (citation.after.text if citation.after else "", citation.until.text if citation.until else "")
            place, other = seen.setdefault((source, citation.locator.text, *bounds), (citation, values))
            if other != values:
                message = (
                    f"the same locator stands at {place.place} for facts with other values; one place says one value"
                )
                yield _complaint(citation, message)


def _ways(citation: Citation) -> Iterator[Steps]:
    for hole in citation.locator.holes():
        yield from citation.ways(hole)
