"""When to ask about a job, and when to stop asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from proviso_runtime import amounts, pausing, protocol
from proviso_runtime.clock import Clock

TIMEOUT: Final = 600.0
"""Seconds that a wait lasts where neither the caller nor the documents say."""

_FIRST = 2.0  # seconds until the first poll where nothing is documented
_GROWTH = 1.5
_LONGEST = 15.0  # seconds that a pause of ours may grow to


def choose(paces: tuple[protocol.Pace, ...], params: Mapping[str, object] | None) -> protocol.Pace:
    """Return the first pace that holds for params; without params the one that always holds."""
    for pace in paces:
        if pace.when is None or (params is not None and pace.when(params)):
            return pace
    return protocol.Pace()


def check(timeout: object, on_update: object) -> None:
    """Check what a wait is given. It is done before anything is paid for.

    Raises TypeError or ValueError that says what is right.
    """
    if timeout is not None:
        amounts.seconds("timeout", timeout)
    if on_update is not None and not callable(on_update):
        raise TypeError(f"on_update is called with every update, and {type(on_update).__name__} cannot be called")


def left(timeout: float | None, began: float, clock: Clock) -> float | None:
    """Return what is left of a timeout that began at a time on the clock's monotonic scale."""
    return None if timeout is None else max(0.0, timeout - (clock.monotonic() - began))


def check_patience(wait: protocol.Patience | None, patience: object) -> None:
    """Check for how long the reply to a submission is asked to wait. It is done before anything is paid for.

    Raises TypeError or ValueError that says what is right.
    """
    if patience is None:
        return
    if wait is None:
        raise TypeError("patience: the provider documents no reply that waits for the result")
    if isinstance(patience, bool) or not isinstance(patience, int | float):
        raise TypeError(f"patience is a number of seconds or None, not {type(patience).__name__}")
    if not 0 < patience <= wait.most:
        raise ValueError(f"patience is a number of seconds, more than zero and {wait.most:g} at most")


class Schedule:
    """The pauses of one wait. No pause goes past the deadline; the last question is asked there.

    timeout: seconds in all; None for the documented limit, or TIMEOUT.
    since: when the job was submitted, on the clock's monotonic scale; None to ask at once.
    heard: when the job was last heard of, on the same scale; None where that was long ago.
    Raises ValueError for a timeout that is negative or no number.
    """

    def __init__(
        self,
        pace: protocol.Pace,
        *,
        clock: Clock,
        timeout: float | None,
        since: float | None,
        heard: float | None = None,
    ) -> None:
        limit = TIMEOUT if pace.limit is None else pace.limit
        self.timeout = limit if timeout is None else amounts.seconds("timeout", timeout)
        self._clock = clock
        self._start = clock.monotonic()
        self._deadline = self._start + self.timeout
        self._born = self._start if since is None else since
        self._steady = pace.every
        self._later = pace.later
        self._interval = _FIRST if pace.every is None else pace.every
        self._troubles = 0
        self._last = False
        first = self._interval if pace.first is None else pace.first
        self._due = self._start if since is None else since + first
        if heard is not None:
            self._due = max(self._due, heard + self._pause(heard))
        if since is not None and pace.first is None:
            self._grow()

    @property
    def elapsed(self) -> float:
        """Seconds since the wait began."""
        return self._clock.monotonic() - self._start

    @property
    def remaining(self) -> float:
        """Seconds until the deadline."""
        return max(0.0, self._deadline - self._clock.monotonic())

    @property
    def over(self) -> bool:
        """Whether the last question has been asked."""
        return self._last or self._clock.monotonic() >= self._deadline

    def pause(self) -> float:
        """Return the seconds until the next question, zero when it is due."""
        # Decided by what is planned: a sleep may end a hair before the deadline.
        self._last = self._due >= self._deadline
        return max(0.0, min(self._due, self._deadline) - self._clock.monotonic())

    def go_on(self) -> None:
        """Plan the next question after a reply that could be read."""
        self._troubles = 0
        now = self._clock.monotonic()
        self._due = now + self._pause(now)
        self._grow()

    def step_back(self, retry_after: float | None) -> None:
        """Plan the next question after one that got no usable reply, later each time.

        retry_after: seconds that the provider asks to wait.
        """
        self._troubles += 1
        now = self._clock.monotonic()
        pause = self._pause(now)
        grown = pause * _GROWTH ** min(self._troubles, 50)
        longest = max(_LONGEST, pause)
        # Those who were sent away together must not come back together; nor before the documented pause is over.
        self._due = now + max(pausing.spread(min(grown, longest)), pause, retry_after or 0.0)

    def _pause(self, now: float) -> float:
        """Return the pause for a job of the age that it has now."""
        reached = [every for age, every in self._later if now - self._born >= age]
        return reached[-1] if reached else self._interval

    def _grow(self) -> None:
        if self._steady is None:
            self._interval = min(self._interval * _GROWTH, _LONGEST)
