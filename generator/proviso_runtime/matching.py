"""Hold a reply to what is expected of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from proviso_runtime import jsontext, paths, protocol
from proviso_runtime.jsontext import Json


def hold(matches: Iterable[protocol.Match], document: Json, *, ignore_case: bool = False) -> bool:
    """Say whether all matches hold for a document.

    ignore_case: whether texts that differ in case alone are the same.
    """
    return all(_holds(one, document, ignore_case=ignore_case) for one in matches)


def same(one: object, other: object, *, ignore_case: bool = False) -> bool:
    """Say whether type and value agree, those of texts perhaps but for their case."""
    if ignore_case and isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return jsontext.same(one, other)


def _holds(one: protocol.Match, document: Json, *, ignore_case: bool) -> bool:
    found = _found(one.path, document)
    agreed = [any(same(value, word, ignore_case=ignore_case) for word in one.values) for value in found]
    match one.how:
        case "is" | "some":
            return any(agreed)
        case "every":
            return bool(found) and all(agreed)
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
