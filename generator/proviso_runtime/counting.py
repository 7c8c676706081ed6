"""Count what a rate limit allows: so many in any span of time, or so many at once. No clock and no lock of its own."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_LOOK = 0.25  # seconds until the first in line looks whether a place has got free
_LONGEST = 10.0  # seconds until anybody does


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Not before so many seconds have passed, for this reason. sure: there is no use in looking earlier."""

    seconds: float
    why: str
    sure: bool = True


class Window:
    """So many in any span of time. Who was let in counts from then on, and for a span after it was sent.

    per: seconds of the span, in which no more than `most` are sent.
    """

    def __init__(self, *, most: int, per: float, why: str) -> None:
        self.why = why
        self._most = most
        self._per = per
        self._pending: set[object] = set()
        self._sent: deque[float] = deque()

    def delay(self, ahead: int, now: float) -> Delay | None:
        """Say when one may go with so many ahead of it; None for now."""
        while self._sent and self._sent[0] + self._per <= now:
            self._sent.popleft()
        later = ahead - (self._most - len(self._sent) - len(self._pending))
        if later < 0:
            return None
        spans, place = divmod(later, self._most)
        since = self._sent[place] if place < len(self._sent) else now
        return Delay(seconds=since + self._per * (spans + 1) - now, why=self.why)

    def take(self, key: object) -> None:
        """Let one in, which is about to be sent."""
        self._pending.add(key)

    def sent(self, key: object, now: float) -> None:
        """Count from now on one that was let in."""
        if key in self._pending:
            self._pending.remove(key)
            self._sent.append(now)

    def leave(self, key: object) -> None:
        """Forget one that was let in and never sent."""
        self._pending.discard(key)


class Places:
    """So many at once. A place that nobody watches over gets free by itself."""

    def __init__(self, *, most: int, why: str) -> None:
        self.most = most
        self.why = why
        self._held: set[object] = set()
        self._loose: dict[object, float] = {}

    def delay(self, ahead: int, now: float) -> Delay | None:
        """Say when one with so many ahead of it should look again; None where there is a place for it."""
        while self._loose and self._loose[oldest := next(iter(self._loose))] <= now:
            del self._loose[oldest]
        later = ahead - (self.most - len(self._held) - len(self._loose))
        if later < 0:
            return None
        # Places get free at times that nobody knows; who is far back in line need not look often.
        return Delay(seconds=min(_LOOK * (1 + later / self.most), _LONGEST), why=self.why, sure=False)

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def take(self, key: object) -> None:
        """Give one a place, or the care of the place that it has."""
        self._loose.pop(key, None)
        self._held.add(key)

    def loosen(self, key: object, until: float) -> None:
        """Let go of a place, which is free then. until: never before that of an earlier call."""
        self._held.discard(key)
        self._loose.pop(key, None)
        self._loose[key] = until

    def free(self, key: object) -> None:
        """Give a place back."""
        self._held.discard(key)
        self._loose.pop(key, None)
