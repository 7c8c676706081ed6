"""Tell the time and pass it, in one object that tests replace."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """What the runtime needs of time. All times are seconds."""

    def now(self) -> float:
        """Tell the seconds since 1970."""
        ...

    def monotonic(self) -> float:
        """Tell the seconds since some moment, never going back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Wait, and let others run meanwhile."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Tell the seconds since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Tell the seconds since some moment, never going back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Wait, and let others run meanwhile."""
        import asyncio  # only those who await pay for it

        await asyncio.sleep(seconds)
