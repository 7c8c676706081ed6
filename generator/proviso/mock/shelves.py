"""Results that were handed over at once: under a token each, for as long as the mock keeps them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from proviso.mock.works import Work

KEPT = 24 * 3600.0
"""Seconds that a result is kept where no document says how long."""


class Shelves:
    """What was handed over. keep: so many answers at most, the youngest."""

    def __init__(self, *, keep: int) -> None:
        self._keep = keep
        self._works: dict[str, tuple[Work, ...]] = {}
        self._order: deque[tuple[float, str]] = deque()

    def __len__(self) -> int:
        return len(self._works)

    def put(self, token: str, made: Sequence[Work], *, now: float) -> None:
        """Keep results under a token."""
        self._works[token] = tuple(made)
        self._order.append((now, token))

    def get(self, token: str) -> tuple[Work, ...] | None:
        """Return the results under a token; None where there are none, or no longer."""
        return self._works.get(token)

    def tick(self, now: float) -> None:
        """Let go of what is no longer kept."""
        while self._order and (self._order[0][0] + KEPT <= now or len(self._order) > self._keep):
            self._works.pop(self._order.popleft()[1], None)
