"""Refuse what may cost more than the caller allows, before it is sent."""

from __future__ import annotations

import decimal
import threading
from decimal import Decimal

from proviso_runtime import amounts, errors, quotes

Job = tuple[str, str]
"""A provider's name, and the id of a job there."""


class Budget:
    """An amount that may be spent, by one client or by several that share it in a process; safe among threads.

    limit: in all, such as Decimal("5.00") or "5.00". currency: what it is counted in, as in the quotes.
    Raises ValueError for a limit that is no amount, TypeError for a float, which is none exactly.
    """

    def __init__(self, limit: Decimal | int | str, *, currency: str = "USD") -> None:
        self.limit = amounts.amount("limit", limit)
        self.currency = currency
        self._lock = threading.Lock()
        self._held = Decimal(0)
        self._spent = Decimal(0)
        self._by_job: dict[Job, Hold] = {}

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
        with self._lock, decimal.localcontext(quotes.EXACT):
            return self.limit - self._spent - self._held

    def hold(self, cost: Decimal, *, quote: quotes.Quote | None = None) -> Hold:
        """Reserve what a request may cost. Raises TooDear where that is more than is left."""
        with self._lock, decimal.localcontext(quotes.EXACT):
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
        return Hold(self, cost)

    def held_for(self, job: Job) -> Hold | None:
        """Return what is held for a job that has not ended, for whoever takes it up by its id."""
        return self._by_job.get(job)

    def name(self, hold: Hold, job: Job) -> None:
        """Remember for which job something is held."""
        with self._lock:
            self._by_job[job] = hold

    def settle(self, hold: Hold, charged: Decimal | None) -> None:
        """Count what was charged in place of what was held; where it is not known, what it may be at most. Once."""
        with self._lock, decimal.localcontext(quotes.EXACT):
            if hold.settled:
                return
            hold.settled = True
            self._held -= hold.cost
            self._spent += hold.cost if charged is None else charged
            for job in hold.jobs:
                self._by_job.pop(job, None)

    def __repr__(self) -> str:
        return f"Budget({self.limit} {self.currency}, {self.left} left)"


class Hold:
    """What a budget keeps for one request until it is known what that has cost."""

    __slots__ = ("_budget", "cost", "jobs", "settled")

    def __init__(self, budget: Budget, cost: Decimal) -> None:
        self._budget = budget
        self.cost = cost
        self.settled = False
        self.jobs: list[Job] = []

    @property
    def currency(self) -> str:
        """What it is counted in."""
        return self._budget.currency

    def name(self, job: Job) -> None:
        """Say for which job it is."""
        self.jobs.append(job)
        self._budget.name(self, job)

    def settle(self, charged: Decimal | None) -> None:
        """Count what was charged in its place; None where that is not known. Only the first time counts."""
        self._budget.settle(self, charged)

    def release(self) -> None:
        """Give it back, for a request that was not accepted."""
        self.settle(Decimal(0))
