"""A line of threads that want to write: whoever comes first writes what all behind it have put in line by then.

So do many threads share one transaction, and one wait for the disk.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager

from proviso_runtime import errors
from proviso_runtime.ledger.entries import Change

_MOMENT = 0.0001  # seconds
_MOMENTS = 3
_LONG = 1.0  # seconds after which one that waits for another looks after itself


class _Place:
    """What one thread has put in line. woken: it is done, or the first now; None for one that never waited."""

    __slots__ = ("changes", "done", "error", "woken")

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.woken: threading.Event | None = None
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
        self._usual = 1

    def write(self, changes: Iterable[Change]) -> None:
        """Keep changes, all or none, and return when they are kept. Raises LedgerFailed."""
        mine = _Place(tuple(changes))
        if not mine.changes:
            return
        try:
            with self._adding:
                if self._waiting:
                    mine.woken = threading.Event()
                self._waiting.append(mine)
            if mine.woken is not None:
                mine.woken.wait(_LONG)
            if not mine.done:
                self._write_all(mine)
        finally:
            if not mine.done:
                self._leave(mine)
        if mine.error is not None:
            raise mine.error

    @contextmanager
    def alone(self) -> Generator[None, None, None]:
        """Keep every writer waiting meanwhile."""
        with self.turn:
            yield

    def _write_all(self, mine: _Place) -> None:
        with self.turn:
            if mine.done:
                return
            # Those that were written for last are about to come again, and a moment is short against a commit.
            for _ in range(_MOMENTS):
                if len(self._waiting) >= self._usual:
                    break
                time.sleep(_MOMENT)
            with self._adding:
                places, self._waiting = self._waiting, []
            self._usual = len(places)
            try:
                self._write_together(places)
            finally:
                with self._adding:
                    # Those of whom an interruption has left open what became of them.
                    self._waiting = [place for place in places if not place.done] + self._waiting
                    self._wake(places)

    def _write_together(self, places: Sequence[_Place]) -> None:
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

    def _leave(self, mine: _Place) -> None:
        with self._adding:
            self._waiting = [place for place in self._waiting if place is not mine]
            self._wake(self._waiting[:1])

    def _wake(self, places: Sequence[_Place]) -> None:
        for place in places:
            if place.woken is not None:
                place.woken.set()
