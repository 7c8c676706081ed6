"""What the mock writes down: requests, jobs and money, so that somebody can compare."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from proviso.mock.accounts import Account, Accounts
from proviso.mock.jobs import Job

_KEPT = 10_000  # requests that are kept in full, the youngest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request that came. operation: the documented call, or what it was instead. remark: what was odd about it.

    at: the provider's time. path: without its query, in which a key may stand. fault: what was made to go wrong.
    """

    number: int
    at: float
    provider: str
    verb: str
    path: str
    operation: str
    model: str | None
    status: int | None
    job: str | None = None
    fault: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A callback that was sent, or was to be. to: its address without its query. attempt: 1 for the first.

    status: of the reply, None where there was none. outcome: acknowledged, or what was wrong.
    """

    at: float
    provider: str
    job: str
    to: str
    attempt: int
    status: int | None
    outcome: str


class Books:
    """The books of one provider."""

    def __init__(self, provider: str, accounts: Accounts) -> None:
        self.provider = provider
        self.accounts = accounts
        self.requests: deque[Entry] = deque(maxlen=_KEPT)
        self.deliveries: deque[Delivery] = deque(maxlen=_KEPT)
        self.counts: Counter[str] = Counter()
        self.accepted = 0
        self.forgotten = 0
        self._number = 0

    @property
    def account(self) -> Account:
        """The account in the usual currency."""
        return self.accounts.usual

    def write(
        self,
        *,
        at: float,
        verb: str,
        path: str,
        operation: str,
        model: str | None,
        status: int | None,
        job: str | None,
        fault: str | None,
        remark: str | None,
    ) -> Entry:
        """Write a request down, and return what was written. status: None where no reply went out."""
        self._number += 1
        self.counts[operation] += 1
        entry = Entry(
            number=self._number,
            at=at,
            provider=self.provider,
            verb=verb,
            path=path,
            operation=operation,
            model=model,
            status=status,
            job=job,
            fault=fault,
            remark=remark,
        )
        self.requests.append(entry)
        return entry

    def shown(self, jobs: Iterable[Job]) -> dict[str, Any]:
        """Return the books as JSON."""
        return {
            "requests": {
                "received": self._number,
                "by_call": dict(self.counts),
                "last": [_members(one) for one in self.requests],
            },
            "jobs": {
                "accepted": self.accepted,
                "forgotten": self.forgotten,
                "known": [_job(one) for one in jobs],
            },
            "callbacks": [_members(one) for one in self.deliveries],
            "money": _money(self.account),
            "other_money": [_money(one) for one in self.accounts if one is not self.account],
        }


def _members(one: Entry | Delivery) -> dict[str, object]:
    found = {name: getattr(one, name) for name in one.__slots__ if name != "provider"}
    return {name: value for name, value in found.items() if value is not None or name == "status"}


def _job(one: Job) -> dict[str, object]:
    return {
        "id": one.id,
        "model": one.subject.model.name,
        "phase": one.phase,
        "submitted": one.submitted,
        "polls": one.polls,
        "results": len(one.works),
        "fetched": len(one.fetched),
        "held": _text(one.hold) if not one.settled else "0",
        "charged": _text(one.charge),
    }


def _money(account: Account) -> dict[str, object]:
    return {
        "currency": account.currency,
        "orders": account.orders,
        "balance": _text(account.balance),
        "held": _text(account.held),
        "charged": _text(account.charged),
        "refunded": _text(account.refunded),
        "charges_of_unknown_price": account.unknown,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount.normalize() if amount else Decimal(0), "f")
