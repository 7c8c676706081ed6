"""A cursor over data of any shape: what is absent, or not of the wanted type, reads as nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a document; None where there is none."""

    value: object = None

    def __bool__(self) -> bool:
        """Tell whether the node is there and says something."""
        return self.value not in (None, {}, [], "")

    def __getitem__(self, step: str | int) -> Part:
        """Give a member or an item."""
        match self.value, step:
            case dict(), str():
                return Part(self.value.get(step))
            case list(), int() if step < len(self.value):
                return Part(self.value[step])
            case _:
                return Part()

    def has(self, name: str) -> bool:
        """Tell whether there is such a member, even if it is null."""
        return isinstance(self.value, dict) and name in self.value

    def members(self) -> Iterator[tuple[str, Part]]:
        """Yield the members."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Part(value)

    def names(self) -> Iterator[str]:
        """Yield the names of the members."""
        if isinstance(self.value, dict):
            yield from self.value

    def each(self) -> Iterator[Part]:
        """Yield the items of a list."""
        if isinstance(self.value, list):
            yield from map(Part, self.value)

    @property
    def text(self) -> str:
        """The text, or an empty one."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def flag(self) -> bool:
        """Whether it says true."""
        return self.value is True

    @property
    def number(self) -> int | Decimal | None:
        """The number, if it is one."""
        return self.value if is_number(self.value) else None

    def texts(self) -> list[str]:
        """List the texts among the items."""
        return [one.text for one in self.each() if one.text]


def is_number(value: object) -> TypeGuard[int | Decimal]:
    """Tell whether a value is a number; true and false are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
