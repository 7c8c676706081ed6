"""A clock that passes by sleeps and by requests, jumps as clocks of machines do, and interrupts who sleeps."""

from __future__ import annotations

from harness.clock import FakeClock


class Moments(FakeClock):
    """Time for tests. until_stop: the pauses until one is interrupted, None for never."""

    def __init__(self, *, stop: type[BaseException]) -> None:
        super().__init__()
        self.until_stop: int | None = None
        self._stop = stop
        self._jumped = 0.0

    def now(self) -> float:
        """Tell the seconds since 1970, as somebody has set the clock."""
        return super().now() + self._jumped

    def jump(self, seconds: float) -> None:
        """Set the clock of the machine forwards or back."""
        self._jumped += seconds

    def pass_by(self, seconds: float) -> None:
        """Let time pass in which nobody sleeps."""
        self._at += seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass, unless it is interrupted in the middle."""
        if self.until_stop is not None:
            if self.until_stop == 0:
                self.until_stop = None
                super().sleep(seconds / 2)
                raise self._stop
            self.until_stop -= 1
        super().sleep(seconds)
