"""Refuse what may cost more than the caller allows, before it is sent."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

from proviso_runtime import amounts, errors, quotes


class Budget:
    """An amount that may be spent, by one client or by several that share it; safe among threads.

    limit: in all, such as Decimal("5.00") or "5.00". currency: what it is counted in, as in the quotes.
    Raises ValueError for a limit that is no amount, TypeError for a float, which is none exactly.
    """

    def __init__(self, limit: Decimal | int | str, *, currency: str = "USD") -> None:
        self.limit = amounts.amount("limit", limit)
        self.currency = currency
        self._lock = threading.Lock()
        self._held = Decimal(0)
        self._spent = Decimal(0)

    @property
    def held(self) -> Decimal:
        """What requests that have not ended may still cost."""
        return self._held

    @property
    def spent(self) -> Decimal:
        """What was charged, as far as it is known, and otherwise what it may have been at most."""
        return self._spent

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        with self._lock:
            return self.limit - self._spent - self._held

    def hold(self, cost: Decimal, *, quote: quotes.Quote | None = None) -> Hold:
        """Reserve what a request may cost. Raises TooDear where that is more than is left."""
        with self._lock:
            left = self.limit - self._spent - self._held
            if cost > left:
                error = errors.TooDear(
                    f"this may cost {quotes.money(cost, self.currency)}, and of the budget of "
                    f"{quotes.money(self.limit, self.currency)} {quotes.money(left, self.currency)} is left "
                    f"({self._held} held for what has not ended). Nothing was sent",
                    billed=False,
                )
                error.limit, error.quote = self.limit, quote
                raise error
            self._held += cost
        return Hold(cost, self._move)

    def __repr__(self) -> str:
        return f"Budget({self.limit} {self.currency}, {self.left} left)"

    def _move(self, held: Decimal, spent: Decimal) -> None:
        with self._lock:
            self._held -= held
            self._spent += spent


class Hold:
    """What a budget keeps for one request until it is known what that has cost."""

    __slots__ = ("_cost", "_move", "_settled")

    def __init__(self, cost: Decimal, move: Callable[[Decimal, Decimal], object]) -> None:
        self._cost = cost
        self._move = move
        self._settled = False

    def settle(self, charged: Decimal | None) -> None:
        """Count what was charged in place of what was held; where it is not known, what it may be at most. Once."""
        if not self._settled:
            self._settled = True
            self._move(self._cost, self._cost if charged is None else charged)

    def release(self) -> None:
        """Give back what was held for a request that was not accepted."""
        self.settle(Decimal(0))
