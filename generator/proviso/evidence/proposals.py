"""Members that a page lists and a spec has not: what the page says of them, by the locator that lists the others."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace

from proviso.document import Document, Steps
from proviso.evidence import citations
from proviso.evidence.facts import value_at
from proviso.evidence.pages import Page
from proviso.evidence.reading import Reader
from proviso.evidence.scanning import Around
from proviso.evidence.told import Reading, Surplus, Told

_ORDER = ("type", "format", "items", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")


def told_of(document: Document, page: Page, around: Around, data: object) -> list[Told]:
    """Read a page as if a document held other data.

    Args:
        document: the spec file whose citations are followed.
        page: the page.
        around: what values are judged by.
        data: what the document is taken to hold.
    """
    as_if = replace(document, data=data)
    mine = tuple(one for one in citations.cited(as_if).citations if page.name in one.sources)
    return list(Reader(as_if, page, around).read(mine))


def member(document: Document, page: Page, around: Around, steps: Steps) -> dict[str, object]:
    """Read what a page says of one member that the document does not have.

    Args:
        document: the spec file.
        page: the page.
        around: what values are judged by.
        steps: the way to the member, whose container stands in the document.
    """
    return members(document, page, around, [steps])[steps]


def members(document: Document, page: Page, around: Around, listed: list[Steps]) -> dict[Steps, dict[str, object]]:
    """Read what a page says of several members that the document does not have.

    Args:
        document: the spec file.
        page: the page.
        around: what values are judged by.
        listed: the ways to the members, whose containers stand in the document.
    """
    found: dict[Steps, dict[str, object]] = {steps: {} for steps in listed}
    # The kind of a default hangs on the type, which is known after the first time.
    for _ in range(2):
        data = deepcopy(document.data)
        for steps, facts in found.items():
            around_it = value_at(data, steps[:-1])
            if isinstance(around_it, dict):
                around_it[str(steps[-1])] = deepcopy(facts)
        said: dict[Steps, dict[str, object]] = {steps: {} for steps in listed}
        for one in told_of(document, page, around, data):
            if isinstance(one, Reading | Surplus) and one.value is not None:
                for steps in listed:
                    if one.steps[: len(steps)] == steps and one.steps != steps:
                        _set(said[steps], one.steps[len(steps) :], one.value)
        found = {steps: _in_order(facts) for steps, facts in said.items()}
    return found


def _set(facts: dict[str, object], steps: Steps, value: object) -> None:
    for step in steps[:-1]:
        inner = facts.setdefault(str(step), {})
        if not isinstance(inner, dict):
            return
        facts = inner
    facts.setdefault(str(steps[-1]), value)


def _in_order(facts: Mapping[str, object]) -> dict[str, object]:
    """Put facts in the order in which specs say them; what is implied is left out."""
    known = {key: facts[key] for key in _ORDER if key in facts}
    rest = {key: value for key, value in facts.items() if key not in (*_ORDER, "required")}
    return known | rest | ({"required": True} if facts.get("required") is True else {})
