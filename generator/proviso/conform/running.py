"""A conformance run: free questions first, then paid ones while money lasts, and a stop at the first bad sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from proviso import ir
from proviso.conform import (
    balances,
    judging,
    judging_costs,
    judging_refusals,
    planning,
    stated,
    telling,
)
from proviso.conform.demands import unreachable
from proviso.conform.exchanges import Course
from proviso.conform.facts import Fact
from proviso.conform.judging import Judged
from proviso.conform.judging_costs import Told
from proviso.conform.probes import Probe
from proviso.conform.sending import NOBODY
from proviso.conform.spending import Budget
from proviso.conform.trials import Trial
from proviso.conform.verdicts import Known, Ledger


class Asker(Protocol):
    """Puts a probe to a provider, or looks up what became of it."""

    def follow(self, probe: Probe) -> Course | None:
        """Return what a probe brought about; None where nobody knows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened. standing: what a probe came to, in a word. of: how many probes are planned."""

    number: int
    of: int
    says: str
    standing: str
    spent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run found out. stops: why something was not asked any more. missing: probes of which nobody knows."""

    known: tuple[Known, ...]
    budget: Budget
    asked: int
    answered: int
    stops: tuple[str, ...]
    missing: int


@dataclass(slots=True, kw_only=True)
class Run:
    """One run over a provider. facts: all there are. wanted: those that are asked about."""

    provider: ir.Provider
    facts: Mapping[str, Fact]
    wanted: Mapping[str, Fact]
    budget: Budget
    asker: Asker
    tell: Callable[[News], None] = lambda _: None
    ledger: Ledger = field(init=False)
    balances: balances.Balances = field(init=False)
    stops: dict[str, str] = field(default_factory=dict[str, str])
    asked: int = 0
    missing: int = 0
    planned: int = 0
    costs: list[Told] = field(default_factory=list[Told])
    heard: list[Judged] = field(default_factory=list[Judged])

    def __post_init__(self) -> None:
        """Begin with nothing known."""
        self.ledger = Ledger(facts=self.wanted)
        self.balances = balances.Balances(self.provider)

    def outcome(self) -> Outcome:
        """Ask everything that is worth it, and return what is known then."""
        subjects = stated.subjects(self.provider)
        plan = planning.plan(subjects, self.wanted, self.budget.currency)
        self.planned = len(plan.all)
        for subject in subjects:
            for fact, reason in unreachable(subject).items():
                self.ledger.hinder([fact], reason)
        for probe in plan.free:
            if probe.asking != "mutant":
                self.put(probe)
        models = [Trial(self, subject, plan) for subject in subjects]
        for model in models:
            model.refuse([one for one in plan.free if one.asking == "mutant" and one.subject is model.subject])
        for model in models:
            model.buy()
        for subject, verdict in (*judging_costs.of(self.costs), *judging_refusals.of(self.heard)):
            self.ledger.add([judging.resolved(subject, verdict, self.facts)])
        self.ledger.hinder(self.wanted, next(iter(self.stops.values()), "nothing that was asked shows it"))
        return Outcome(
            known=self.ledger.known(),
            budget=self.budget,
            asked=self.asked,
            answered=sum(one.told is not None for one in self.heard),
            stops=tuple(dict.fromkeys(self.stops.values())),
            missing=self.missing,
        )

    def put(self, probe: Probe) -> Judged | None:
        """Ask one thing, unless money or an earlier answer forbids it; None where nothing was learnt."""
        reason = self._stopped(probe) or self.budget.hindrance(probe.most)
        if reason is not None:
            self.ledger.hinder(probe.facts, reason)
            return None
        reserved = self.budget.reserve(probe.most)
        try:
            course = self.asker.follow(probe)
        except KeyboardInterrupt:
            # What was sent may have been taken; what is known is still worth a report.
            self.budget.settle(reserved, reserved)
            self.stops["all"] = "it was interrupted"
            self.ledger.hinder(probe.facts, self.stops["all"])
            return None
        if course is None:
            self.budget.settle(reserved, Decimal(0))
            self.missing += 1
            self.ledger.hinder(probe.facts, "the recording has no reply to what is asked about it")
            return None
        self.asked += 1
        found = judging.judged(probe, course, self.facts)
        spent = self._spent(found, reserved)
        self.budget.settle(reserved, spent)
        self.ledger.add(found.verdicts)
        self.heard.append(found)
        self._watch(found)
        self.costs += judging_costs.told(probe, course) if found.accepted and probe.asking == "request" else ()
        self.tell(
            News(
                number=self.asked, of=max(self.planned, self.asked), says=probe.says, standing=standing(found),
                spent=self.budget.spent,
            )
        )  # fmt: skip
        return found

    def _stopped(self, probe: Probe) -> str | None:
        if "all" in self.stops:
            return self.stops["all"]
        if probe.asking in ("mutant", "request"):
            return self.stops.get("paid") or self.stops.get(probe.operation)
        return None

    def _spent(self, found: Judged, reserved: Decimal) -> Decimal:
        """Return what a request cost: what replies tell, else what was put aside; nothing for what was refused."""
        if not reserved or found.course.first.broken == NOBODY:
            return Decimal(0)
        if found.told is not None and (
            found.told.sort in ("refused", "unauthorized", "elsewhere") or _is_unpaid(found)
        ):
            taken = self.balances.taken(found)
            return reserved if balances.is_billed(found) and not self.balances.tells(found) else taken
        told = [one for one in judging_costs.told(found.probe, found.course) if one.which == "charge"]
        if not told or told[-1].unit != self.budget.currency:
            return reserved
        # What goes on may still be charged, and nothing that was paid makes the cap larger.
        return max(told[-1].amount, Decimal(0) if _is_over(found) else reserved)

    def _watch(self, found: Judged) -> None:
        """Look for signs that it is better to stop."""
        if found.told is None:
            silent = sum(one.told is None for one in self.heard)
            if silent == len(self.heard) or silent >= _SILENCES:
                self.stops.setdefault("all", f"no reply came: {found.course.first.broken}")
        verdicts = [judging.resolved(found.probe.subject, one, self.facts) for one in self.balances.noted(found)]
        self.ledger.add(verdicts)
        if any(not one.holds for one in verdicts) or self.balances.billed:
            self.stops.setdefault("paid", "a refused request was billed, so nothing that may cost is asked any more")
        broken = {one.fact.partition(" ")[2] for one in found.verdicts if not one.holds}
        if "auth" in broken:
            known = found.probe.asking in ("no-key", "wrong-key")
            self.stops.setdefault("all", "a key is not asked for" if known else "the key is not taken")
        for operation, whats in _VITAL.items():
            if broken & whats:
                self.stops.setdefault(operation, f"{', '.join(sorted(broken & whats))} is not as documented")
        paid = found.probe.asking in ("mutant", "request")
        if paid and found.told is not None and found.told.means == "out-of-credit":
            self.stops.setdefault("paid", "the account has no credit left")


_SILENCES = 3  # requests without a reply, after which nothing more is asked
_VITAL: Mapping[str, frozenset[str]] = {
    "submit": frozenset(("job.submit.call", "job.submit.id", "job.poll.call")),
    "immediate": frozenset(("immediate.call",)),
}
"""Facts without which a paid call tells nothing more."""


def _is_unpaid(found: Judged) -> bool:
    """Tell whether a reply says that nothing was taken, and that it would be another time."""
    return found.told is not None and found.told.means in ("rate-limited", "out-of-credit")


def _is_over(found: Judged) -> bool:
    """Tell whether nothing more can be charged for a request: it was answered at once, or its job was seen to end."""
    job = found.probe.subject.model.job
    if found.probe.operation == "immediate" or job is None:
        return True
    looked = [one.reply for one in found.course.exchanges if one.step == "poll"]
    last = looked[-1] if looked else None
    return last is not None and telling.phase(job, last) in telling.ENDS


def standing(found: Judged) -> str:
    """Say in a word what became of a probe."""
    if found.told is None:
        return "no reply"
    wrong = sum(not one.holds for one in found.verdicts)
    return f"denies {wrong}" if wrong else found.told.sort
