"""Matchers read again: whether a documented reply is what it is held to."""

from __future__ import annotations

from harness.exact import plain, same
from proviso import ir, reply_paths


def hold(matches: ir.Matches, body: object) -> bool:
    """Say whether a body is all that it is held to."""
    return all(_holds(one, reply_paths.find(one.path, body)) for one in matches)


def _holds(one: ir.Match, found: list[object]) -> bool:
    fitting = [value for value in found if any(same(plain(value), plain(wanted)) for wanted in one.values)]
    match one.how:
        case "given" | "absent":
            return (one.how == "given") == any(value is not None for value in found)
        case "every":
            return found != [] and len(fitting) == len(found)
        case "is" | "some":
            return fitting != []
