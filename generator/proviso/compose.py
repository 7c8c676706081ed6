"""Put a document together from the nodes of a parser, with bounds on what a small file may grow into.

Nothing here calls itself: neither deep nesting nor aliases of aliases can exhaust the stack or the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from proviso import scalars
from proviso.diagnostics import Diagnostic, Place, quoted
from proviso.document import Steps
from proviso.limits import SPEC, Limits

Node: TypeAlias = "str | int | Decimal | bool | None | list[Node] | dict[str, Node]"

_MOST_COMPLAINTS = 100
_SURROGATE = re.compile("[\ud800-\udfff]")


class StopError(Exception):
    """Reading on would make no sense; the complaints say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Hold what any node has: its place, and the anchor and the tag that may stand before it."""

    place: Place
    anchor: str | None
    tag: str | None


@dataclass(slots=True, kw_only=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    data: list[Node] | dict[str, Node]
    steps: Steps
    nodes_before: int
    anchor: str | None
    is_key: bool
    levels: int = 1
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.data, dict) and self.key is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchored:
    """What aliases may name; `nodes` is None while the node is still open."""

    value: Node
    steps: Steps
    nodes: int | None
    levels: int


class Composer:
    """Take the nodes of one document in the order of the file."""

    def __init__(self, path: str, limits: Limits = SPEC) -> None:
        self.path = path
        self.limits = limits
        self.root: Node = None
        self.values: dict[Steps, Place] = {}
        self.keys: dict[Steps, Place] = {}
        self.complaints: list[Diagnostic] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = 0

    def complain(self, place: Place, message: str, rule: str) -> None:
        """Note a complaint.

        Args:
            place: where it is.
            message: what is wrong, and what would be right.
            rule: the tag of the complaint.

        Raises:
            StopError: there are more complaints than anyone reads.
        """
        self.complaints.append(Diagnostic(place, message, rule))
        if len(self.complaints) >= _MOST_COMPLAINTS:
            raise StopError

    def scalar(self, head: Head, text: str, *, plain: bool) -> None:
        """Take a scalar.

        Args:
            head: its place, anchor and tag.
            text: what it says.
            plain: whether it stands without quotes.
        """
        self._count(head.place, 1)
        self._refuse_tag(head)
        if not text.isascii() and _SURROGATE.search(text):
            self.complain(
                head.place, "half of a surrogate pair is no character; write \\U and eight digits", "character"
            )
        if self._open and self._open[-1].awaits_key:
            self._key(self._open[-1], head, text, plain=plain)
            return
        value: Node = text
        if plain:
            try:
                value = scalars.plain(text)
            except ValueError as error:
                self.complain(head.place, str(error), "number")
        place = self._after_key(head.place) if plain and text == "" else head.place
        steps = self._attach(value, place)
        self._name(head, value, steps, nodes=1)

    def begin(self, head: Head, data: list[Node] | dict[str, Node]) -> None:
        """Take the beginning of a mapping or list.

        Args:
            head: its place, anchor and tag.
            data: an empty dict or list, which is filled with what follows.

        Raises:
            StopError: the nodes lie too deep.
        """
        before = self._nodes
        self._count(head.place, 1)
        self._refuse_tag(head)
        self._refuse_depth(head.place, 1)
        is_key = bool(self._open) and self._open[-1].awaits_key
        if is_key:
            self._no_key(head.place, 'a key is a text; put quotes around a key that begins with "{" or "["')
        steps = self._attach(data, head.place)
        self._open.append(_Open(data=data, steps=steps, nodes_before=before, anchor=head.anchor, is_key=is_key))
        self._name(head, data, steps, nodes=None)

    def end(self) -> None:
        """Take the end of the innermost mapping or list."""
        closed = self._open.pop()
        if closed.anchor is not None:
            self._anchors[closed.anchor] = _Anchored(
                value=closed.data,
                steps=closed.steps,
                nodes=self._nodes - closed.nodes_before,
                levels=closed.levels,
            )
        if self._open:
            around = self._open[-1]
            around.levels = max(around.levels, closed.levels + 1)
            if closed.is_key:
                around.key = ""

    def alias(self, place: Place, name: str) -> None:
        """Take an alias: a copy of the node that has the anchor.

        Args:
            place: where the alias stands.
            name: the name of the anchor.

        Raises:
            StopError: the document grows too large or too deep.
        """
        if self._open and self._open[-1].awaits_key:
            self._no_key(place, "a key is a text; an alias cannot stand for it")
            return
        named = self._anchors.get(name)
        if named is None:
            self.complain(place, f"no anchor {quoted('&' + name)} stands above; put quotes around a text", "alias")
        elif named.nodes is None:
            self.complain(place, f"the alias {quoted('*' + name)} stands inside of what it names", "alias")
        if named is None or named.nodes is None:
            self._attach(None, place)
            return
        self._count(place, named.nodes)
        self._refuse_depth(place, named.levels)
        if self._open:
            self._open[-1].levels = max(self._open[-1].levels, named.levels + 1)
        value = _fresh(named.value)
        self._copy(named, value, self._attach(value, place))

    def _key(self, mapping: _Open, head: Head, text: str, *, plain: bool) -> None:
        if head.anchor is not None:
            self.complain(head.place, "a key cannot have an anchor; put it before the value", "key")
        if plain and text == "":
            self.complain(head.place, 'a key is missing before ":"; put quotes around a text', "key")
        steps = (*mapping.steps, text)
        mapping.key = text
        # An unquoted key is its text as written, whatever it would mean as a value: 200, 2K, 1:1, null.
        if isinstance(mapping.data, dict) and text in mapping.data:
            self.complain(head.place, f"the key {quoted(text)} already stands at {self.keys[steps]}", "duplicate-key")
        self.keys.setdefault(steps, head.place)

    def _no_key(self, place: Place, message: str) -> None:
        # Reading goes on as if the key were an empty text, since its value may have faults of its own.
        self._open[-1].key = ""
        self.keys.setdefault((*self._open[-1].steps, ""), place)
        self.complain(place, message, "key")

    def _attach(self, value: Node, place: Place) -> Steps:
        steps: Steps = ()
        if not self._open:
            self.root = value
        else:
            around = self._open[-1]
            if isinstance(around.data, list):
                steps = (*around.steps, len(around.data))
                around.data.append(value)
            else:
                key = around.key or ""
                steps = (*around.steps, key)
                around.data[key] = value
                around.key = None
        self.values[steps] = place
        return steps

    def _copy(self, named: _Anchored, copy: Node, steps: Steps) -> None:
        pending: list[tuple[Node, Node, Steps, Steps]] = [(named.value, copy, named.steps, steps)]
        while pending:
            source, target, old, new = pending.pop()
            if isinstance(source, dict) and isinstance(target, dict):
                for key, value in source.items():
                    target[key] = _fresh(value)
                    self.keys[(*new, key)] = self.keys[(*old, key)]
                    self.values[(*new, key)] = self.values[(*old, key)]
                    pending.append((value, target[key], (*old, key), (*new, key)))
            elif isinstance(source, list) and isinstance(target, list):
                for index, value in enumerate(source):
                    target.append(_fresh(value))
                    self.values[(*new, index)] = self.values[(*old, index)]
                    pending.append((value, target[index], (*old, index), (*new, index)))

    def _name(self, head: Head, value: Node, steps: Steps, *, nodes: int | None) -> None:
        if head.anchor is None:
            return
        if head.anchor in self._anchors:
            self.complain(head.place, f"the anchor {quoted('&' + head.anchor)} already stands above", "alias")
        self._anchors[head.anchor] = _Anchored(value=value, steps=steps, nodes=nodes, levels=0)

    def _after_key(self, place: Place) -> Place:
        # The parsers do not agree where a value stands that is not there.
        around = self._open[-1] if self._open else None
        return place if around is None or around.key is None else self.keys.get((*around.steps, around.key), place)

    def _count(self, place: Place, nodes: int) -> None:
        self._nodes += nodes
        most = self.limits.nodes
        if self._nodes > most:
            self.complain(place, f"{self.limits.what} has at most {most} nodes, aliases written out", "too-large")
            raise StopError

    def _refuse_depth(self, place: Place, levels: int) -> None:
        most = self.limits.levels
        if len(self._open) + levels > most:
            self.complain(place, f"{self.limits.what} has at most {most} levels", "too-deep")
            raise StopError

    def _refuse_tag(self, head: Head) -> None:
        if head.tag is not None:
            message = "tags (words that begin with !) are not used in specs; put quotes around a text"
            self.complain(head.place, message, "tag")


def _fresh(value: Node) -> Node:
    if isinstance(value, dict):
        return {}
    return [] if isinstance(value, list) else value
