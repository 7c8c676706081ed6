"""The part of a run that is about one model: what is refused, what is taken, and why something was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from proviso.conform import isolating, planning, probes, samples
from proviso.conform.demands import Demand
from proviso.conform.facts import Fact
from proviso.conform.isolating import Culprit
from proviso.conform.judging import Judged
from proviso.conform.planning import Plan, Planner
from proviso.conform.probes import Probe
from proviso.conform.spending import Budget
from proviso.conform.verdicts import Ledger, Verdict, denied
from proviso.oracle.subject import Params, Subject


class Asking(Protocol):
    """A run, as one model of it sees it."""

    @property
    def wanted(self) -> Mapping[str, Fact]:
        """The facts that are asked about."""
        ...

    @property
    def budget(self) -> Budget:
        """The money of the run."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What is known."""
        ...

    def put(self, probe: Probe) -> Judged | None:
        """Ask one thing, unless money or an earlier answer forbids it; None where nothing was learnt."""
        ...


class Trial:
    """What a run asks about one model."""

    def __init__(self, run: Asking, subject: Subject, plan: Plan) -> None:
        self.subject = subject
        self._run = run
        self._base = planning.base(plan, subject)
        self._good: Params | None = None
        self._refused: list[Judged] = []
        self._sent: list[Probe] = []
        self._tried: set[str] = set()
        self._avoid: tuple[Demand, ...] = ()
        self._plan = [one for one in plan.paid if one.subject is subject]
        self._planned_without = 0

    def refuse(self, mutants: list[Probe]) -> None:
        """Ask what a conforming provider refuses."""
        for one in mutants:
            if not self._run.ledger.is_denied(str(one.broken)) and self._run.put(one) is not None:
                self._sent.append(one)

    def buy(self) -> None:
        """Ask what only an accepted request shows, and why one that should be accepted was not."""
        while (probe := self._next() or self._despair()) is not None:
            self._tried.add(probe.id)
            found = self._run.put(probe)
            if found is None:
                continue
            if found.accepted:
                self._good = self._good or dict(probe.params or {})
            elif found.told is not None and found.told.sort == "refused":
                self._refused.append(found)
            if self._good is not None:
                self._explain()
        for one in self._refused:
            self._run.ledger.hinder(one.probe.facts, "a request for it was refused, and it is not known why")
        if self._avoid and self._good is not None and any(one.is_met(self._base) for one in self._avoid):
            self._again(self._good)

    def _next(self) -> Probe | None:
        """Return the request that is worth most now; a plan holds until something is known to be refused."""
        if self._planned_without != len(self._avoid):
            self._plan, self._planned_without = self._planned(), len(self._avoid)
        shown = self._run.ledger.shown()
        while self._plan:
            probe, *self._plan = self._plan
            if probe.id not in self._tried and not (probe.facts and probe.facts <= shown):
                return probe
        return None

    def _planned(self) -> list[Probe]:
        run = self._run
        planner = Planner(
            subject=self.subject,
            facts=run.wanted,
            currency=run.budget.currency,
            base=samples.usual(self.subject) if not self._avoid or self._good is None else self._good,
            avoid=self._avoid,
        )
        return list(planner.requests(run.ledger.shown()))

    def _explain(self) -> None:
        """Find out why requests were refused, by asking between them and one that was accepted."""
        assert self._good is not None
        refused, self._refused = self._refused, []
        for one in refused:
            bad = one.probe.params or {}
            if any(known.is_met(bad) for known in self._avoid):
                continue
            culprit = isolating.isolated(self.subject, bad, self._good, self._is_accepted)
            if culprit is not None:
                self._blame(culprit, one)

    def _is_accepted(self, params: Params) -> bool | None:
        operation = probes.operations(self.subject)[0]
        probe = probes.request(self.subject, params, frozenset(), self._run.budget.currency, operation=operation)
        found = self._run.put(probe)
        if found is None or found.told is None or found.told.sort not in ("accepted", "refused"):
            return None
        return found.accepted

    def _blame(self, culprit: Culprit, found: Judged) -> None:
        reply = found.course.first.reply
        status = "" if reply is None else f" with {reply.status}"
        self._avoid = (*self._avoid, Demand(held=culprit.held, facts=frozenset()))
        said = f"a request with it is refused{status}, and accepted without it"
        self._run.ledger.add(_about(fact, said, found.probe) for fact in culprit.facts)

    def _despair(self) -> Probe | None:
        """Take a refusal at its word where nothing was accepted; return what to ask then."""
        for one in self._refused if self._good is None else ():
            reply = one.course.first.reply
            culprit = None if reply is None else isolating.named(self.subject, one.probe.params or {}, reply)
            if culprit is not None and reply is not None and not self._is_known(culprit):
                self._avoid = (*self._avoid, Demand(held=culprit.held, facts=frozenset()))
                said = f"a request with it is refused with {reply.status}, and the refusal names it"
                self._run.ledger.add(_about(fact, said, one.probe) for fact in culprit.facts)
                return self._next()
        return None

    def _is_known(self, culprit: Culprit) -> bool:
        return any(one.held == culprit.held for one in self._avoid)

    def _again(self, good: Params) -> None:
        """Ask anew what is refused, since what was asked before is refused for another reason."""
        run = self._run
        reason = "what was asked about it is refused for another reason"
        run.ledger.withdraw((one.id for one in self._sent), reason)
        broken = {one.broken for one in self._sent}
        fresh = probes.mutants(self.subject, good, run.budget.currency)
        self.refuse([one for one in fresh if one.broken in broken])


def _about(fact: str, said: str, probe: Probe) -> Verdict:
    return replace(denied(fact, said), probe=probe.id)
