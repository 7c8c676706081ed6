"""Money of a batch: what its entries in the ledger have cost and may cost yet, and sums of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from proviso_runtime import quotes
from proviso_runtime.ledger.entries import Entry


class Sums:
    """Amounts of money, by their currency."""

    def __init__(self) -> None:
        self._amounts: dict[str, Decimal] = {}

    def add(self, amount: Decimal | None, currency: str | None) -> None:
        """Add an amount; one that is not known adds nothing."""
        if amount is not None and currency is not None:
            self._amounts[currency] = self._amounts.get(currency, Decimal(0)) + amount

    def of(self, currency: str | None) -> Decimal:
        """Return the sum in one currency."""
        return Decimal(0) if currency is None else self._amounts.get(currency, Decimal(0))

    @property
    def amounts(self) -> Mapping[str, Decimal]:
        """The sums that are not zero: currency -> amount."""
        return {currency: amount for currency, amount in self._amounts.items() if amount}

    def __str__(self) -> str:
        return _said(self.amounts)


def is_open(entry: Entry) -> bool:
    """Tell whether a request may cost something yet: it goes on, or nobody knows what has become of it."""
    return entry.state in ("sending", "accepted", "unknown")


def at_most(entry: Entry) -> Decimal | None:
    """Return what a request may cost at most, in the currency of its quote; None where that is not known."""
    return entry.hold if entry.most is None else max(entry.most, entry.hold or Decimal(0))


def spent(entry: Entry) -> Decimal | None:
    """Return what a budget counts for a request that has ended, in the currency of its quote."""
    if entry.charged is not None and entry.charged_in in (entry.currency, None):
        return entry.charged
    return Decimal(0) if entry.state in ("refused", "unsent") else at_most(entry)


def _said(amounts: Mapping[str, Decimal]) -> str:
    return " + ".join(_each(amounts)) or "nothing"


def _each(amounts: Mapping[str, Decimal]) -> Iterable[str]:
    return (quotes.money(amount, currency) for currency, amount in sorted(amounts.items()))
