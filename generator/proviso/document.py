"""A spec file as plain data, in which every node knows where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proviso.diagnostics import Place

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Hold one spec file: its data, and the places of its values and keys.

    `data` consists of dict, list, str, int, Decimal, bool and None. Steps lead from the root to a node: keys of
    mappings and indices of lists. What an alias brought along stands where it was written, not where it was used.
    `borrowed` has the steps to what stands in another file of the family, and the source that holds there.
    """

    path: str
    text_digest: str
    data: object
    values: Mapping[Steps, Place]
    keys: Mapping[Steps, Place]
    borrowed: Mapping[Steps, object] = field(default_factory=dict)

    def place(self, *steps: str | int) -> Place:
        """Find where a value starts, or the nearest node around it that exists.

        Args:
            steps: the way from the root to the value.
        """
        for length in range(len(steps), -1, -1):
            found = self.values.get(steps[:length])
            if found is not None:
                return found
        return Place(self.path, 1, 1)

    def key_place(self, *steps: str | int) -> Place:
        """Find where the key of a value starts, or else the value itself.

        Args:
            steps: the way from the root to the value.
        """
        found = self.keys.get(steps)
        return self.place(*steps) if found is None else found

    def outermost_source(self, *steps: str | int) -> object:
        """Give the source that holds for a whole file: this one, or the one that a value was borrowed from.

        Args:
            steps: the way from the root to the value.
        """
        for length in (1, 2):
            if steps[:length] in self.borrowed:
                return self.borrowed[steps[:length]]
        return self.data.get("source") if isinstance(self.data, dict) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Hold the spec files of one provider, models in the order of their file names."""

    name: str
    provider: Document
    models: tuple[Document, ...]
