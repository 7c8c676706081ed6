"""Requests that carry the UUID of one that came before: what that one came to, for as long as documents say."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Repeats(Generic[T]):
    """What requests came to, by the UUIDs that they carried. keep: so many at most, the youngest."""

    def __init__(self, *, keep: int) -> None:
        self._keep = keep
        self._known: dict[tuple[str, str], tuple[float, T]] = {}
        self._order: deque[tuple[str, str]] = deque()

    def __len__(self) -> int:
        return len(self._known)

    def put(self, model: str, fresh: str, outcome: T, *, until: float) -> None:
        """Remember what a request came to, until a moment."""
        if (model, fresh) not in self._known:
            self._order.append((model, fresh))
        self._known[model, fresh] = until, outcome
        while len(self._order) > self._keep:
            self._known.pop(self._order.popleft(), None)

    def get(self, model: str, fresh: str, *, now: float) -> T | None:
        """Return what an earlier request with a UUID came to; None where there is none, or it was too long ago."""
        found = self._known.get((model, fresh))
        return None if found is None or found[0] <= now else found[1]

    def tick(self, now: float) -> None:
        """Let go of what is too long ago."""
        while self._order and self._known[self._order[0]][0] <= now:
            self._known.pop(self._order.popleft())
