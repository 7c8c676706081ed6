"""Specs held against captured pages: for every cited fact, what the page says now; and what the page says beyond them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from proviso.diagnostics import Place
from proviso.document import Document, Folder, Steps
from proviso.evidence import citations, facts
from proviso.evidence.citations import Citation
from proviso.evidence.claims import is_ruled
from proviso.evidence.coverage import touched_by_doubts
from proviso.evidence.facts import named, value_at
from proviso.evidence.pages import Page
from proviso.evidence.reading import Reader
from proviso.evidence.scanning import Around
from proviso.evidence.told import Missing, Reading, Surplus, Told
from proviso.evidence.values import shown

Outcome = Literal["confirmed", "changed", "lost", "ambiguous", "new", "doubted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Hold what one place of a page says. span: its offsets in what was captured."""

    text: str
    place: Place
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Tell what became of one fact on one page.

    steps: the way to the fact in its document. old: what the spec says, None where it says nothing. new: what the page
    says, None where nothing was found. value: the same as a value, where it can be written into the spec. said: all
    places of the page that state it, or the nearest text where none does. kind: the kind of the value.
    """

    outcome: Outcome
    document: Document
    steps: Steps
    page: Page
    old: str | None
    new: str | None
    said: tuple[Said, ...]
    value: object = None
    kind: str = ""

    @property
    def name(self) -> str:
        """Write the way to the fact as people read it."""
        return named(self.steps)

    @property
    def place(self) -> Place:
        """Give the place of the fact in the spec."""
        return self.document.key_place(*self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Hold what was found out about one page.

    found, sought: how many locators fit, of how many. other_model: the model that the page is about, where it is
    another. exhausted: the page takes more work than any page of facts, so that not all of it was read.
    """

    page: Page
    verdicts: tuple[Verdict, ...]
    found: int
    sought: int
    other_model: str | None
    exhausted: bool

    @property
    def is_another_page(self) -> bool:
        """Tell whether the page is not the one that the facts are from."""
        return self.exhausted or self.other_model is not None or (self.sought >= 3 and self.found * 4 < self.sought)


def held(folder: Folder, pages: Mapping[str, Page]) -> tuple[Held, ...]:
    """Hold the specs of a provider against pages.

    Args:
        folder: the spec files of one provider.
        pages: captured pages by the names of their sources.
    """
    cited = [(document, citations.cited(document).citations) for document in (folder.provider, *folder.models)]
    return tuple(_held(folder, cited, source, page) for source, page in pages.items())


def _held(folder: Folder, cited: list[tuple[Document, tuple[Citation, ...]]], source: str, page: Page) -> Held:
    verdicts: list[Verdict] = []
    found = sought = 0
    other = None
    for document, listed in cited:
        mine = tuple(one for one in listed if source in one.sources)
        told = list(Reader(document, page, around(folder, document)).read(mine)) if mine else []
        fitting = {id(one.citation) for one in told if isinstance(one, Reading)}
        sought += len(mine)
        found += len(fitting)
        judged = [_ruled(one) for one in _judged(document, page, told)]
        verdicts += judged
        if document is not folder.provider:
            other = other or next(
                (one.new for one in judged if one.steps == ("model",) and one.outcome == "changed"), None
            )
    return Held(
        page=page, verdicts=tuple(verdicts), found=found, sought=sought, other_model=other, exhausted=page.work < 0
    )


def around(folder: Folder, document: Document) -> Around:
    """Collect what values of a document are judged by.

    Args:
        folder: the folder that it is in.
        document: the spec file.
    """
    files = [folder.provider] if document is folder.provider else [document, folder.provider]
    models = folder.models if document is folder.provider else (document,)
    declared: dict[str, object] = {}
    for file in [*files, *(folder.models if document is folder.provider else ())]:
        listed = value_at(file.data, ("parameters",))
        declared |= listed if isinstance(listed, dict) else {}
    return Around(
        base_url=shown(value_at(folder.provider.data, ("base_url",))),
        models=tuple(str(value_at(one.data, ("model",))) for one in models),
        names=frozenset(declared),
        groups=frozenset(_groups(value_at(folder.provider.data, ("body",)))),
        free_texts=frozenset(name for name, one in declared.items() if _is_free(one)),
    )


def _groups(layout: object) -> Iterator[str]:
    for key, member in layout.items() if isinstance(layout, dict) else ():
        yield key
        yield from _groups(member)


def _is_free(parameter: object) -> bool:
    bounds = ("enum", "const", "format", "size", "quantity", "pattern", "anyOf")
    is_text = isinstance(parameter, dict) and parameter.get("type") == "string"
    return is_text and not any(key in parameter for key in bounds if isinstance(parameter, dict))


def _judged(document: Document, page: Page, told: Iterable[Told]) -> Iterator[Verdict]:
    readings: dict[Steps, list[Reading]] = defaultdict(list)
    missing: dict[Steps, list[Missing]] = defaultdict(list)
    surplus: list[Surplus] = []
    for one in told:
        match one:
            case Reading():
                readings[one.steps].append(one)
            case Missing():
                missing[one.steps].append(one)
            case Surplus():
                surplus.append(one)
    members = {steps for steps, gone in missing.items() if any(one.is_member for one in gone)}
    renamed = dict(_renamed(document, missing, surplus))
    for steps, read in readings.items():
        yield _of_readings(document, page, steps, read)
    for steps, gone in missing.items():
        if steps in renamed:
            new = renamed[steps]
            said = (Said(text=new.said, place=page.place(new.span[0]), span=page.span(*new.span)),)
            old = str(steps[-1])
            verdict = _verdict(document, page, steps, "changed", old=old, new=str(new.steps[-1]), said=said)
            yield replace(verdict, kind="member", value=str(new.steps[-1]))
        elif any(steps[:length] in members for length in range(1, len(steps))):
            # That the member is gone says it.
            continue
        elif steps not in readings or steps in members:
            yield _lost(document, page, steps, gone[0])
    for one in surplus:
        if one not in renamed.values():
            said = (Said(text=one.said, place=page.place(one.span[0]), span=page.span(*one.span)),)
            outcome: Outcome = "doubted" if _is_doubted(document, one) else "new"
            verdict = _verdict(document, page, one.steps, outcome, old=None, new=one.said, said=said)
            yield replace(verdict, value=one.value, kind="member" if one.is_member else one.kind)


def _ruled(verdict: Verdict) -> Verdict:
    """Leave what a doubt has ruled on to that doubt."""
    is_open = verdict.outcome not in ("confirmed", "doubted")
    if is_open and is_ruled(verdict.document, verdict.page.name, verdict.steps, verdict.new):
        return replace(verdict, outcome="doubted")
    return verdict


def _of_readings(document: Document, page: Page, steps: Steps, read: list[Reading]) -> Verdict:
    said = tuple(Said(text=one.said, place=page.place(one.span[0]), span=page.span(*one.span)) for one in read)
    old = _old(document, steps)
    others = [one for one in read if not one.agrees]
    if not others:
        verdict = _verdict(document, page, steps, "confirmed", old=old, new=old, said=said)
    elif len(others) < len(read) or len({one.said for one in others}) > 1:
        new = " / ".join(dict.fromkeys(one.said for one in read))
        verdict = _verdict(document, page, steps, "ambiguous", old=old, new=new, said=said)
    else:
        verdict = _verdict(document, page, steps, "changed", old=old, new=others[0].said, said=said)
    shape = (others or read)[0]
    return replace(verdict, value=shape.value, kind=shape.kind)


def _lost(document: Document, page: Page, steps: Steps, gone: Missing) -> Verdict:
    said: tuple[Said, ...] = ()
    if gone.nearest is not None:
        start, end = gone.nearest
        text = page.quoted(start, end)
        said = (Said(text=text, place=page.place(start), span=page.span(start, end)),)
    return _verdict(document, page, steps, "lost", old=_old(document, steps), new=None, said=said)


def _old(document: Document, steps: Steps) -> str:
    value = value_at(document.data, steps)
    if value is None:
        value = facts.IMPLIED.get(str(steps[-1]))
    return str(steps[-1]) if isinstance(value, dict) and steps[-1] not in facts.WHOLE else shown(value)


def _verdict(
    document: Document,
    page: Page,
    steps: Steps,
    outcome: Outcome,
    *,
    old: str | None,
    new: str | None,
    said: tuple[Said, ...],
) -> Verdict:
    return Verdict(outcome=outcome, document=document, steps=steps, page=page, old=old, new=new, said=said)


def _renamed(
    document: Document, missing: Mapping[Steps, list[Missing]], surplus: list[Surplus]
) -> Iterator[tuple[Steps, Surplus]]:
    """Pair a member that is gone with one that stands in its place among those that stayed."""
    for one in surplus:
        container = value_at(document.data, one.steps[:-1])
        if one.is_member and isinstance(container, dict):
            gone = [key for key in container if (*one.steps[:-1], key) in missing]
            added = [each for each in surplus if each.is_member and each.steps[:-1] == one.steps[:-1]]
            if len(gone) == len(added) and missing[*one.steps[:-1], gone[added.index(one)]][0].is_member:
                yield (*one.steps[:-1], gone[added.index(one)]), one


def _is_doubted(document: Document, one: Surplus) -> bool:
    """Tell whether a doubt explains what the spec has not; that of a whole section explains no new member of it."""
    touched = touched_by_doubts(document)
    return any(str(step) in touched for step in (one.steps[-1:] if one.is_member else one.steps))
