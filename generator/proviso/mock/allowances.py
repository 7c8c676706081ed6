"""What costs nothing: documented quotas, how much of each is used up, and when they begin anew."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import assert_never

from proviso import ir
from proviso.oracle.subject import Subject


class Allowances:
    """The quotas of one customer. They begin with the days, weeks, months and years of UTC, which no document says."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, str, str], Fraction] = {}

    def take(self, subject: Subject, price: ir.Price, wanted: Fraction, now: float) -> Fraction:
        """Take as much of what is wanted as the quota still has, and return how much that is. now: the provider's time."""
        if price.free is None:
            return Fraction(0)
        key = (subject.model.name, price.currency, _period(price.free.per, now))
        used = self._used.get(key, Fraction(0))
        given = min(wanted, max(Fraction(price.free.amount) - used, Fraction(0)))
        self._used[key] = used + given
        return given


def is_counted(subject: Subject, free: ir.Free, currency: str) -> bool:
    """Say whether the mock knows how much of a quota a request takes: money, results and requests it can count."""
    return free.of in (currency, subject.model.output.kind, "request")


def _period(per: ir.Period, now: float) -> str:
    day = datetime.fromtimestamp(now, tz=UTC)
    match per:
        case "day":
            return day.strftime("%Y-%m-%d")
        case "week":
            return day.strftime("%G-%V")
        case "month":
            return day.strftime("%Y-%m")
        case "year":
            return day.strftime("%Y")
        case "account":
            return ""
        case _:
            assert_never(per)
