"""Ctrl-C while a batch runs: the first one stops it in order, the second one at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Iterator
from types import FrameType
from typing import Any

import click

from proviso_runtime import batches
from proviso_runtime.batches.tally import Tally

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """What Ctrl-C does to a batch."""

    def __init__(self, batch: batches.Batch) -> None:
        self._batch = batch
        self._loop = asyncio.get_running_loop()
        self._work: asyncio.Task[Tally] | None = None
        self._asked = False

    async def obeyed(self, work: Coroutine[Any, Any, Tally]) -> Tally:
        """Await the run of the batch. Raises CancelledError when it was ended at once."""
        self._work = self._loop.create_task(work)
        return await self._work

    def come(self) -> None:
        """Stop, or end at once when this is not the first time."""
        if self._asked and self._work is not None:
            self._work.cancel()
            return
        self._asked = True
        click.echo(
            "stopping: nothing new is sent; what is on its way is heard out (Ctrl-C again to leave at once)", err=True
        )
        self._batch.stop("it was interrupted")

    def signalled(self, _number: int, _frame: FrameType | None) -> None:
        """Hand a signal to the loop, where the loop cannot take it itself."""
        self._loop.call_soon_threadsafe(self.come)


@contextlib.contextmanager
def handled(batch: batches.Batch) -> Iterator[Interrupts]:
    """Take signals while the block runs."""
    interrupts = Interrupts(batch)
    loop = asyncio.get_running_loop()
    try:
        for one in _SIGNALS:
            loop.add_signal_handler(one, interrupts.come)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGINT, interrupts.signalled)
    try:
        yield interrupts
    finally:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            for one in _SIGNALS:
                loop.remove_signal_handler(one)
