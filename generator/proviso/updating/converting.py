"""What a page says, as a spec writes it: types, forms and paths of the value that stands there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from proviso.document import Document
from proviso.evidence.checking import Verdict
from proviso.evidence.facts import value_at
from proviso.evidence.own_words import merged
from proviso.evidence.scanning import Around
from proviso.evidence.values import decimal

_TRUTHS = {"true": True, "false": False}
_HOLE = re.compile(r"\{[^{}/]*\}|\$\{?\w+\}?|<[^<>/]*>|(?<=/):\w+")


class Undecided(Exception):
    """What the page says cannot be turned into a value of the spec; the message says why."""


def converted(verdict: Verdict, around: Around) -> object:
    """Give the value that the spec should have for a fact that a page states in another way.

    Args:
        verdict: one that has changed, or that is new.
        around: what values of its document are judged by.

    Raises:
        Undecided: it takes a person to say.
    """
    document, old, new = verdict.document, value_at(verdict.document.data, verdict.steps), verdict.value
    if new is None:
        raise Undecided("the page says it in other words")
    match verdict.kind:
        case "json":
            return merged(new, old, replace(around, blanked=_blanked(verdict)))
        case "place":
            return _moved(new, old)
        case "call":
            return _call(str(new), str(old), document, around)
        case "address":
            return _base(str(new), document)
        case "layout":
            raise Undecided("where parameters stand in the body is laid out by hand")
        case _:
            return _like(new, old, str(value_at(document.data, (*verdict.steps[:-1], "type"))))


def like(new: object, old: object) -> object:
    """Write a value of a page in the types of the one that stands in its place.

    Args:
        new: what the page says.
        old: what stands there.

    Raises:
        Undecided: they are of different kinds.
    """
    return _like(new, old, "")


def typed(facts: dict[str, object]) -> dict[str, object]:
    """Write the facts of a new parameter in the types that its own type asks for.

    Args:
        facts: keyword by keyword, as the page has them.
    """
    kind = str(facts.get("type"))
    return {
        key: _like(value, None, kind)
        if key in ("enum", "examples")
        else _single(value, None, kind)
        if key in ("default", "const")
        else value
        for key, value in facts.items()
    }


def _blanked(verdict: Verdict) -> tuple[str, ...]:
    listed = value_at(verdict.document.data, (*verdict.steps[:-1], "blanked"))
    return tuple(map(str, listed)) if isinstance(listed, list) else ()


def _like(new: object, old: object, kind: str) -> object:
    """Write a value in the types of the one that stands there, or those of its parameter."""
    if isinstance(old, list) or (isinstance(new, list) and old is None):
        items = new if isinstance(new, list) else [new]
        known = old if isinstance(old, list) else []
        return _ordered([_single(item, known[0] if known else None, kind) for item in items], known)
    if isinstance(new, list):
        if len(new) != 1:
            raise Undecided("the page lists several values, and the spec has one")
        return _single(new[0], old, kind)
    return _single(new, old, kind)


def _single(new: object, old: object, kind: str) -> object:
    number = decimal(new)
    is_number = (isinstance(old, int | Decimal) and not isinstance(old, bool)) or (
        old is None and kind in ("integer", "number")
    )
    if isinstance(new, bool):
        return new
    if isinstance(old, bool) or (old is None and kind == "boolean"):
        if str(new).lower() not in _TRUTHS:
            raise Undecided("the page says neither true nor false")
        return _TRUTHS[str(new).lower()]
    if is_number:
        if number is None:
            raise Undecided("the page says no number")
        return int(number) if number == number.to_integral_value() and not isinstance(old, Decimal) else number
    if isinstance(old, str) or kind == "string":
        return str(new)
    return new


def _ordered(new: list[object], old: list[object]) -> list[object]:
    """Keep the order of what was there; what is new comes behind what it follows on the page."""
    kept = [one for one in old if one in new]
    for index, one in enumerate(new):
        if one not in kept:
            kept.insert(kept.index(new[index - 1]) + 1 if index else 0, one)
    return kept


def _moved(found: object, old: object) -> str:
    """Find the one place to which a value has moved."""
    if not isinstance(old, str) or "|" in old or not (name := re.search(r"\.([A-Za-z0-9_-]+)((?:\[\*\])?)$", old)):
        raise Undecided("the page no longer has it at this place")
    ends = {one for one in _paths(found, "$") if one.endswith(f".{name[1]}{name[2]}")}
    if len(ends) != 1:
        raise Undecided("the page no longer has it at this place, and nothing of its name at another")
    return ends.pop()


def _paths(value: object, path: str) -> Iterator[str]:
    yield path
    match value:
        case dict():
            for key, member in value.items():
                yield from _paths(member, f"{path}.{key}")
        case list():
            for member in value:
                yield from _paths(member, f"{path}[*]")
        case _:
            pass


def _call(new: str, old: str, document: Document, around: Around) -> str:
    verb, _, path = new.partition(" ")
    path = path.removeprefix(around.base_url.rstrip("/"))
    for model in around.models:
        path = path.replace(f"/{model}", "/{model}")
    if not path.startswith("/"):
        raise Undecided("the page calls another address than the one that all calls begin with")
    holes = re.findall(r"\{[^{}]*\}", old)
    theirs = [found for found in _HOLE.findall(path) if found != "{model}"]
    ours = [hole for hole in holes if hole != "{model}"]
    if len(theirs) != len(ours) or ("{model}" in holes) != ("{model}" in path):
        raise Undecided("what stands in its path cannot be told from the page")
    for one, other in zip(theirs, ours, strict=True):
        path = path.replace(one, other, 1)
    del document
    return f"{verb} {path}"


def _base(new: str, document: Document) -> str:
    job = value_at(document.data, ("job",))
    steps = [*job.values()] if isinstance(job, dict) else []
    for step in [*steps, value_at(document.data, ("immediate",))]:
        call = step.get("call") if isinstance(step, dict) else None
        path = str(call).partition(" ")[2]
        if path and new.endswith(path):
            return new.removesuffix(path)
    return new.rstrip("/")
