"""Whoever holds, charges and gives back a customer's money, request by request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from proviso.mock import pricing
from proviso.mock.accounts import Accounts
from proviso.mock.allowances import Allowances
from proviso.mock.pricing import Bill, Terms
from proviso.oracle.subject import Params, Subject


class Cashier:
    """The money of a provider's customer. price: what a request costs whose price no document says; None: nobody knows."""

    def __init__(self, accounts: Accounts, *, price: Decimal | None) -> None:
        self.accounts = accounts
        self._price = price
        self._free = Allowances()

    def terms(self, subject: Subject, params: Params, *, settings: Mapping[str, str], now: float) -> Terms:
        """Return what is held for a request, and the price by which it is charged."""
        terms = pricing.terms(subject, params, settings=settings, now=now)
        return replace(terms, hold=self._price) if terms.hold is None else terms

    def can_hold(self, terms: Iterable[Terms]) -> bool:
        """Say whether so much can be held for some requests together."""
        wanted: dict[str | None, Decimal] = {}
        for one in terms:
            wanted[one.currency] = wanted.get(one.currency, Decimal(0)) + (one.hold or Decimal(0))
        return all(self.accounts.of(currency).can_hold(amount) for currency, amount in wanted.items())

    def hold(self, terms: Terms) -> None:
        """Reserve what a request may cost."""
        self.accounts.of(terms.currency).hold(terms.hold)

    def settle(self, subject: Subject, params: Params, terms: Terms, *, delivered: int, now: float) -> Bill:
        """Charge what so many results cost, and give back the rest of what was held."""
        bill = Bill(amount=None)
        if terms.price is not None:
            bill = pricing.bill(subject, params, terms.price, delivered=delivered, free=self._free, now=now)
        if bill.amount is None:
            bill = Bill(amount=terms.shown if self._price is None else self._price, measured=bill.measured)
        self.accounts.of(terms.currency).settle(hold=terms.hold, charge=bill.amount)
        return bill

    def release(self, terms: Terms) -> Bill:
        """Give back what was held for a request that costs nothing."""
        self.accounts.of(terms.currency).release(terms.hold)
        return Bill(amount=Decimal(0))
