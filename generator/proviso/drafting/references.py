"""References followed within a document: never outside of it, never in a circle, never without end."""

from __future__ import annotations

from urllib.parse import unquote

from proviso.diagnostics import Diagnostic, Place, quoted
from proviso.document import Steps
from proviso.drafting.parts import Part
from proviso.drafting.source import BrokenError, Source

RECURSIVE = "x-proviso-recursive"
"""The member that stands in place of a description which holds itself: the reference that was not followed."""

_MOST_NODES = 60_000
_MOST_LEVELS = 100
# What stands in them is data, not description; a `$ref` there refers to nothing.
_DATA = frozenset({"default", "enum", "const", "example", "value"})
# Their members are named by the author, so that no name in them means anything.
_NAMED = frozenset({
    "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "responses", "content", "headers",
    "links", "callbacks", "examples", "schemas", "parameters", "requestBodies", "securitySchemes", "variables",
})  # fmt: skip
_ANNOTATIONS = frozenset({"$ref", "summary", "description"})


class References:
    """Write out parts of one document with every reference replaced by what it names."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._nodes = 0
        self._levels = 0
        self._followed: list[str] = []

    def written_out(self, *steps: str | int) -> object:
        """Give a copy of the node at some steps; None where there is none.

        Args:
            steps: the way from the root of the document to the node.

        Raises:
            BrokenError: a reference cannot be followed, or the copy grows beyond all bounds.
        """
        self._nodes = self._levels = 0
        self._followed.clear()
        node, there = self._found(steps)
        return self._copy(node, there, named=bool(steps) and steps[-1] in _NAMED)

    def part(self, *steps: str | int) -> Part:
        """Look at a node without writing out what is inside of it; a reference in its place is followed.

        Args:
            steps: the way from the root of the document to the node.

        Raises:
            BrokenError: a reference on the way cannot be followed.
        """
        node, there = self._found(steps)
        return Part(self._target(node, there)[0])

    def place(self, *steps: str | int) -> Place:
        """Find where a node of a copy stands in the document.

        Args:
            steps: the way to it, as if every reference were written out.
        """
        return self.source.place(self._found(steps)[1])

    def _found(self, steps: Steps) -> tuple[object, Steps]:
        node: object = self.source.data
        there: Steps = ()
        for step in steps:
            node, there = self._target(node, there)
            node, there = _child(node, step), (*there, step)
        return node, there

    def _copy(self, node: object, steps: Steps, *, named: bool = False) -> object:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            message = f"with its references written out, one operation has more than {_MOST_NODES} nodes"
            raise self._broken(steps, message)
        self._levels += 1
        if self._levels > _MOST_LEVELS:
            message = f"with its references written out, this lies more than {_MOST_LEVELS} levels deep"
            raise self._broken(steps, message)
        copy = self._members(node, steps, named=named)
        self._levels -= 1
        return copy

    def _members(self, node: object, steps: Steps, *, named: bool) -> object:
        if isinstance(node, list):
            return [self._copy(item, (*steps, index)) for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        if not named and isinstance(node.get("$ref"), str):
            return self._followed_copy(node, steps)
        return {
            key: member
            if not named and (key in _DATA or (key == "examples" and isinstance(member, list)))
            else self._copy(member, (*steps, key), named=not named and key in _NAMED and isinstance(member, dict))
            for key, member in node.items()
        }

    def _followed_copy(self, node: dict[str, object], steps: Steps) -> object:
        address = str(node["$ref"])
        if address in self._followed:
            return {RECURSIVE: address}
        target, there = self._target(node, steps)
        self._followed.append(address)
        copy = self._copy(target, there)
        self._followed.pop()
        beside = {key: member for key, member in node.items() if key not in _ANNOTATIONS}
        if beside and self.source.version != "3.0" and isinstance(copy, dict):
            rest = self._copy(beside, steps)
            return {**rest, "allOf": [copy]} if isinstance(rest, dict) and "allOf" not in rest else copy
        return copy

    def _target(self, node: object, steps: Steps) -> tuple[object, Steps]:
        seen: list[str] = []
        while isinstance(node, dict) and isinstance(address := node.get("$ref"), str):
            if address in seen:
                raise self._broken((*steps, "$ref"), f"the reference {quoted(address)} leads in a circle to itself")
            seen.append(address)
            node, steps = self._named(address, steps)
        return node, steps

    def _named(self, address: str, steps: Steps) -> tuple[object, Steps]:
        place = (*steps, "$ref")
        if not address.startswith("#"):
            message = f"the reference {quoted(address)} leads out of the document, and nothing is fetched; bundle it into one file"
            raise self._broken(place, message)
        if not address.startswith("#/"):
            raise self._broken(place, f"the reference {quoted(address)} is not of the form #/components/schemas/Name")
        found: object = self.source.data
        there: list[str | int] = []
        for part in address[2:].split("/"):
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            step: str | int = int(name) if isinstance(found, list) and name.isdecimal() and len(name) < 7 else name
            found = _child(found, step)
            there.append(step)
            if found is None:
                raise self._broken(place, f"the reference {quoted(address)} names nothing in the document")
        return found, tuple(there)

    def _broken(self, steps: Steps, message: str) -> BrokenError:
        return BrokenError(Diagnostic(self.source.place(steps), message, "reference"))


def _child(node: object, step: str | int) -> object:
    match node, step:
        case dict(), str():
            return node.get(step)
        case list(), int() if step < len(node):
            return node[step]
        case _:
            return None
