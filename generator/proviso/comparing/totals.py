"""What many saved requests come to under two states of specs, in constant memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from proviso.comparing.saved import Verdict, Weighed
from proviso.comparing.spoken import times


@dataclass(slots=True, kw_only=True)
class Sum:
    """What requests cost at most before and now, in one currency."""

    old: Decimal = Decimal(0)
    new: Decimal = Decimal(0)

    def __str__(self) -> str:
        """Write both and the difference, such as `3.3 before, 3.5 now: +0.2 (+6.1 %)`."""
        old, new, more = (f"{one.normalize():f}" for one in (self.old, self.new, self.new - self.old))
        sign = "" if more.startswith("-") else "+"
        return f"{old} before, {new} now: {sign}{more}{times(self.old, self.new)}"


@dataclass(slots=True, kw_only=True)
class Totals:
    """Count requests by what becomes of them, and add up what they cost.

    sums: by currency, of the requests that pass under both states and whose greatest cost is known under both.
    unknown: how many pass under both, and have no known cost under one of them. unread: lines that hold no request.
    untold: how many are counted here alone.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    sums: dict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))
    unknown: int = 0
    unread: int = 0
    untold: int = 0

    def add(self, one: Weighed) -> None:
        """Count one more request."""
        self.verdicts[one.verdict] += 1
        if one.old.wrong or one.new.wrong:
            return
        before, after = one.old.cost, one.new.cost
        if before.currency is None or after.currency is None or before.most is None or after.most is None:
            self.unknown += 1
            return
        self.sums[before.currency].old += before.most
        self.sums[after.currency].new += after.most

    @property
    def count(self) -> int:
        """How many requests were counted."""
        return self.verdicts.total()
