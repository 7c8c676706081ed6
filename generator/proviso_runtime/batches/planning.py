"""Plan a batch: check and quote every line, and decide what is to be done for it. Nothing is sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from proviso_runtime import purchases, quotes, shapes
from proviso_runtime.batches import known, lines, money
from proviso_runtime.batches.book import Action, Book
from proviso_runtime.batches.face import Face
from proviso_runtime.batches.folder import RESULTS, BatchRefused, Folder, Identity
from proviso_runtime.batches.journal import read
from proviso_runtime.batches.known import Known
from proviso_runtime.batches.lines import Finding, Line
from proviso_runtime.batches.plans import Choices, Plan, refusal
from proviso_runtime.ledger.entries import Ledger

OnFinding = Callable[[Finding], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans batches of a model. settings: those of the client, which prices may go by. identity: None for a new one."""

    face: Face
    folder: Folder
    identity: Identity | None
    ledger: Ledger
    settings: Mapping[str, str]

    def plan(
        self, requests: Iterable[Line | Mapping[str, object]], choices: Choices, on_finding: OnFinding | None
    ) -> Plan:
        """Check every line, quote what is to be sent, and add up.

        Raises BatchRefused where the ledger is not the one that earlier runs wrote, LedgerFailed, and what `requests` raises.
        """
        plan = Plan(book=Book(), choices=choices)
        try:
            self._remember(plan)
            for line in lines.numbered(requests):
                self._take(plan, line, on_finding)
        except sqlite3.Error as error:
            plan.close()
            raise BatchRefused(f"the lines cannot be kept on disk while the batch runs: {error}") from error
        except BaseException:
            plan.close()
            raise
        plan.refusal = refusal(plan)
        return plan

    def _remember(self, plan: Plan) -> None:
        """Write into the book what is known of this batch."""
        if self.identity is None:
            return
        entries = 0
        for told in read(self.folder.path / RESULTS):
            plan.book.learn(known.of_journal(told))
        for entry in self.ledger.find(
            provider=self.face.provider.name, model=self.face.model.id, reference=lines.prefix(self.identity.batch)
        ):
            entries += 1
            plan.book.learn(known.of_entry(entry))
            if money.is_open(entry):
                plan.held.add(money.at_most(entry), entry.currency)
            else:
                plan.spent.add(money.spent(entry), entry.currency)
                plan.charged.add(entry.charged, entry.charged_in)
        if self.identity.sent and not entries:
            raise BatchRefused(
                f"requests of the batch in {self.folder.path} were sent before, and this ledger knows of none. "
                "Name the ledger that was used then, or take another folder and pay again"
            )

    def _take(self, plan: Plan, line: Line, on_finding: OnFinding | None) -> None:
        params = line.params
        if not self._valid(line, on_finding) or not shapes.is_object(params):
            plan.invalid += 1
            return
        plan.lines += 1
        spelled = lines.spelled(params)
        told = lines.digest(spelled)
        batch = "" if self.identity is None else self.identity.batch
        reference = lines.reference(batch, told, plan.book.nth(told))
        action = self._action(plan.book.recall(reference), plan.choices)
        plan.actions[action] += 1
        plan.book.plan(line.number, reference, spelled, action)
        if action == "send":
            _price(plan, purchases.quote(self.face.model, params, settings=self.settings))

    def _valid(self, line: Line, on_finding: OnFinding | None) -> bool:
        """Check a line, and tell what is wrong with it or advised against."""
        if line.problem is not None:
            found = [Finding(line=line.number, at="", rule="json", message=line.problem, severity="error")]
        else:
            found = [
                Finding(line=line.number, at=one.at, rule=one.rule, message=one.message, severity=one.severity)
                for one in self.face.violations(line.params)
            ]
        if on_finding is not None:
            for one in found:
                on_finding(one)
        return all(one.severity != "error" for one in found)

    def _action(self, fact: Known | None, choices: Choices) -> Action:
        """Decide what is to be done for a request of which something may be known."""
        if fact is None or fact.state in ("refused", "unsent"):
            return "send"
        match fact.state:
            case "succeeded" if fact.told == "succeeded" and fact.files and self.folder.has(fact.files):
                return "done"
            case "succeeded" if fact.told == "expired" and choices.retry_failed:
                return "send"
            case "succeeded" if fact.job_id is not None:
                return "collect"
            case "accepted":
                return "wait"
            # An id that the client chose can be asked about, whatever has become of the request.
            case "sending" | "unknown" if fact.job_id is not None:
                return "wait"
            case "sending" | "unknown":
                return "send" if choices.retry_unknown else "keep"
            case _:
                return "send" if choices.retry_failed else "keep"


def _price(plan: Plan, quote: quotes.Quote) -> None:
    most = purchases.most(quote)
    if most is None:
        plan.unpriced += 1
        plan.because = plan.because or quote.because
        return
    plan.least.add(quote.least or Decimal(0), quote.currency)
    plan.most.add(most, quote.currency)
