"""Changes of a spec's data, made in its text: as little of it as they need."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import assert_never, cast

from proviso import load
from proviso.rewriting.differing import Change, Insert, Put, Rename, Take, parts, spelt
from proviso.rewriting.nodes import CannotRewrite
from proviso.rewriting.places import Text
from proviso.yaml_text import Tree


def changed(text: str, changes: Iterable[Change]) -> str:
    """Make changes in a text, one after the other.

    Args:
        text: a spec file that was read without complaint.
        changes: what is to be another; what is so already stays as it is.

    Raises:
        CannotRewrite: one of them cannot be made in place.
    """
    breaks = "\r\n" if "\r\n" in text else "\n"
    if "\r" in text.replace("\r\n", "") or (breaks != "\n" and "\n" in text.replace("\r\n", "")):
        raise CannotRewrite("its lines end in several ways")
    mark = text[: text.startswith("\ufeff")]
    text = text[len(mark) :].replace("\r\n", "\n")
    listed = list(changes)
    data = _data(text)
    expected = data
    for change in listed:
        expected = _applied(deepcopy(expected), change)
    if (at_once := _replaced(text, listed, data)) is not None:
        text = at_once
    else:
        for change in listed:
            for part in parts(change, _data(text)):
                text = _made(text, part)
    if spelt(_data(text)) != spelt(expected):
        raise CannotRewrite(f"{', '.join('.'.join(map(str, one.steps)) for one in listed)} cannot be changed in place")
    return mark + text.replace("\n", breaks)


def _replaced(text: str, changes: list[Change], data: object) -> str | None:
    """Write many values in one go, from the end to the beginning, where each takes the place of one on its line."""
    wanted = [part for change in changes for part in parts(change, data)]
    if len(wanted) < 2:
        return None
    found = Text.of(text)
    puts = [one for one in wanted if isinstance(one, Put) and one.steps in found.spots]
    starts = {found.spots[one.steps].start for one in puts}
    if (
        len(puts) < len(wanted)
        or len(starts) < len(puts)
        or any(found.spots[one.steps].form in (None, "") for one in puts)
    ):
        return None
    for one in sorted(puts, key=lambda each: -found.spots[each.steps].start):
        found = replace(found, text=found.replaced(one.steps, cast("Tree", one.value)))
    return found.text


def _data(text: str) -> object:
    document, complaints = load.parse(text, digest="", shown="it")
    if document is None:
        raise CannotRewrite(f"the text would be no YAML: {complaints[0].message}")
    return document.data


def _made(text: str, change: Change) -> str:
    found = Text.of(text)
    match change:
        case Put(steps=steps, value=value) if steps in found.spots:
            return found.replaced(steps, cast("Tree", value))
        case Put(steps=steps, value=value, before=before):
            return found.put(steps, cast("Tree", value), before=before)
        case Insert(steps=steps, value=value):
            around = found.spots[steps[:-1]].members
            return found.put(steps, cast("Tree", value), before=steps[-1] if steps[-1] in around else None)
        case Take(steps=steps):
            return found.taken(steps)
        case Rename(steps=steps, name=name):
            return found.renamed(steps, name)
        case _:
            assert_never(change)


def _applied(data: object, change: Change) -> object:
    if not change.steps:
        return change.value if isinstance(change, Put) else data
    around: object = data
    for step in change.steps[:-1]:
        try:
            around = cast("dict[str | int, object]", around)[step]
        except (KeyError, IndexError, TypeError) as error:
            raise CannotRewrite(f"there is no {step!r} in it") from error
    if not isinstance(around, dict | list):
        raise CannotRewrite("nothing stands inside of a single value")
    step = change.steps[-1]
    match change, around:
        case Insert(), list():
            around.insert(int(step), change.value)
        case Put(), list() if step == len(around):
            around.append(change.value)
        case Put(), list():
            around[int(step)] = change.value
        case Put(), dict():
            around[str(step)] = change.value
        case Take(), list():
            del around[int(step)]
        case Take(), dict():
            del around[str(step)]
        case Rename(), dict():
            members = [(change.name if key == step else key, value) for key, value in around.items()]
            around.clear()
            around.update(members)
        case _:
            raise CannotRewrite("an item of a list has no name")
    return data
