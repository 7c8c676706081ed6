"""Time of a test: it passes where somebody waits for it, and takes none."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
import time

from proviso.mock.clock import Held

_TURNS = 16  # of the event loop, after which whoever is not waiting by now is waiting for something else


class WaitedClock(Held):
    """One clock for a mock and for the clients that ask it: who sleeps for ten seconds finds it ten seconds later.

    by_poll: jobs go on by one step with every poll; else as documented, with this time.
    Tasks and threads that wait at the same time do so side by side: the time moves to the earliest of their moments.
    """

    def __init__(self, *, by_poll: bool) -> None:
        self._began = time.time()  # signatures are of today
        super().__init__(start=self._began, by_poll=by_poll)
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._sleepers: list[tuple[float, int]] = []

    def real(self, seconds: float) -> float:
        """Return the seconds themselves: who waits for this clock waits that long."""
        return seconds

    def outside(self) -> float:
        """Return the seconds since 1970 as customers' clocks have them, who go by this one."""
        return self.now()

    def monotonic(self) -> float:
        """Tell the seconds since this clock was made."""
        return self.now() - self._began

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._reach(self.now() + seconds)

    def sleep(self, seconds: float) -> None:
        """Let time pass up to a moment."""
        until = self.now() + max(seconds, 0)
        if threading.active_count() > 1:
            time.sleep(0.001)  # others begin their own wait now, and not after this one
        self._reach(until)

    async def asleep(self, seconds: float) -> None:
        """Wait until it is this task's turn, and let time pass up to its moment."""
        mine = (self.now() + max(seconds, 0), next(self._numbers))
        heapq.heappush(self._sleepers, mine)
        try:
            while True:
                for _ in range(_TURNS):
                    await asyncio.sleep(0)
                if self._sleepers[0] == mine:
                    self._reach(mine[0])
                if self.now() >= mine[0]:
                    return
        finally:
            self._sleepers.remove(mine)
            heapq.heapify(self._sleepers)

    def _reach(self, moment: float) -> None:
        with self._lock:
            self._now = max(self._now, moment)
