"""The time of the mock: the real one, faster, or one that waits for polls."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """The time of a provider."""

    @property
    def by_poll(self) -> bool:
        """Whether jobs go on by one step with every poll, and not with time."""
        ...

    def now(self) -> float:
        """Return the seconds since 1970 in the provider's time."""
        ...

    def real(self, seconds: float) -> float:
        """Return how many real seconds so many of the provider's take."""
        ...

    def outside(self) -> float:
        """Return the seconds since 1970 as customers' clocks have them."""
        ...


class Running:
    """Time that runs `speed` times as fast as the real one, from the real moment of its making."""

    by_poll = False

    def __init__(self, speed: float = 1) -> None:
        if speed <= 0:
            raise ValueError("a speed is greater than 0")
        self._speed = speed
        self._start = time.time()
        self._from = time.monotonic()

    def now(self) -> float:
        """Return the seconds since 1970 in the provider's time."""
        return self._start + (time.monotonic() - self._from) * self._speed

    def real(self, seconds: float) -> float:
        """Return how many real seconds so many of the provider's take."""
        return seconds / self._speed

    def outside(self) -> float:
        """Return the seconds since 1970 as customers' clocks have them."""
        return time.time()


class ByPoll(Running):
    """Real time, in which jobs go on by one step with every poll."""

    by_poll = True


class Held:
    """Time that stands still until it is moved. by_poll: jobs go on with polls all the same."""

    def __init__(self, *, start: float = 1_800_000_000.0, by_poll: bool = False) -> None:
        self.by_poll = by_poll
        self._now = start

    def now(self) -> float:
        """Return the seconds since 1970 in the provider's time."""
        return self._now

    def real(self, seconds: float) -> float:
        """Return 0: whoever holds the time need not wait."""
        return 0 * seconds

    def outside(self) -> float:
        """Return the seconds since 1970 as customers' clocks have them, which do not stand still."""
        return time.time()

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds
