"""Write what many tasks of a loop have to say into the ledger together, and in a thread.

A commit waits for the disk. What comes while one is under way shares the next, so ten thousand
jobs in flight cost a few commits and no task blocks the others.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import TypeAlias

from proviso_runtime import errors
from proviso_runtime.ledger.entries import Change, Ledger

Waiting: TypeAlias = "tuple[Sequence[Change], asyncio.Future[Exception | None]]"


class Coalescing:
    """A ledger for the tasks of one loop at a time; what a loop that stopped has left is written by the next."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._line: _Line | None = None

    async def write(self, changes: Sequence[Change]) -> None:
        """Keep changes durably. They are kept also where the caller is cancelled meanwhile.

        Raises LedgerFailed, or what else the ledger raises.
        """
        loop, line = asyncio.get_running_loop(), self._line
        if line is None or line.loop is not loop:
            # Changes are idempotent: what the old loop still writes, or has written, may be written again.
            left = () if line is None or line.loop.is_running() else line.left
            line = self._line = _Line(self._ledger, loop)
            for waiting in left:
                line.add(waiting)
        error = await line.add(changes)
        if error is not None:
            raise error


class _Line:
    """What waits in one loop to be written."""

    def __init__(self, ledger: Ledger, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._ledger = ledger
        self._batch: list[Waiting] = []
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    @property
    def left(self) -> tuple[Sequence[Change], ...]:
        """What is not known to be written."""
        return tuple(changes for changes, _ in (*self._batch, *self._waiting))

    def add(self, changes: Sequence[Change]) -> asyncio.Future[Exception | None]:
        """Have changes written. The future gets what kept them from it, or None."""
        kept: asyncio.Future[Exception | None] = self.loop.create_future()
        self._waiting.append((changes, kept))
        if self._writing is None or self._writing.done():
            self._writing = self.loop.create_task(self._write())
        return kept

    async def _write(self) -> None:
        error: Exception | None = None
        try:
            while self._waiting:
                error = errors.LedgerFailed("the loop ended before it was known to be written")
                self._batch, self._waiting = self._waiting, []
                error = await self._written([change for several, _ in self._batch for change in several])
                _settle(self._batch, error)
                self._batch = []
        finally:
            # Only what ends the whole loop leaves something here. Nobody is to wait for it for ever.
            _settle([*self._batch, *self._waiting], error)

    async def _written(self, changes: Sequence[Change]) -> Exception | None:
        """Write, also where all tasks of the loop are cancelled: those that are have something to say."""
        try:
            writing = self.loop.run_in_executor(None, _try, self._ledger, changes)
        except RuntimeError:  # the loop takes no more threads, for it ends
            return _try(self._ledger, changes)
        while not writing.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([writing])
        return writing.result()


def _try(ledger: Ledger, changes: Sequence[Change]) -> Exception | None:
    try:
        ledger.write(changes)
    except Exception as error:  # whatever it is, those that wait get it, and the next are written
        return error
    return None


def _settle(waiting: Sequence[Waiting], error: Exception | None) -> None:
    for _, kept in waiting:
        if not (kept.done() or kept.get_loop().is_closed()):
            kept.set_result(error)
