"""The facts of a spec: the leaves of its YAML that a page can say, each with its way, its value and its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.document import Document, Steps

OUR_WORDS = frozenset(
    {
        *("title", "summary", "description", "says", "because", "assumed", "unknown", "partial", "open", "assembled"),
        *("source", "sources", "cite", "doubts", "deprecated", "name", "of", "blanked", "like", "without", "provider"),
    }
)
"""Keys below which stand words of ours, or how we know: no page says them."""
WHOLE = frozenset({"body"})
"""Keys whose value is one fact, whatever is in it: the JSON of a documented request or reply, the layout of a body."""
IMPLIED: dict[str, object] = {"required": False}
"""What a key says where it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Hold a fact. steps: the way to it from the root of its document."""

    steps: Steps
    value: object
    place: Place

    @property
    def name(self) -> str:
        """Write the way as people read it, as in `parameters.n.maximum`."""
        return named(self.steps)


def named(steps: Steps) -> str:
    """Write a way from the root as people read it.

    Args:
        steps: keys and indices.
    """
    return ".".join(map(str, steps))


def facts(document: Document) -> tuple[Fact, ...]:
    """List the facts of a document in their order; what it borrows from another file of its family is not among them.

    Args:
        document: a spec file of any shape.
    """
    return tuple(_facts(document, document.data, ()))


def _facts(document: Document, value: object, steps: Steps) -> Iterator[Fact]:
    if steps in document.borrowed:
        return
    if isinstance(value, dict) and "unknown" in value:
        return
    if steps and steps[-1] in WHOLE and not isinstance(value, str):
        yield Fact(steps=steps, value=value, place=document.key_place(*steps))
        return
    match value:
        case dict():
            for key, member in value.items():
                if not is_our_word(str(key), steps):
                    yield from _facts(document, member, (*steps, key))
        case list() if any(isinstance(item, dict | list) for item in value):
            for index, item in enumerate(value):
                yield from _facts(document, item, (*steps, index))
        case _ if steps:
            yield Fact(steps=steps, value=value, place=document.key_place(*steps))


def is_our_word(key: str, steps: Steps) -> bool:
    """Tell whether a key says something that no page says.

    A parameter, a row or a rate may have any name, such as title: names of the provider's are no keys of ours.
    """
    return key in OUR_WORDS and not holds_names(steps)


def holds_names(steps: Steps) -> bool:
    """Tell whether the keys of a mapping are names of the page's, such as those of parameters."""
    return bool(steps) and steps[-1] in _NAMED_BY_PAGES


_NAMED_BY_PAGES = frozenset(
    {"parameters", "properties", "rows", "rates", "headers", "query", "statuses", "codes", "reports"}
)


def value_at(data: object, steps: Steps) -> object | None:
    """Give what stands at the end of a way, or None.

    Args:
        data: the root.
        steps: the way.
    """
    for step in steps:
        match data, step:
            case dict(), _ if step in data:
                data = data[step]
            case list(), int() if step < len(data):
                data = data[step]
            case _:
                return None
    return data


def follow(data: object, name: str) -> Steps:
    """Read a dotted name as a way; keys that hold dots themselves are found, and what is not there is taken as written.

    Args:
        data: the mapping or list that the name is relative to.
        name: such as rates.image.amount, 0.first or rows.1:1.2K.
    """
    steps: list[str | int] = []
    words = name.split(".")
    while words:
        for count in range(len(words), 0, -1):
            key = ".".join(words[:count])
            if isinstance(data, dict) and key in data:
                data = data[key]
                steps.append(key)
                break
        else:
            count = 1
            step: str | int = int(words[0]) if isinstance(data, list) and words[0].isdecimal() else words[0]
            data = value_at(data, (step,))
            steps.append(step)
        words = words[count:]
    return tuple(steps)


def source_around(data: object, steps: Steps) -> object:
    """Give what stands under `source` in the nearest mapping around, or None.

    Args:
        data: the root.
        steps: the way to what stands inside.
    """
    found: object = None
    for length in range(len(steps) + 1):
        around = value_at(data, steps[:length])
        if isinstance(around, dict) and isinstance(around.get("source"), str | list):
            found = around["source"]
    return found
