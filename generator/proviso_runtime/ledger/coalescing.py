"""Write what many tasks of a loop have to say into the ledger together, and in a thread.

A commit waits for the disk. What comes while one is under way shares the next, so ten thousand
jobs in flight cost a few commits and no task blocks the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from proviso_runtime import errors
from proviso_runtime.ledger.entries import Change, Ledger


class Coalescing:
    """A ledger for the tasks of one loop at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[tuple[Sequence[Change], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, changes: Sequence[Change]) -> None:
        """Keep changes durably. They are kept also where the caller is cancelled meanwhile.

        Raises LedgerFailed.
        """
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[None] = loop.create_future()
        self._waiting.append((changes, kept))
        if self._writing is None or self._writing.done():
            self._writing = loop.create_task(self._write())
        await asyncio.shield(kept)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            changes = [change for several, _ in batch for change in several]
            try:
                await asyncio.to_thread(self._ledger.write, changes)
            except errors.LedgerFailed as error:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
                        kept.exception()  # whoever was cancelled does not ask for it
            except BaseException:
                # The loop ends. What its thread has begun is finished there; the rest is kept here.
                rest, self._waiting = self._waiting, []
                self._ledger.write([change for several, _ in rest for change in several])
                raise
            else:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_result(None)
