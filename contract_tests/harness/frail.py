"""A ledger that fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from proviso_runtime.ledger.entries import Change, Entry, Ledger


class Frail:
    """A ledger in front of another one. has_failed: a write has failed since it was well."""

    def __init__(self, kept: Ledger) -> None:
        self.kept = kept
        self.has_failed = False
        self._error: BaseException | None = None
        self._writes = 0
        self._late = False

    def fall_ill(self, error: BaseException, *, after: int, late: bool) -> None:
        """Fail in one write after so many. late: when it has kept what it is given."""
        self._error, self._writes, self._late = error, after, late

    def is_well(self) -> None:
        """Fail no more."""
        self._error, self.has_failed = None, False

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes, or fail."""
        error, self._error = (self._error, None) if self._writes == 0 else (None, self._error)
        self._writes -= 1
        if error is None or self._late:
            self.kept.write(changes)
        if error is not None:
            self.has_failed = True
            raise error

    def find(self, **wanted: Any) -> Iterator[Entry]:
        """Yield the entries that fit."""
        return self.kept.find(**wanted)

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback."""
        return self.kept.hear(provider, digest, at=at)

    def forget(self, ids: Sequence[str], /) -> int:
        """Delete entries."""
        return self.kept.forget(ids)
