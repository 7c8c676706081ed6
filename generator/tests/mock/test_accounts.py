"""Money is neither made nor lost, whatever is held, charged and given back in whatever order."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from proviso.mock.accounts import Accounts

_BALANCE = Decimal(100)
_CURRENCIES = ("USD", "credits")
_AMOUNTS = st.none() | st.integers(0, 5000).map(lambda cents: Decimal(cents) / 100)

Hold = tuple[str, Decimal | None]


class Money(RuleBasedStateMachine):
    """A customer of a provider that charges in two currencies."""

    holds = Bundle("holds")

    def __init__(self) -> None:
        super().__init__()
        self.accounts = Accounts("USD", balance=_BALANCE)
        self.held: dict[str, Decimal] = dict.fromkeys(_CURRENCIES, Decimal(0))
        self.charged: dict[str, Decimal] = dict.fromkeys(_CURRENCIES, Decimal(0))

    @rule(target=holds, currency=st.sampled_from(_CURRENCIES), amount=_AMOUNTS)
    def hold(self, currency: str, amount: Decimal | None) -> object:
        """Take a request on, if the balance allows it."""
        account = self.accounts.of(currency)
        if not account.can_hold(amount):
            return multiple()
        account.hold(amount)
        self.held[currency] += amount or 0
        assert account.balance is not None
        assert account.balance >= 0
        return currency, amount

    @rule(hold=consumes(holds), charge=_AMOUNTS)
    def settle(self, hold: Hold, charge: Decimal | None) -> None:
        """Charge a request, more or less than was held for it."""
        currency, amount = hold
        self.accounts.of(currency).settle(hold=amount, charge=charge)
        self.held[currency] -= amount or 0
        self.charged[currency] += charge or 0

    @rule(hold=consumes(holds))
    def release(self, hold: Hold) -> None:
        """Give back what was held for a request."""
        currency, amount = hold
        self.accounts.of(currency).release(amount)
        self.held[currency] -= amount or 0

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        """Compare the accounts with what was done, currency by currency."""
        for one in self.accounts:
            assert one.balance is not None
            assert one.balance + one.held + one.charged == _BALANCE
            assert (one.held, one.charged) == (self.held[one.currency], self.charged[one.currency])


TestMoney = Money.TestCase
TestMoney.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
