"""Verdicts about facts turned into changes of the spec, or into the reason why none is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from proviso.document import Document, Folder, Steps
from proviso.evidence import checking, facts, proposals
from proviso.evidence.checking import Held, Verdict
from proviso.evidence.facts import named, value_at
from proviso.rewriting.differing import Change, Put, Take
from proviso.updating import converting, renaming
from proviso.updating.converting import Undecided

_BEHIND = ("description", "assumed", "source", "cite", "deprecated")
"""Keys that a parameter's facts stand before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Say what is done about a fact. changes: none where it is left; why: the reason then, a clause.

    verdicts: what the pages say of it, those that confirm it last.
    """

    document: Document
    steps: Steps
    verdicts: tuple[Verdict, ...]
    changes: tuple[Change, ...] = ()
    why: str = ""
    value: object = None

    @property
    def name(self) -> str:
        """Write the way to the fact as people read it."""
        return named(self.steps)

    @property
    def first(self) -> Verdict:
        """Give the verdict that asks for a decision."""
        return self.verdicts[0]


def decided(folder: Folder, held: Iterable[Held]) -> tuple[Decision, ...]:
    """Decide on all facts that pages state in another way than the spec.

    Args:
        folder: the spec files of a provider.
        held: what was found on its pages.
    """
    by_fact: dict[tuple[str, Steps], list[Verdict]] = defaultdict(list)
    for one in held:
        if not one.is_another_page:
            for verdict in one.verdicts:
                by_fact[verdict.document.path, verdict.steps].append(verdict)
    return tuple(
        _decided(folder, steps, verdicts, by_fact)
        for (_, steps), verdicts in by_fact.items()
        if any(verdict.outcome not in ("confirmed", "doubted") for verdict in verdicts)
    )


def _decided(
    folder: Folder, steps: Steps, verdicts: list[Verdict], by_fact: Mapping[tuple[str, Steps], list[Verdict]]
) -> Decision:
    is_open = [one for one in verdicts if one.outcome not in ("confirmed", "doubted")]
    others = [one for one in verdicts if one.outcome == "confirmed"]
    document = verdicts[0].document
    left = Decision(document=document, steps=steps, verdicts=(*is_open, *others))
    if others or len({(one.outcome, one.new) for one in is_open}) > 1:
        return replace(left, why="the pages disagree")
    try:
        changes, value = _changes(folder, is_open[0], by_fact)
    except Undecided as reason:
        return replace(left, why=str(reason))
    return replace(left, changes=changes, value=value)


def _changes(
    folder: Folder, verdict: Verdict, by_fact: Mapping[tuple[str, Steps], list[Verdict]]
) -> tuple[tuple[Change, ...], object]:
    document, steps = verdict.document, verdict.steps
    around = checking.around(folder, document)
    match verdict.outcome:
        case "changed" if verdict.kind == "member":
            return renaming.renamed(document, steps, str(verdict.value)), verdict.value
        case "new" if verdict.kind == "member":
            entry = _entry(verdict, proposals.member(document, verdict.page, around, steps))
            behind = _behind(verdict, by_fact)
            return (Put(steps=steps, value=entry, before=behind),), entry
        case "changed" | "new":
            value = converting.converted(verdict, around)
            return _put(document, steps, value), value
        case "lost":
            raise Undecided("the page no longer states it")
        case "ambiguous":
            raise Undecided("two places of the page disagree")
        case "confirmed" | "doubted":
            return (), None
        case _:
            assert_never(verdict.outcome)


def _put(document: Document, steps: Steps, value: object) -> tuple[Change, ...]:
    around = value_at(document.data, steps[:-1])
    if not isinstance(around, dict | list):
        raise Undecided("the spec has no place for it")
    is_there = value_at(document.data, steps) is not None
    if facts.IMPLIED.get(str(steps[-1])) == value and isinstance(value, bool):
        return (Take(steps=steps),) if is_there else ()
    return (Put(steps=steps, value=value, before=None if is_there else before(around)),)


def before(around: object) -> str | None:
    """Name the member that a new fact comes to stand before: the first that is in our words.

    Args:
        around: the mapping that the fact is put into.
    """
    if not isinstance(around, dict):
        return None
    words = [key for key in around if key in _BEHIND]
    return None if not words or next(iter(around)) == words[0] else str(words[0])


def _entry(verdict: Verdict, found: dict[str, object]) -> dict[str, object]:
    if not found:
        raise Undecided("the page says no more of it than its name")
    if verdict.steps[:-1] != ("parameters",):
        return found
    return {**converting.typed(found), "description": "Nobody has described it yet; the page names it."}


def _behind(verdict: Verdict, by_fact: Mapping[tuple[str, Steps], list[Verdict]]) -> str | None:
    """Name the member that stands behind a new one on the page."""
    (said, *_) = verdict.said
    behind = [
        (place.span, str(steps[-1]))
        for (path, steps), verdicts in by_fact.items()
        if path == verdict.document.path and steps[:-1] == verdict.steps[:-1]
        for one in verdicts
        if one.kind == "member" and one.outcome == "confirmed" and one.page is verdict.page
        for place in one.said[:1]
        if place.span > said.span
    ]
    return min(behind)[1] if behind else None


def is_left(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Yield the decisions that leave a fact as it is."""
    return (one for one in decisions if one.why)
