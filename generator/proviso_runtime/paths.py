"""Find values in a reply by path.

A path is RFC 9535 JSONPath, of which only names (`$.a.b`, `$['a b']`), indexes (`[0]`) and `[*]` are
read, and the pipe `PATH | json | PATH`, which parses the JSON string that the first path finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from proviso_runtime import jsontext
from proviso_runtime.jsontext import Json

BrokenJson = jsontext.BrokenJson

_SEGMENT = re.compile(
    r"""
      \.(?P<name>[^\W\d]\w*)
    | \[(?P<index>0|-?[1-9][0-9]*)\]
    | \[(?P<all>\*)\]
    | \['(?P<single>(?:[^'\\]|\\.)*)'\]
    | \["(?P<double>(?:[^"\\]|\\.)*)"\]
    """,
    re.VERBOSE,
)
_PIPE = re.compile(r"\s*\|\s*json\s*\|\s*")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\(.)")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "/": "/", "\\": "\\", "'": "'", '"': '"'}


@dataclass(frozen=True, slots=True)
class _All:
    """Every member of a list or of a mapping."""


@dataclass(frozen=True, slots=True)
class _Parse:
    """A JSON string, parsed."""


_Step = str | int | _All | _Parse


def find(path: str, document: Json) -> list[Json]:
    """Return the values at path, in document order; an empty list when there are none.

    Raises BrokenJson where a piped string is no JSON, and ValueError for a path that is none.
    """
    found = [document]
    for step in _compiled(path):
        found = [value for parent in found for value in _take(step, parent)]
    return found


def _take(step: _Step, value: Json) -> list[Json]:
    match step, value:
        case str(), dict():
            return [value[step]] if step in value else []
        case int(), list():
            return [value[step]] if -len(value) <= step < len(value) else []
        case _All(), list():
            return value
        case _All(), dict():
            return list(value.values())
        case _Parse(), str():
            return [jsontext.read(value)]
        case _:
            return []


@lru_cache(maxsize=1024)
def _compiled(path: str) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    at = _root(path, 0)
    while at < len(path):
        if piped := _PIPE.match(path, at):
            steps.append(_Parse())
            at = _root(path, piped.end())
        elif segment := _SEGMENT.match(path, at):
            steps.append(_step(segment))
            at = segment.end()
        else:
            raise ValueError(f"{path!r} is no reply path: character {at + 1} fits nothing")
    return tuple(steps)


def _root(path: str, at: int) -> int:
    if not path.startswith("$", at):
        raise ValueError(f"{path!r} is no reply path: '$' is missing at character {at + 1}")
    return at + 1


def _step(segment: re.Match[str]) -> _Step:
    text = segment[0][1:] if segment["name"] else segment[0][2:-2]
    match segment.lastgroup:
        case "index":
            return int(segment["index"])
        case "all":
            return _All()
        case "name":
            return text
        case _:
            return _ESCAPED.sub(_unescaped, text)


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    if escape[2] not in _ESCAPES:
        raise ValueError(f"{escape[0]} is no escape of a reply path")
    return _ESCAPES[escape[2]]
