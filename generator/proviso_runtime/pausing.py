"""How long to pause before something is tried again: longer each time, and never as long as others do."""

from __future__ import annotations

import random
from dataclasses import dataclass

from proviso_runtime.clock import Clock

_FIRST = 0.5  # seconds
_LONGEST = 10.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something may be tried again. after: not before so many seconds. within: only so many after the first time."""

    after: float | None = None
    within: float | None = None


class Tries:
    """Tries of one request. within: the seconds in which the last one begins; 0 to try once."""

    def __init__(self, clock: Clock, *, within: float) -> None:
        self._clock = clock
        self._within = within
        self._began = clock.monotonic()
        self.made = 1

    def left(self, within: float | None) -> float:
        """Return the seconds in which this try begins. within: only so many after the first time."""
        most = self._within if within is None else min(self._within, within)
        return max(most - (self._clock.monotonic() - self._began), 0.0)

    def again(self, reason: Reason | None) -> float | None:
        """Return the seconds to pause before the next try; None where there is to be none."""
        if reason is None:
            return None
        grown = min(_FIRST * 2.0 ** min(self.made - 1, 10), _LONGEST)
        pause = spread(grown) if reason.after is None else reason.after + spread(_FIRST)
        within = self._within if reason.within is None else min(self._within, reason.within)
        if self._clock.monotonic() - self._began + pause > within:
            return None
        self.made += 1
        return pause


def spread(seconds: float) -> float:
    """Take between a half and all of a pause, so that many who were sent away do not come back together."""
    return seconds * random.uniform(0.5, 1.0)
