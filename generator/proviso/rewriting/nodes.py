"""Where every node of a YAML text begins and ends, and how it is written: the only door to ruamel.yaml.

Its reader keeps what others throw away: marks of all nodes, quotes, brackets and anchors. Its writer lays lines out in
its own way, so changes are cut into the text at the marks, and all other bytes stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from proviso.document import Steps


class CannotRewrite(Exception):
    """A change that cannot be made in the text; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Hold where a node stands in the text.

    start, end: its offsets, without what surrounds it. key: the offsets of its key, None in a list. is_flow: whether it
    is a scalar or stands in brackets. in_flow: whether it stands inside of brackets. members: the steps below it, in
    order. form: the scalar as written, quotes included.
    """

    start: int
    end: int
    key: tuple[int, int] | None
    is_flow: bool
    in_flow: bool
    is_list: bool
    members: tuple[str | int, ...]
    form: str | None


@lru_cache(maxsize=64)
def spots(text: str) -> Mapping[Steps, Spot]:
    """Find all nodes of a text.

    Args:
        text: a spec file that was read without complaint.

    Raises:
        CannotRewrite: the reader does not take the text, or parts of it are shared by an alias.
    """
    try:
        root = YAML(typ="rt").compose(text)
    except YAMLError as error:
        raise CannotRewrite(f"its text cannot be changed in place: {error}") from error
    if root is None:
        raise CannotRewrite("it is empty")
    found: dict[Steps, Spot] = {}
    seen: set[int] = set()
    pending: list[tuple[Steps, Node, tuple[int, int] | None, bool]] = [((), root, None, False)]
    while pending:
        steps, node, key, in_flow = pending.pop()
        if id(node) in seen:
            raise CannotRewrite("parts of it are shared by an alias")
        seen.add(id(node))
        inside = list(_inside(node))
        is_flow = isinstance(node, ScalarNode) or _in_brackets(node)
        for step, member, its_key in inside:
            pending.append(((*steps, step), member, its_key, in_flow or is_flow))
        found[steps] = Spot(
            start=node.start_mark.index,
            end=_end(node, text),
            key=key,
            is_flow=is_flow,
            in_flow=in_flow,
            is_list=isinstance(node, SequenceNode),
            members=tuple(step for step, _, _ in inside),
            form=text[node.start_mark.index : node.end_mark.index] if isinstance(node, ScalarNode) else None,
        )
    return found


def _inside(node: Node) -> Iterator[tuple[str | int, Node, tuple[int, int] | None]]:
    match node:
        case MappingNode(value=pairs):
            for key, value in pairs:
                yield str(key.value), value, (key.start_mark.index, key.end_mark.index)
        case SequenceNode(value=items):
            yield from ((index, item, None) for index, item in enumerate(items))
        case _:
            pass


def _end(node: Node, text: str) -> int:
    """Give the end of what is written; the reader ends blocks where the next thing begins."""
    while isinstance(node, MappingNode | SequenceNode) and not _in_brackets(node) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip()) if end > start else end


def _in_brackets(node: Node) -> bool:
    return isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)
