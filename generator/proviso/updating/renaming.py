"""A name that a page has changed, followed to all places of the spec where it stands: formulas, rules, requests, locators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso.document import Document, Steps
from proviso.rewriting.differing import Change, Put, Rename

_PROSE = frozenset(
    {
        *("title", "summary", "description", "says", "because", "assumed", "unknown", "partial", "open", "assembled"),
        *("ruling", "settled_by", "deprecated", "sha256", "read", "address", "source", "sources", "id", "model"),
    }
)

_HOLES = re.compile(r"(\{[^{}]*\})")
"""What names keys of the spec in a locator; the labels around it are the page's."""
_NO_HOLES = re.compile(r"((?!))")


def renamed(document: Document, steps: Steps, name: str) -> tuple[Change, ...]:
    """Give the changes that a member's new name asks for in its file, the member itself last.

    Args:
        document: a spec file.
        steps: the way to the member.
        name: its new name.
    """
    old = str(steps[-1])
    if steps[:-1] != ("parameters",):
        return (Rename(steps=steps, name=name),)
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    found = list(_below(document.data, (), word, old, name))
    puts = [one for one in found if isinstance(one, Put)]
    keys = sorted((one for one in found if isinstance(one, Rename)), key=lambda one: -len(one.steps))
    return (*puts, *keys)


def _below(value: object, steps: Steps, word: re.Pattern[str], old: str, name: str) -> Iterator[Change]:
    match value:
        case dict():
            for key, member in value.items():
                if key == old and _names_parameters(steps):
                    yield Rename(steps=(*steps, key), name=name)
                if key not in _PROSE or not steps:
                    yield from _below(member, (*steps, key), word, old, name)
        case list():
            for index, item in enumerate(value):
                yield from _below(item, (*steps, index), word, old, name)
        case str() if steps[0] not in _PROSE:
            pattern = _HOLES if "cite" in steps else _NO_HOLES
            text = "".join(
                part if pattern.fullmatch(part) else word.sub(lambda _: name, part) for part in pattern.split(value)
            )
            if text != value:
                yield Put(steps=steps, value=text)
        case _:
            pass


def _names_parameters(steps: Steps) -> bool:
    return steps == ("parameters",) or "when" in steps or (steps[:1] == ("witnesses",) and "body" in steps)
