"""Matchers read again: whether a documented reply is what it is held to."""

from __future__ import annotations

from proviso import ir, reply_paths
from proviso.oracle.exact import plain, same


def hold(matches: ir.Matches, body: object, *, ignore_case: bool = False) -> bool:
    """Say whether a body is all that it is held to."""
    return all(_holds(one, reply_paths.find(one.path, body), ignore_case=ignore_case) for one in matches)


def agree(one: object, other: object, *, ignore_case: bool) -> bool:
    """Say whether two values are the same, texts perhaps but for their case."""
    if ignore_case and isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return same(plain(one), plain(other))


def _holds(one: ir.Match, found: list[object], *, ignore_case: bool) -> bool:
    fitting = [value for value in found if any(agree(value, known, ignore_case=ignore_case) for known in one.values)]
    match one.how:
        case "given" | "absent":
            return (one.how == "given") == any(value is not None for value in found)
        case "every":
            return found != [] and len(fitting) == len(found)
        case "is" | "some":
            return fitting != []
