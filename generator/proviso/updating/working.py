"""The specs of one provider brought up to its pages: decided, tried, written in memory; nothing touches the disk here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from proviso import ir
from proviso.diagnostics import Diagnostic
from proviso.document import Document, Folder, Steps
from proviso.evidence import checking
from proviso.evidence.facts import value_at
from proviso.evidence.pages import Page
from proviso.rewriting.changing import changed
from proviso.rewriting.differing import Put
from proviso.updating import deciding, doubting, trying
from proviso.updating.deciding import Decision
from proviso.updating.trying import Reckoned, Texts

_MOST_ROUNDS = 4


class Refused(Exception):
    """What would be written does not pass lint; nothing may be written."""

    def __init__(self, complaints: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(complaints)} complaints")
        self.complaints = complaints


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page that was read. digest: SHA-256 of its file."""

    page: Page
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """Hold what became of a provider's specs.

    old, texts: all files as they were and as they are to be. folder: the documents of the latter. read_anew: the
    sources whose digest has changed.
    """

    folder: Folder
    old: Texts
    texts: Texts
    decisions: tuple[Decision, ...]
    reckoned: tuple[Reckoned, ...]
    read_anew: tuple[str, ...] = ()
    other_pages: tuple[checking.Held, ...] = field(default=())

    @property
    def written(self) -> tuple[str, ...]:
        """Name the files whose text is another."""
        return tuple(path for path, text in self.texts.items() if text != self.old[path])


def updated(folder: Folder, pages: Mapping[str, Read], *, today: str) -> Updated:
    """Bring the specs of a provider up to what its pages say.

    Args:
        folder: its spec files, families united.
        pages: what was read, by source.
        today: the day of reading, as in 2026-11-20.

    Raises:
        Refused: the result would not pass lint, or the specs do not now.
        CannotRewrite: a file cannot be changed in place, whatever the change.
        OSError: a file cannot be read.
    """
    old = trying.texts_of(folder)
    start = trying.linted(folder, old)
    _refuse(start.complaints)
    texts: Texts = old
    now, decisions, reckoned = folder, list[Decision](), list[Reckoned]()
    read = {source: one.page for source, one in pages.items()}
    held = checking.held(folder, read)
    for _ in range(_MOST_ROUNDS):
        found = deciding.decided(now, checking.held(now, read))
        if not found:
            break
        # What else a page says of a member is only known under its new name.
        found = tuple(one for one in found if one.changes and one.first.kind == "member") or found
        trial, found = _agreed(folder, texts, found, read, start.provider)
        texts, reckoned = _doubted(folder, trial.texts, found, folder), [*reckoned, *trial.reckoned]
        decisions += found
        now = trying.read_as(folder, texts)
    others = tuple(one for one in held if one.is_another_page)
    fresh = {name: one for name, one in pages.items() if name not in {other.page.name for other in others}}
    anew, texts = _sourced(now, texts, fresh, today)
    _refuse(trying.linted(folder, texts).complaints)
    return Updated(
        folder=trying.read_as(folder, texts),
        old=old,
        texts=texts,
        decisions=tuple(decisions),
        reckoned=tuple(reckoned),
        read_anew=anew,
        other_pages=others,
    )


def _refuse(complaints: tuple[Diagnostic, ...]) -> None:
    if complaints:
        raise Refused(complaints)


def _agreed(
    folder: Folder,
    texts: Texts,
    decisions: tuple[Decision, ...],
    read: Mapping[str, Page],
    before: ir.Provider | None,
) -> tuple[trying.Trial, tuple[Decision, ...]]:
    """Make the changes that lint takes and that read back from the pages as they were written."""
    while True:
        trial, decisions = trying.settled(folder, texts, decisions, before)
        there = trying.read_as(folder, trial.texts)
        is_open = {(one.document.path, one.steps) for one in deciding.decided(there, checking.held(there, read))}
        apart = {id(one) for one in decisions if one.changes and (one.document.path, one.steps) in is_open}
        if not apart:
            return trial, decisions
        why = "what the page says and what the spec can say differ"
        decisions = tuple(replace(one, changes=(), why=why) if id(one) in apart else one for one in decisions)


def _doubted(folder: Folder, texts: Texts, decisions: Iterable[Decision], origin: Folder) -> Texts:
    made = dict(texts)
    for one in deciding.is_left(decisions):
        now = trying.read_as(folder, made)
        document = next(each for each in (now.provider, *now.models) if each.path == one.document.path)
        read = str(value_at(origin.provider.data, ("sources", one.first.page.name, "read")))
        touchable = frozenset(map(str, _names(document)))
        changes = doubting.doubted(document, one, read=read, touchable=touchable)
        made[document.path] = changed(made[document.path], changes)
    return made


def _names(document: Document) -> Iterable[object]:
    declared = value_at(document.data, ("parameters",))
    return declared if isinstance(declared, dict) else ()


def _sourced(now: Folder, texts: Texts, pages: Mapping[str, Read], today: str) -> tuple[tuple[str, ...], Texts]:
    """Write digest and day of the sources whose page is another than the one that was read before."""
    anew, path, made = list[str](), now.provider.path, dict(texts)
    for name, one in pages.items():
        digest: Steps = ("sources", name, "sha256")
        if value_at(now.provider.data, digest) == one.digest or value_at(now.provider.data, digest[:-1]) is None:
            continue
        anew.append(name)
        day = Put(steps=("sources", name, "read"), value=today)
        made[path] = changed(made[path], [day, Put(steps=digest, value=one.digest)])
    return tuple(anew), made
