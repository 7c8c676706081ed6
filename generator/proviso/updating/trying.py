"""Changes tried on a copy of a provider's folder: what lint refuses there is made nowhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from proviso import families, ir, load, pipeline
from proviso.diagnostics import Diagnostic
from proviso.document import Document, Folder
from proviso.evidence.facts import value_at
from proviso.rewriting.changing import changed
from proviso.rewriting.differing import Change
from proviso.rewriting.nodes import CannotRewrite
from proviso.updating import reckoning
from proviso.updating.deciding import Decision

Texts = Mapping[str, str]
"""The texts of a provider's spec files, by their paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A change that follows from others by arithmetic."""

    document: Document
    change: Change
    old: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Hold what a folder would be with some changes: its texts, what followed, and what lint says of it."""

    texts: Texts
    reckoned: tuple[Reckoned, ...]
    complaints: tuple[Diagnostic, ...]
    provider: ir.Provider | None


def texts_of(folder: Folder) -> dict[str, str]:
    """Read the spec files of a provider as they are, line breaks included.

    Raises:
        OSError: one of them cannot be read.
    """
    return {
        document.path: Path(document.path).read_bytes().decode("utf-8")
        for document in (folder.provider, *folder.models)
    }


def tried(folder: Folder, texts: Texts, decisions: Iterable[Decision], before: ir.Provider | None) -> Trial:
    """Make all changes of some decisions at once, and work out again what follows from them.

    Args:
        folder: the spec files of a provider as they are.
        texts: their texts.
        decisions: those whose changes are made.
        before: the provider as it was.

    Raises:
        CannotRewrite: a change cannot be made in the text of its file.
    """
    made = dict(texts)
    for one in decisions:
        made[one.document.path] = changed(made[one.document.path], one.changes)
    return linted(folder, made, before)


def linted(folder: Folder, texts: Texts, before: ir.Provider | None = None) -> Trial:
    """Read a folder as if its files had other texts; witnesses that follow by arithmetic are written anew.

    Args:
        folder: the spec files of a provider as they are.
        texts: the texts that they would have.
        before: the provider as it was, where something may follow from what is another now.
    """
    with written(folder, texts) as there:
        found = pipeline.read(there, shown=_shown(folder))
        followed = () if before is None else tuple(_followed(there, folder, found, before))
        made = dict(texts)
        for path in {one.document.path for one in followed}:
            made[path] = changed(made[path], [one.change for one in followed if one.document.path == path])
        if followed:
            for path in {one.document.path for one in followed}:
                (there / folder.name / Path(path).name).write_bytes(made[path].encode())
            found = pipeline.read(there, shown=_shown(folder))
    return Trial(texts=made, reckoned=followed, complaints=found.complaints, provider=_only(found))


def read_as(folder: Folder, texts: Texts) -> Folder:
    """Read the documents of a folder as if its files had other texts.

    Args:
        folder: the spec files of a provider as they are.
        texts: the texts that they would have, each of which is YAML.
    """

    def parsed(document: Document) -> Document:
        found, complaints = load.parse(texts[document.path], digest="", shown=document.path)
        if found is None:
            raise CannotRewrite(complaints[0].message)
        return found

    own = Folder(name=folder.name, provider=parsed(folder.provider), models=tuple(map(parsed, folder.models)))
    return families.united(own)[0]


@contextmanager
def written(folder: Folder, texts: Texts) -> Iterator[Path]:
    """Write a folder with other texts into a place of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="proviso-") as name:
        there = Path(name)
        origin = Path(folder.provider.path).parent
        shutil.copytree(origin, there / folder.name)
        for path, text in texts.items():
            (there / folder.name / Path(path).name).write_bytes(text.encode())
        yield there


def settled(
    folder: Folder, texts: Texts, decisions: tuple[Decision, ...], before: ir.Provider | None
) -> tuple[Trial, tuple[Decision, ...]]:
    """Make as many of the changes as lint takes; give the decisions with the reason where one was not made.

    Args:
        folder: the spec files of a provider as they are.
        texts: their texts.
        decisions: what is to be done.
        before: the provider as it was.
    """
    writing = tuple(one for one in decisions if one.changes)

    def sound(kept: tuple[Decision, ...]) -> tuple[Trial | None, str]:
        return _sound(folder, texts, kept, before)

    whole, why = sound(writing)
    if whole is not None:
        return whole, decisions
    for one in writing:
        # Changes that need one another are kept together as long as a single one is to blame.
        without, _ = sound(tuple(each for each in writing if each is not one))
        if without is not None:
            return without, _with(decisions, {id(one): sound((one,))[1] or why})
    kept: tuple[Decision, ...] = ()
    reasons: dict[int, str] = {}
    for one in writing:
        trial, why = sound((*kept, one))
        kept = kept if trial is None else (*kept, one)
        if trial is None:
            reasons[id(one)] = why
    last, why = sound(kept)
    if last is None:
        raise CannotRewrite(why)
    return last, _with(decisions, reasons)


def _sound(
    folder: Folder, texts: Texts, decisions: tuple[Decision, ...], before: ir.Provider | None
) -> tuple[Trial | None, str]:
    try:
        trial = tried(folder, texts, decisions, before)
    except CannotRewrite as error:
        return None, str(error)
    if trial.complaints:
        first = trial.complaints[0]
        return None, f"lint would say {first.message}"
    return trial, ""


def _with(decisions: tuple[Decision, ...], reasons: Mapping[int, str]) -> tuple[Decision, ...]:
    return tuple(replace(one, changes=(), why=reasons[id(one)]) if id(one) in reasons else one for one in decisions)


def _followed(there: Path, folder: Folder, found: pipeline.Specs, before: ir.Provider) -> Iterator[Reckoned]:
    provider = _only(found)
    models = {} if provider is None else {one.name: one for one in provider.models}
    known = {one.name: one for one in before.models}
    for document in folder.models:
        name = Path(document.path).stem
        now, _ = load.load(there / folder.name / f"{name}.yaml", shown=document.path)
        if now is not None and name in models:
            for change in reckoning.reckoned(now, models[name], known.get(name)):
                yield Reckoned(document=document, change=change, old=value_at(now.data, change.steps))


def _only(found: pipeline.Specs) -> ir.Provider | None:
    return next(iter(found.providers), None)


def _shown(folder: Folder) -> str:
    return Path(folder.provider.path).parent.parent.as_posix()
