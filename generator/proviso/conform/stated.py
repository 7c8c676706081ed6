"""All facts of a provider, each with its line, and the doubts that touch them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from proviso import ir
from proviso.conform import output_facts, parameter_facts, protocol_facts
from proviso.conform.facts import Fact, by_id, is_touched_itself
from proviso.diagnostics import Place
from proviso.document import Document
from proviso.oracle.subject import Subject

_STEPS = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


def subjects(provider: ir.Provider) -> tuple[Subject, ...]:
    """Return the models of a provider, as those are asked about that share its facts."""
    return tuple(Subject(provider=provider, model=model) for model in provider.models)


def facts(provider: ir.Provider, documents: Mapping[str, Document] | None = None) -> dict[str, Fact]:
    """Return every fact of a provider and its models by its id, doubts behind the facts that they touch.

    documents: the spec files by their paths, to find the very line of what the representation has no place for.
    """
    asked = subjects(provider)
    stated = by_id(chain.from_iterable(_of(subject) for subject in asked))
    doubts = tuple(_doubts(provider, asked, stated))
    touched = {key: tuple(one.what for one in doubts if key in one.touches) for key in stated}
    found = {key: replace(one, doubts=touched[key]) for key, one in stated.items()}
    found |= {one.id: one for one in doubts}
    return {key: replace(one, place=_line(one, documents or {})) for key, one in found.items()}


def _of(subject: Subject) -> Iterator[Fact]:
    yield from protocol_facts.of(subject)
    yield from parameter_facts.of(subject)
    yield from output_facts.of(subject)


def _doubts(provider: ir.Provider, asked: Sequence[Subject], stated: Mapping[str, Fact]) -> Iterator[Fact]:
    yield from (_doubt(provider.name, one, stated.values()) for one in provider.doubts)
    for subject in asked:
        name = f"{provider.name}/{subject.model.name}"
        mine = [one for one in stated.values() if one.title in (name, provider.name)]
        own = [one for one in subject.model.doubts if one not in provider.doubts]
        yield from (_doubt(name, one, mine) for one in own)


def _doubt(title: str, doubt: ir.Doubt, among: Iterable[Fact]) -> Fact:
    mine = [one for one in among if is_touched_itself(one, doubt.touches)]
    return Fact(
        title=title,
        what=f"doubts.{doubt.id}",
        kind="doubt",
        says=doubt.ruling,
        place=doubt.place,
        closed=f"settled by: {doubt.settled_by}",
        touches=tuple(one.id for one in mine),
    )


def _line(fact: Fact, documents: Mapping[str, Document]) -> Place:
    """Return the place of a fact, as deep inside its file as its name leads there."""
    document = documents.get(fact.place.path)
    if document is None:
        return fact.place
    node: object = document.data
    steps: list[str | int] = []
    for bracket, plain in _STEPS.findall(fact.what):
        step = _step(node, plain or bracket)
        if step is None:
            break
        steps.append(step)
        match node, step:
            case dict(), _:
                node = node[step]
            case list(), int():
                node = node[step]
            case _:
                break
    found = document.key_place(*steps)
    return found if found.line > fact.place.line else fact.place


def _step(node: object, name: str) -> str | int | None:
    if isinstance(node, dict):
        return next((key for key in node if isinstance(key, str | int) and str(key) == name), None)
    if isinstance(node, list):
        named = next((at for at, one in enumerate(node) if str(one) == name), None)
        return int(name) if named is None and name.isdecimal() and int(name) < len(node) else named
    return None
