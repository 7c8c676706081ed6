"""Hold a reply to what is expected of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from proviso_runtime import jsontext, paths, protocol
from proviso_runtime.jsontext import Json


def hold(matches: Iterable[protocol.Match], document: Json) -> bool:
    """Say whether all matches hold for a document."""
    return all(_holds(one, document) for one in matches)


def _holds(one: protocol.Match, document: Json) -> bool:
    found = _found(one.path, document)
    match one.how:
        case "is" | "some":
            return any(_among(value, one.values) for value in found)
        case "every":
            return bool(found) and all(_among(value, one.values) for value in found)
        case "given":
            return any(value is not None for value in found)
        case "absent":
            return all(value is None for value in found)
        case _:
            assert_never(one.how)


def _found(path: str, document: Json) -> list[Json]:
    try:
        return paths.find(path, document)
    except jsontext.BrokenJson:
        return []  # text that should hold JSON and does not holds nothing


def _among(value: Json, values: tuple[protocol.Scalar, ...]) -> bool:
    return any(jsontext.same(value, one) for one in values)
