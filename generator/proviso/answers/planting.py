"""Put values into documented replies, only ever at paths that stand in them."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence

from proviso import reply_paths
from proviso.oracle.exact import plain
from proviso.reply_paths import Step

Legs = tuple[tuple[Step, ...], ...]


def planted(path: str, reply: object, *values: object) -> object:
    """Return a documented reply with other values at a path.

    Where the path goes through `[*]`, the documented item is repeated for every value. Raises
    LookupError when the reply has nothing at the path.
    """
    first, *others = reply_paths.parse(path)
    return _planted(copy.deepcopy(plain(reply)), first, tuple(others), values)


def without(path: str, reply: object) -> object:
    """Return a documented reply without the members that a path leads to, or that list what it leads to."""
    left = copy.deepcopy(plain(reply))
    steps = list(reply_paths.parse(path)[0])
    while steps and steps[-1] is None:
        steps.pop()
    around: list[object] = [left]
    for step in steps[:-1]:
        around = [inner for one in around for inner in _inside(one, step)]
    for one in around:
        if isinstance(one, dict):
            one.pop(steps[-1], None)
    return left


def has(path: str, reply: object) -> bool:
    """Say whether a documented reply has something at a path."""
    return bool(reply_paths.find(path, reply))


def _planted(node: object, steps: tuple[Step, ...], legs: Legs, values: Sequence[object]) -> object:
    if not steps and not legs:
        (value,) = values
        return value
    if not steps:
        assert isinstance(node, str)
        return json.dumps(_planted(json.loads(node), legs[0], legs[1:], values))
    step, rest = steps[0], steps[1:]
    match step, node:
        case None, [documented, *_]:
            return [_planted(copy.deepcopy(documented), rest, legs, [value]) for value in values]
        case str(), dict() if step in node:
            return {**node, step: _planted(node[step], rest, legs, values)}
        case int(), list() if step < len(node):
            return [*node[:step], _planted(node[step], rest, legs, values), *node[step + 1 :]]
        case _:
            raise LookupError(f"the documented reply has no {step!r}")


def _inside(node: object, step: Step) -> list[object]:
    match step, node:
        case None, list():
            return list(node)
        case str(), dict() if step in node:
            return [node[step]]
        case int(), list() if step < len(node):
            return [node[step]]
        case _:
            return []
