"""Pieces cut into a text: values replaced, members put in and taken out, with the lines and commas that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from proviso.document import Steps
from proviso.rewriting import texts
from proviso.rewriting.nodes import CannotRewrite, Spot, spots
from proviso.yaml_text import Tree, inline


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the places of its nodes. Every method gives the text with one change in it."""

    text: str
    spots: Mapping[Steps, Spot]

    @classmethod
    def of(cls, text: str) -> Text:
        """Read a text; raise CannotRewrite for one that cannot be changed in place."""
        return cls(text, spots(text))

    def replaced(self, steps: Steps, value: Tree) -> str:
        """Write another value where a node stands."""
        spot = self.spots[steps]
        if spot.is_flow or spot.in_flow:
            written = (
                texts.scalar(value, like=spot.form, in_flow=spot.in_flow)
                if isinstance(value, str | int | Decimal | None)
                else inline(value, inside=spot.in_flow)
            )
            if spot.form == "" and spot.key is not None:
                # Where nothing stands, the reader looks for it in the next line.
                at = self.text.index(":", spot.key[1]) + 1
                return self._cut(at, at, f" {written}")
            return self._cut(spot.start, spot.end, written)
        if spot.key is None:
            raise CannotRewrite("an item of several lines stands there")
        start, end = self._lines(spot)
        return self._cut(start, end, self._written(str(steps[-1]), value, self._column(spot.key[0])))

    def renamed(self, steps: Steps, name: str) -> str:
        """Write another key for a member."""
        key = self.spots[steps].key
        if key is None:
            raise CannotRewrite("an item of a list has no name")
        like = self.text[slice(*key)]
        return self._cut(*key, texts.scalar(name, like=like, in_flow=True))

    def put(self, steps: Steps, value: Tree, *, before: str | int | None = None) -> str:
        """Write a new member or item, before another one or as the last."""
        around, step = self.spots.get(steps[:-1]), steps[-1]
        if around is None or not around.members:
            raise CannotRewrite("there is nothing that it could stand beside")
        key = None if around.is_list else str(step)
        if around.is_flow or around.in_flow:
            word = inline(value, inside=True)
            word = word if key is None else f"{texts.scalar(key)}: {word}"
            if before is None:
                end = self.spots[*steps[:-1], around.members[-1]].end
                return self._cut(end, end, f", {word}")
            start = self._start(self.spots[*steps[:-1], before])
            return self._cut(start, start, f"{word}, ")
        first = self.spots[*steps[:-1], around.members[0]]
        column = self._column(self._start(first)) if key is not None else self._dash(first)
        lines = self._written(key, value, column)
        if before is None or before == around.members[0]:
            _, end = self._lines(self.spots[*steps[:-1], around.members[-1]])
            return self._cut(end, end, lines if self.text[:end].endswith("\n") or end == 0 else "\n" + lines[:-1])
        start, _ = self._lines(self.spots[*steps[:-1], before])
        return self._cut(start, start, lines)

    def taken(self, steps: Steps) -> str:
        """Take a member or item out."""
        spot, around = self.spots[steps], self.spots[steps[:-1]]
        if len(around.members) < 2:
            raise CannotRewrite("it stands alone there")
        at = around.members.index(steps[-1])
        if around.is_flow or around.in_flow:
            if at + 1 < len(around.members):
                return self._cut(self._start(spot), self._start(self.spots[*steps[:-1], around.members[at + 1]]), "")
            return self._cut(self.spots[*steps[:-1], around.members[at - 1]].end, spot.end, "")
        start, end = self._lines(spot)
        if self.text[start : self._start(spot)].strip() != ("-" if around.is_list else ""):
            raise CannotRewrite("it shares its line with something else")
        return self._cut(start, end, "")

    def _cut(self, start: int, end: int, text: str) -> str:
        return self.text[:start] + text + self.text[end:]

    def _written(self, key: str | None, value: Tree, column: int) -> str:
        return "\n".join(texts.block(key, value, column=column)) + "\n"

    def _start(self, spot: Spot) -> int:
        return spot.start if spot.key is None else spot.key[0]

    def _line(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _column(self, at: int) -> int:
        return at - self._line(at)

    def _dash(self, spot: Spot) -> int:
        line = self.text[self._line(spot.start) : spot.start]
        return len(line) - len(line.lstrip(" "))

    def _lines(self, spot: Spot) -> tuple[int, int]:
        """Give the lines of a node, from the beginning of the first to the beginning of the one behind the last."""
        end = self.text.find("\n", spot.end)
        return self._line(self._start(spot)), len(self.text) if end < 0 else end + 1
