"""A cursor over a document that has the right shape: typed reading, with places for complaints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from proviso import ir
from proviso.diagnostics import Diagnostic, Place
from proviso.document import Document, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value in a document. The shape has been checked, so a wrong type is our own mistake."""

    document: Document
    complaints: list[Diagnostic]
    value: object
    steps: Steps = ()

    @classmethod
    def root(cls, document: Document, complaints: list[Diagnostic]) -> Node:
        """Start at the top of a document."""
        return cls(document=document, complaints=complaints, value=document.data)

    @property
    def place(self) -> Place:
        """The position of the value."""
        return self.document.place(*self.steps)

    @property
    def key_place(self) -> Place:
        """The position of the key that names the value."""
        return self.document.key_place(*self.steps)

    @property
    def name(self) -> str:
        """The key that names the value."""
        return str(self.steps[-1])

    def complain(self, message: str, rule: str, *, at_key: bool = False) -> None:
        """Add a complaint at this node."""
        place = self.key_place if at_key else self.place
        self.complaints.append(Diagnostic(place, message, rule))

    def get(self, key: str) -> Node | None:
        """Give a member, or None where it is absent."""
        members = self.mapping()
        return self._step(key, members[key]) if key in members else None

    def __getitem__(self, key: str) -> Node:
        """Give a member that the shape requires."""
        return self._step(key, self.mapping()[key])

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield the members in their order."""
        for key, value in self.mapping().items():
            yield key, self._step(key, value)

    def each(self) -> Iterator[Node]:
        """Yield the items of a list, or the value itself where one stands for a list of one."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield self._step(index, value)
        else:
            yield self

    def unordered(self) -> Iterator[tuple[str, Node]]:
        """Yield the members by name, where their order in the spec carries no meaning."""
        yield from sorted(self.items(), key=lambda item: item[0])

    def mapping(self) -> dict[str, object]:
        """Give the value as a mapping."""
        assert isinstance(self.value, dict), self.steps
        return self.value

    def text(self) -> str:
        """Give the value as text."""
        assert isinstance(self.value, str), self.steps
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Give a text, or a list of them, as a tuple."""
        return tuple(node.text() for node in self.each())

    def integer(self) -> int:
        """Give the value as an integer."""
        assert isinstance(self.value, int), self.steps
        return self.value

    def number(self) -> Decimal:
        """Give the value as an exact number."""
        assert isinstance(self.value, int | Decimal), self.steps
        return Decimal(self.value)

    def flag(self) -> bool:
        """Give the value as true or false."""
        assert isinstance(self.value, bool), self.steps
        return self.value

    def scalar(self) -> ir.Scalar:
        """Give the value as text, a number or a truth value."""
        assert isinstance(self.value, str | int | Decimal), self.steps
        return self.value

    def optional_text(self, key: str) -> str | None:
        """Give a member as text, or None where it is absent."""
        node = self.get(key)
        return None if node is None else node.text()

    def unknown(self) -> ir.Unknown | None:
        """Give the reason where the value says that a fact is unknown."""
        if not isinstance(self.value, dict) or "unknown" not in self.value:
            return None
        return ir.Unknown(why=self["unknown"].text(), place=self.place)

    def sources(self) -> tuple[str, ...]:
        """Name the sources of this node: its own, else those of the nearest node around it."""
        value: object = self.document.data
        found = self.document.outermost_source(*self.steps)
        for step in self.steps:
            match value, step:
                case dict(), _:
                    value = value[step]
                case list(), int():
                    value = value[step]
                case _:
                    break
            if isinstance(value, dict) and isinstance(value.get("source"), str | list):
                found = value["source"]
        return (found,) if isinstance(found, str) else tuple(map(str, _listed(found)))

    def _step(self, step: str | int, value: object) -> Node:
        return Node(
            document=self.document,
            complaints=self.complaints,
            value=value,
            steps=(*self.steps, step),
        )


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
