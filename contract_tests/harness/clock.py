"""A clock that moves only when somebody sleeps."""

from __future__ import annotations


class FakeClock:
    """Time for tests: nothing waits, and all that was slept is remembered."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._at = 5000.0

    def now(self) -> float:
        """Tell the seconds since 1970."""
        return 1_800_000_000.0 + self._at

    def monotonic(self) -> float:
        """Tell the seconds since some moment."""
        return self._at

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self._at += seconds

    async def asleep(self, seconds: float) -> None:
        """Let time pass."""
        self.sleep(seconds)
