"""How many requests a customer may make, as the documents limit them."""

from __future__ import annotations

from collections import deque

from proviso import ir
from proviso.mock.routes import PAID, Operation


class _Limit:
    """One documented limit, and the moments of what counts towards it."""

    def __init__(self, rate: ir.RateLimit) -> None:
        self.rate = rate
        self._moments: deque[float] = deque()

    def left(self, now: float) -> tuple[int, float]:
        """Return how many more there may be, and the seconds until there may be one more."""
        per = float(self.rate.per or 0)
        while self._moments and self._moments[0] <= now - per:
            self._moments.popleft()
        left = self.rate.least - len(self._moments)
        return left, 0.0 if left > 0 or not self._moments else self._moments[0] + per - now

    def count(self, now: float) -> None:
        """Count one more."""
        self._moments.append(now)


class Turns:
    """The rate limits of a provider and of its models, for one customer."""

    def __init__(self, provider: ir.Provider) -> None:
        self._shared = _limits(provider.rate)
        self._own = {model.name: _limits(model.rate) for model in provider.models}

    def wait(self, operation: Operation, model: str, now: float, *, running: int) -> float | None:
        """Return the seconds until a request may come, None where it may come now; it counts if it may.

        running: jobs that have not ended.
        """
        limits = [one for one in (*self._shared, *self._own.get(model, ())) if _counts(one.rate, operation)]
        waits: list[float] = []
        for one in limits:
            if one.rate.of == "jobs" and one.rate.per is None:
                if running >= one.rate.least:
                    waits.append(1.0)
            elif (found := one.left(now))[0] <= 0:
                waits.append(found[1])
        if waits:
            return max(waits)
        for one in limits:
            if one.rate.per is not None:
                one.count(now)
        return None


def _limits(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> list[_Limit]:
    return [] if isinstance(rate, ir.Unknown) else [_Limit(one) for one in rate]


def _counts(rate: ir.RateLimit, operation: Operation) -> bool:
    return rate.of == "requests" or operation in PAID
