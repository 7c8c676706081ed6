"""Reply paths: the singular part of RFC 9535 JSONPath and `[*]`, with `| json |` between two.

`$.data.resultJson | json | $.resultUrls[*]` reads a text, parses it as JSON and
goes on inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

Step = str | int | None
"""A member's name, an index, or None for `[*]`."""

_STEP = re.compile(
    r"""\.(?P<name>[^\W\d]\w*)
      | \['(?P<quoted>[^'\\]+)'\]
      | \[(?P<index>0|[1-9][0-9]{0,6})\]
      | (?P<every>\[\*\])""",
    re.VERBOSE,
)
_BAR = re.compile(r" \| json \| (?=\$)")


class PathError(ValueError):
    """Text that is not a reply path."""


class _BrokenError(ValueError):
    """An embedded text is no JSON."""


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[tuple[Step, ...], ...]:
    """Parse a path into its legs; between two legs a text is parsed as JSON.

    Raises PathError that says what is not understood.
    """
    legs: list[tuple[Step, ...]] = []
    at = 0
    while True:
        steps, at = _steps(text, at)
        legs.append(steps)
        if at == len(text):
            return tuple(legs)
        if (bar := _BAR.match(text, at)) is None:
            if text[at:].lstrip().startswith("|"):
                raise PathError("after a bar comes `json`, and after that a path again: `$.a | json | $.b`")
            raise PathError(f"{text[at : at + 20]!r} is no step; steps are .name, ['a name'], [0] and [*]")
        at = bar.end()


def find(text: str, document: object) -> list[object]:
    """Find every value at a path; nothing where the document has none, or where the text is no path.

    One embedded text that is no JSON spoils the whole find, as it does for the clients.
    """
    values = [document]
    try:
        for number, steps in enumerate(parse(text)):
            if number:
                values = [_embedded(value) for value in values if isinstance(value, str)]
            for step in steps:
                values = list(_follow(values, step))
    except (PathError, _BrokenError):
        return []
    return values


def is_path(text: str) -> bool:
    """Tell whether a text is a path at all; one that is none has a complaint of its own already."""
    try:
        parse(text)
    except PathError:
        return False
    return True


def is_plural(text: str) -> bool:
    """Tell whether a path may find more than one value."""
    return any(step is None for leg in parse(text) for step in leg)


def _steps(text: str, at: int) -> tuple[tuple[Step, ...], int]:
    if not text.startswith("$", at):
        raise PathError(f"a path begins with $, not with {text[at : at + 10]!r}")
    at += 1
    steps: list[Step] = []
    while found := _STEP.match(text, at):
        at = found.end()
        if found["every"]:
            steps.append(None)
        elif found["index"]:
            steps.append(int(found["index"]))
        else:
            steps.append(found["name"] or found["quoted"])
    return tuple(steps), at


def _follow(values: Iterable[object], step: Step) -> Iterator[object]:
    for value in values:
        match step, value:
            case None, list():
                yield from value
            case None, dict():
                yield from value.values()
            case int(), list() if step < len(value):
                yield value[step]
            case str(), dict() if step in value:
                yield value[step]
            case _:
                pass


def _embedded(text: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _BrokenError from error


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
