"""Stop a batch in order: nothing new is sent, what is being paid for is heard out, and jobs are left to be taken up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """Nobody waits any longer."""


class Stop:
    """Whether a batch stops, and why."""

    def __init__(self) -> None:
        self.why: str | None = None
        self._left = False
        self._waits: set[asyncio.Task[Any]] = set()

    def now(self, why: str) -> None:
        """Stop. The first reason counts."""
        if self.why is None:
            self.why = why

    def leave(self) -> None:
        """End what is only waited for."""
        self._left = True
        for one in self._waits:
            one.cancel()

    async def unless(self, work: Coroutine[Any, Any, T]) -> T:
        """Await work that may be left. Raises Stopped when it is."""
        if self._left:
            work.close()
            raise Stopped
        task = asyncio.create_task(work)
        self._waits.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task.cancelled() and not _cancelling():
                raise Stopped from None
            raise
        finally:
            self._waits.discard(task)


def _cancelling() -> bool:
    """Tell whether somebody cancels the task that asks."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
