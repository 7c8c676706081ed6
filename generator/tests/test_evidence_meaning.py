"""A citation may stand wherever a fact may be assumed, and changes nothing about what a spec means."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from proviso import families, load, lower, shape
from proviso.document import Document, Folder

from .rewrite_cases import CASES


def cited(value: Any, count: list[int]) -> Any:
    """Put a citation into every mapping that says what was assumed."""
    if isinstance(value, list):
        return [cited(item, count) for item in value]
    if not isinstance(value, dict):
        return value
    others = {key: member if key == "body" else cited(member, count) for key, member in value.items()}
    if isinstance(value.get("assumed"), str):
        count[0] += 1
        others["cite"] = ["Label {value}", {"after": "A label", "at": "Other label {value}"}]
    return others


def with_citations(document: Document, count: list[int]) -> Document:
    return replace(document, data=cited(copy.deepcopy(document.data), count))


def test_a_citation_means_nothing_to_the_clients() -> None:
    count = [0]
    loaded, _ = load.load_folders(CASES / "every_keyword" / "specs", shown="specs")
    for folder in (families.united(one)[0] for one in loaded):
        other = Folder(
            name=folder.name,
            provider=with_citations(folder.provider, count),
            models=tuple(with_citations(one, count) for one in folder.models),
        )
        assert shape.provider(other.provider) == ()
        assert [shape.model(one) for one in other.models] == [()] * len(other.models)
        assert lower.provider(other) == lower.provider(folder)
    assert count[0] > 40
