"""A line of threads that want to write: whoever comes to its head writes what all behind it have put in line.

So do many threads share one transaction, and one wait for the disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager

from proviso_runtime import errors
from proviso_runtime.ledger.entries import Change


class _Place:
    """What one thread has put in line."""

    __slots__ = ("changes", "done", "error")

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.done = False
        self.error: Exception | None = None


class Line:
    """Hands changes over to a store in the order in which they come, those of many threads at once.

    keep: keeps changes durably, all or none; only one thread at a time calls it. It raises LedgerFailed where the store
    fails, and anything else where changes are none that it can hold.
    """

    def __init__(self, keep: Callable[[Sequence[Change]], object]) -> None:
        self._keep = keep
        self.renew()

    def renew(self) -> None:
        """Forget everything that waits, as a process does that was forked from one with many threads."""
        self.turn = threading.Lock()
        self._adding = threading.Lock()
        self._waiting: list[_Place] = []

    def write(self, changes: Iterable[Change]) -> None:
        """Keep changes, all or none, and return when they are kept. Raises LedgerFailed."""
        mine = _Place(tuple(changes))
        if not mine.changes:
            return
        with self._adding:
            self._waiting.append(mine)
        try:
            with self.turn:
                if not mine.done:
                    self._write_all()
        finally:
            if not mine.done:  # interrupted; those behind write for themselves
                self._leave(mine)
        if mine.error is not None:
            raise mine.error

    @contextmanager
    def alone(self) -> Generator[None, None, None]:
        """Keep every writer waiting meanwhile."""
        with self.turn:
            yield

    def _write_all(self) -> None:
        with self._adding:
            places = tuple(self._waiting)
        try:
            self._keep([change for place in places for change in place.changes])
        except errors.LedgerFailed as error:
            for place in places:
                # An exception of its own for each, since every thread adds its traceback to what it raises.
                place.error = errors.LedgerFailed(str(error), billed=error.billed)
                place.error.__cause__ = error.__cause__
        except Exception:
            # One of them cannot be kept by any store; the others must not suffer for it.
            for place in places:
                self._write_one(place)
        for place in places:
            place.done = True
        self._leave()

    def _write_one(self, place: _Place) -> None:
        try:
            self._keep(place.changes)
        except errors.LedgerFailed as error:
            place.error = error
        except Exception as error:
            place.error = errors.LedgerFailed(
                f"the ledger cannot hold what it was given ({type(error).__name__}); nothing of it was kept"
            )
            place.error.__cause__ = error

    def _leave(self, interrupted: _Place | None = None) -> None:
        with self._adding:
            self._waiting = [place for place in self._waiting if not (place.done or place is interrupted)]
