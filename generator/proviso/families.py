"""Families of models: a file that is like another says its differences alone, and is read as if it said the rest as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from proviso.diagnostics import Diagnostic, Place, did_you_mean
from proviso.document import Document, Folder, Steps

_KEYS = ("like", "without")
_Members = dict[str, object]


def united(folder: Folder) -> tuple[Folder, tuple[Diagnostic, ...]]:
    """Fill in what the files of a folder borrow; one whose sibling cannot be told is left out, with a complaint.

    Args:
        folder: the spec files of one provider, of any shape.
    """
    by_name = {PurePosixPath(document.path).stem: document for document in folder.models}
    complaints: list[Diagnostic] = []
    models: list[Document] = []
    for name, document in by_name.items():
        own = document.data
        if not isinstance(own, dict) or own.keys().isdisjoint(_KEYS):
            models.append(document)
            continue
        wrong = list(_wrong(name, document, own, by_name))
        complaints.extend(wrong)
        if not wrong:
            models.append(_filled(document, own, by_name[str(own["like"])]))
    return replace(folder, models=tuple(models)), tuple(complaints)


def aside(found: list[Diagnostic], alone: set[Diagnostic], folder: Folder) -> list[Diagnostic]:
    """Say of complaints that stand in a file and are about another one, which borrowed the text, that this is so.

    Args:
        found: the complaints about all models.
        alone: those that there are without the models that borrow.
        folder: the documents that the complaints are about.
    """
    lenders = {document.path for document in folder.models if not document.borrowed}
    return [
        replace(one, message=f"{one.message} (in a file that is like this one)")
        if one not in alone and one.place.path in lenders
        else one
        for one in found
    ]


def _wrong(name: str, document: Document, own: _Members, by_name: Mapping[str, Document]) -> Iterator[Diagnostic]:
    like = own.get("like")
    if not isinstance(like, str):
        message = (
            "it says what is left out of another model; name that one under like"
            if like is None
            else "like names a file"
        )
        yield Diagnostic(document.key_place("without" if like is None else "like"), message, "family")
        return
    place = document.place("like")
    sibling = by_name.get(like)
    if like == name:
        yield Diagnostic(place, "a model cannot be like itself", "family")
    elif sibling is None:
        others = [other for other in by_name if other != name]
        listed = f"; there are {', '.join(others)}" if 0 < len(others) <= 8 else ""
        yield Diagnostic(
            place, f"no file beside this one is named {like}.yaml{did_you_mean(like, others) or listed}", "family"
        )
    elif not isinstance(sibling.data, dict) or "like" in sibling.data:
        message = f"{like} is like another model itself; be like one that says everything"
        yield Diagnostic(place, message, "family")
    else:
        yield from _without(document, own, sibling)


def _without(document: Document, own: _Members, sibling: Document) -> Iterator[Diagnostic]:
    dropped, theirs = own.get("without", []), _parameters(sibling.data)
    if not isinstance(dropped, list):
        yield Diagnostic(document.place("without"), "without is a list of parameters", "family")
        return
    for index, name in enumerate(dropped):
        place = document.place("without", index)
        if name not in theirs:
            yield Diagnostic(place, f"{name!r} is no parameter there{did_you_mean(str(name), theirs)}", "family")
        elif name in _parameters(own):
            yield Diagnostic(place, f"{name!r} is left out and stands among the parameters here", "family")


def _filled(document: Document, own: _Members, sibling: Document) -> Document:
    assert isinstance(sibling.data, dict)
    theirs = {key: value for key, value in sibling.data.items() if key not in own}
    borrowed: list[Steps] = [(key,) for key in theirs]
    data = {**theirs, **own}
    if isinstance(own.get("parameters"), dict) or "without" in own:
        kept = {name: one for name, one in _parameters(sibling.data).items() if name not in _listed(own.get("without"))}
        data["parameters"] = {**kept, **_parameters(own)}
        borrowed = [steps for steps in borrowed if steps != ("parameters",)]
        borrowed += [("parameters", name) for name in kept if name not in _parameters(own)]
    lent = set(borrowed)
    return replace(
        document,
        data=data,
        values={**_of(sibling.values, lent), **document.values},
        keys={**_of(sibling.keys, lent), **document.keys},
        borrowed=dict.fromkeys(borrowed, sibling.data.get("source")),
    )


def _of(places: Mapping[Steps, Place], lent: set[Steps]) -> dict[Steps, Place]:
    return {steps: place for steps, place in places.items() if steps[:1] in lent or steps[:2] in lent}


def _parameters(data: object) -> _Members:
    found = data.get("parameters") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
