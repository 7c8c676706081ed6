"""Let so many at once, and the others wait for their turn."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


class NoneFree(Exception):
    """No place got free in time."""


class Slots:
    """Places of one loop at a time. many: how many there are."""

    def __init__(self, many: int) -> None:
        if many < 1:
            raise ValueError("at least one is let in at once")
        self._many = many
        self._taken: asyncio.Semaphore | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def one(self, *, patience: float | None = None) -> AsyncGenerator[None]:
        """Hold a place for the block. patience: seconds to wait for it. Raises NoneFree."""
        import asyncio  # only those who await pay for it

        loop = asyncio.get_running_loop()
        if self._taken is None or self._loop is not loop:
            self._taken, self._loop = asyncio.Semaphore(self._many), loop
        taken = self._taken
        if taken.locked():
            try:
                async with asyncio.timeout(patience):
                    await taken.acquire()
            except TimeoutError as error:
                raise NoneFree("too much is under way") from error
        else:
            await taken.acquire()
        try:
            yield
        finally:
            taken.release()
