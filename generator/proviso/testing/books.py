"""What a mocked provider has in its books, to be compared with what a program believes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that came. operation: submit, immediate, poll, collect, cancel, resolve, file, or unknown.

    status: of the reply, None where none went out. fault: what went wrong on purpose. remark: what was odd about it.
    """

    number: int
    verb: str
    path: str
    operation: str
    model: str | None
    status: int | None
    job: str | None
    fault: str | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that the provider knows. results: that it makes; fetched: that were fetched. charged: None for not known."""

    id: str
    model: str
    phase: str
    polls: int
    results: int
    fetched: int
    held: Decimal | None
    charged: Decimal | None


class Books:
    """The books of one provider as they are at the moment they are asked. shown: gives them as JSON."""

    def __init__(self, shown: Callable[[], Mapping[str, Any]]) -> None:
        self.shown = shown

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests that came, in their order; of very many the last ten thousand."""
        names = Request.__dataclass_fields__
        last = self.shown()["requests"]["last"]
        return tuple(Request(**{name: one.get(name) for name in names}) for one in last)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that the provider knows, in the order in which it took them on."""
        known = self.shown()["jobs"]["known"]
        names = [name for name in Job.__dataclass_fields__ if name not in ("held", "charged")]
        return tuple(
            Job(**{name: one[name] for name in names}, held=_money(one["held"]), charged=_money(one["charged"]))
            for one in known
        )

    @property
    def accepted(self) -> int:
        """How many requests the provider took on for money; each of those that one call carried counts."""
        shown = self.shown()
        return sum(int(one["orders"]) for one in (shown["money"], *shown["other_money"]))

    @property
    def charged(self) -> Decimal:
        """What was charged so far, in the usual currency."""
        return Decimal(self.shown()["money"]["charged"])

    @property
    def held(self) -> Decimal:
        """What is reserved for jobs that have not ended."""
        return Decimal(self.shown()["money"]["held"])

    @property
    def refunded(self) -> Decimal:
        """What was reserved and given back."""
        return Decimal(self.shown()["money"]["refunded"])

    @property
    def balance(self) -> Decimal | None:
        """What is left to spend; None for no end of it."""
        return _money(self.shown()["money"]["balance"])

    @property
    def currency(self) -> str:
        """What amounts are in."""
        return str(self.shown()["money"]["currency"])

    @property
    def submits(self) -> int:
        """How many requests came that start jobs, also those that were refused."""
        return self.count("submit")

    @property
    def polls(self) -> int:
        """How many requests asked how a job is doing."""
        return self.count("poll")

    def count(self, operation: str) -> int:
        """Count the requests of an operation, such as `file`."""
        return int(self.shown()["requests"]["by_call"].get(operation, 0))

    def paid_once(self) -> None:
        """Hold that the provider took on exactly one request for money. Raises AssertionError, with what came."""
        accepted = self.accepted
        if accepted != 1:
            came = "\n".join(f"  {_line(one)}" for one in self.requests) or "  no request came"
            raise AssertionError(f"the provider took on {accepted} requests for money, not 1:\n{came}")

    def __repr__(self) -> str:
        money = f"{self.charged} {self.currency} charged"
        return f"Books({self.accepted} taken on, {len(self.requests)} requests, {money})"


def _line(one: Request) -> str:
    told = [f"job {one.job}" if one.job else None, f"fault {one.fault}" if one.fault else None, one.remark]
    answered = "no reply" if one.status is None else str(one.status)
    return ", ".join([f"{one.number}. {one.verb} {one.path} -> {answered}", *(part for part in told if part)])


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
