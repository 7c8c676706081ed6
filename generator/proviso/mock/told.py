"""The numbers that replies tell: what a request costs, what is left, when it began and ended.

Specs name what replies report in words of their own; those that this module knows are filled in, others stay as
the documents print them.
"""

from __future__ import annotations

from decimal import Decimal

from proviso import ir
from proviso.mock.accounts import Account, Accounts
from proviso.mock.adapting import Told
from proviso.mock.jobs import Job
from proviso.mock.pricing import Bill, Terms


class Teller:
    """What a provider tells a customer in numbers."""

    def __init__(self, provider: ir.Provider, accounts: Accounts) -> None:
        self._provider = provider
        self._accounts = accounts

    def of_job(self, job: Job, now: float) -> Told:
        """Return the numbers about a job."""
        cost = job.charge if job.settled else job.hold
        numbers = {} if job.bill is None else dict(job.bill.measured)
        numbers |= self._of_money(cost, self._accounts.of(job.terms.currency))
        numbers |= _times(job, now)
        return Told(numbers=numbers, cost=cost)

    def of_bill(self, bill: Bill, terms: Terms) -> Told:
        """Return the numbers about a request that is answered at once."""
        numbers = {**bill.measured, **self._of_money(bill.amount, self._accounts.of(terms.currency))}
        return Told(numbers=numbers, cost=bill.amount)

    def headers(self, operation: ir.Operation | None = None, told: Told | None = None) -> dict[str, str]:
        """Return the documented headers of a reply."""
        found: dict[str, str] = {}
        for one in self._provider.reply_headers:
            if one.meaning == "credits_left" and self._accounts.usual.balance is not None:
                found[one.header] = _plain(self._accounts.usual.balance)
        if operation is not None and told is not None:
            for name, header in operation.told:
                if name in told.numbers:
                    found[header] = _plain(told.numbers[name])
            if operation.told_cost is not None and told.cost is not None:
                found[operation.told_cost.at] = _plain(told.cost)
        return found

    def _of_money(self, cost: Decimal | None, account: Account) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        if cost is not None:
            found |= dict.fromkeys(("cost", "amount", "charge", "price"), cost)
        if account.balance is not None:
            found |= dict.fromkeys(("credits_left", "balance"), account.balance)
        return found


def _times(job: Job, now: float) -> dict[str, Decimal]:
    began = Decimal(round(job.submitted, 3))
    end = Decimal(round(job.stopped if job.stopped is not None else min(now, job.submitted + job.life.lasts), 3))
    took = end - began
    return {
        "seconds": took.quantize(Decimal("0.001")),
        "took_ms": Decimal(int(took * 1000)),
        "created_unix": Decimal(int(began)),
        "created_unix_ms": Decimal(int(began * 1000)),
        "completed_unix": Decimal(int(end)),
        "completed_unix_ms": Decimal(int(end * 1000)),
    }


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f") if amount else "0"
