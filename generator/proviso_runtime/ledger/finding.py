"""What is looked for in a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from proviso_runtime.ledger.changes import storable
from proviso_runtime.ledger.entries import Entry, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What entries must be like: everything that is given. reference: how theirs begins."""

    ids: frozenset[str] | None
    equal: tuple[tuple[str, str], ...]
    reference: str | None
    states: tuple[State, ...] | None

    @classmethod
    def of(
        cls,
        *,
        ids: Sequence[str] | None,
        provider: str | None,
        model: str | None,
        job_id: str | None,
        reference: str | None,
        states: Sequence[State] | None,
    ) -> Self:
        """Take the arguments of a ledger's `find`, texts as a ledger keeps them."""
        equal = {"provider": provider, "model": model, "job_id": job_id}
        return cls(
            ids=None if ids is None else frozenset(map(storable, ids)),
            equal=tuple((name, storable(text)) for name, text in equal.items() if text is not None),
            reference=None if reference is None else storable(reference),
            states=None if states is None else tuple(states),
        )

    def fits(self, entry: Entry) -> bool:
        """Tell whether an entry is what is looked for."""
        return (
            (self.ids is None or entry.id in self.ids)
            and all(getattr(entry, name) == text for name, text in self.equal)
            and (self.reference is None or (entry.reference is not None and entry.reference.startswith(self.reference)))
            and (self.states is None or entry.state in self.states)
        )
