"""What a customer has, owes and has paid, currency by currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True, kw_only=True)
class Account:
    """The money of one customer. balance: what is left to spend and not held; None for no end of it.

    unknown: charges whose amount no document gives. orders: requests that were taken on for money.
    """

    currency: str
    balance: Decimal | None = None
    held: Decimal = Decimal(0)
    charged: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    unknown: int = 0
    orders: int = 0

    def can_hold(self, amount: Decimal | None) -> bool:
        """Say whether so much can be held."""
        return self.balance is None or (self.balance >= (amount or 0) and self.balance > 0)

    def hold(self, amount: Decimal | None) -> None:
        """Reserve what a request that is taken on may cost."""
        self.orders += 1
        if amount is not None:
            self.held += amount
            self._spend(amount)

    def settle(self, *, hold: Decimal | None, charge: Decimal | None) -> None:
        """Charge what a request costs in the end, out of what was held for it, and give back the rest."""
        held = hold or Decimal(0)
        self.held -= held
        if charge is None:
            self.unknown += 1
            self._spend(-held)
            return
        self.charged += charge
        self.refunded += max(held - charge, Decimal(0))
        self._spend(charge - held)

    def release(self, hold: Decimal | None) -> None:
        """Give back what was held for a request that costs nothing."""
        self.settle(hold=hold, charge=Decimal(0))

    def _spend(self, amount: Decimal) -> None:
        if self.balance is not None:
            self.balance -= amount


class Accounts:
    """The money of one customer in every currency. balance: what there is of each to begin with, None for no end of it."""

    def __init__(self, usual: str, *, balance: Decimal | None) -> None:
        self._balance = balance
        self.usual = Account(currency=usual, balance=balance)
        self._all = {usual: self.usual}

    def __iter__(self) -> Iterator[Account]:
        return iter(self._all.values())

    def of(self, currency: str | None) -> Account:
        """Return the account in a currency; the usual one where none is known."""
        if currency is None:
            return self.usual
        return self._all.setdefault(currency, Account(currency=currency, balance=self._balance))
