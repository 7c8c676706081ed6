"""A batch: a folder, a model, and requests that are each paid for once, however often the batch is run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Self

from proviso_runtime import amounts, budgets, clients, media
from proviso_runtime.batches.doing import Doing
from proviso_runtime.batches.face import Face
from proviso_runtime.batches.finishing import Finishing
from proviso_runtime.batches.folder import RESULTS, BatchRefused, Folder
from proviso_runtime.batches.journal import Journal
from proviso_runtime.batches.lines import Line
from proviso_runtime.batches.planning import OnFinding, Planner
from proviso_runtime.batches.plans import Choices, Plan
from proviso_runtime.batches.running import OnProgress, Run
from proviso_runtime.batches.stopping import Stop
from proviso_runtime.batches.tally import Tally
from proviso_runtime.ledger.entries import Ledger

Requests = Iterable[Line | Mapping[str, object]]

_NO_LEDGER = "a batch needs a ledger, so that nothing is paid for twice; this client has none"
_PATIENCE = 8  # requests in a row, at least, that come to nothing before no more are sent


class Batch:
    """Requests to a model, whose results stand in a folder. Nobody else works in the folder meanwhile.

    model: the module of a generated model. client: sends the requests; its ledger remembers them, and must be the
    same in every run. out: the folder; it is made when there is none.
    Raises BatchRefused where another process works in the folder or it is of another batch, TypeError, OSError.
    """

    def __init__(self, model: ModuleType, client: clients.AsyncClient, *, out: str | os.PathLike[str]) -> None:
        self._face = Face.of(model)
        if client.provider is not self._face.provider:
            raise TypeError(f"{model.__name__} is no model of {client!r}")
        ledger = client.door.ledger
        if ledger is None:
            raise BatchRefused(_NO_LEDGER)
        self._client = client
        self._ledger = ledger
        self._folder = Folder(Path(out), provider=self._face.provider.name, model=self._face.model.id)
        self._identity = self._folder.claim()
        self._stop = Stop()
        self._plans: list[Plan] = []

    def plan(self, requests: Requests, choices: Choices | None = None, *, on_finding: OnFinding | None = None) -> Plan:
        """Check and quote every request, and decide what is to be done for each. Nothing is sent.

        requests: params, or Lines; they are read once, and kept on disk. on_finding: called with all that is wrong.
        Raises BatchRefused where the ledger is not the one of earlier runs, LedgerFailed.
        """
        planner = Planner(
            face=self._face,
            folder=self._folder,
            identity=self._identity,
            ledger=self._ledger,
            settings=self._client.target(self._face.model).settings,
        )
        plan = planner.plan(requests, choices or Choices(), on_finding)
        self._plans.append(plan)
        return plan

    async def run(
        self,
        plan: Plan,
        *,
        concurrency: int = 16,
        timeout: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> Tally:
        """Do what a plan of this batch says, once, and return what came of it.

        concurrency: how many requests are under way at once. timeout: seconds to wait for each job; None for the
        documented limit. on_progress: called whenever something has changed.
        Raises LinesInvalid or TooDear where the plan is refused; nothing was sent then.
        """
        plan.check()
        if timeout is not None:
            amounts.seconds("timeout", timeout)
        if concurrency < 1:
            raise ValueError("concurrency is at least 1")
        tally = Tally(lines=plan.lines, charged=plan.charged, held=plan.held)
        with Journal(self._folder.path / RESULTS) as journal:
            run = Run(
                book=plan.book,
                doing=self._doing(plan, tally, journal, timeout=timeout, concurrency=concurrency),
                tally=tally,
                stop=self._stop,
                concurrency=concurrency,
                on_progress=on_progress,
            )
            await run.all()
        return tally

    def stop(self, why: str = "it was stopped") -> None:
        """Send nothing new, hear out what is being paid for, and leave jobs to be taken up by another run."""
        self._stop.now(why)
        self._stop.leave()

    def close(self) -> None:
        """Let others work in the folder, and forget the plans."""
        for plan in self._plans:
            plan.close()
        self._folder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _doing(self, plan: Plan, tally: Tally, journal: Journal, *, timeout: float | None, concurrency: int) -> Doing:
        budget, holds = _budget(plan)
        tally.budget = budget
        finishing = Finishing(
            client=self._client,
            ledger=self._ledger,
            folder=self._folder.path,
            book=plan.book,
            tally=tally,
            stop=self._stop,
            makes=media.AWAITED[self._face.model.kind],
        )
        return Doing(
            client=self._client,
            face=self._face,
            ledger=self._ledger,
            finishing=finishing,
            journal=journal,
            tally=tally,
            stop=self._stop,
            timeout=timeout,
            patience=max(concurrency, _PATIENCE),
            budget=budget,
            holds=holds,
            again=plan.choices.again,
            on_sent=self._sent,
        )

    def _sent(self) -> None:
        """Keep that the ledger knows of this batch, so that another ledger is not taken for it."""
        if not self._identity.sent:
            self._identity = replace(self._identity, sent=True)
            try:
                self._folder.keep(self._identity)
            except OSError as error:
                self._stop.now(f"the folder cannot be written: {error.strerror}")


def dry_run(
    model: ModuleType,
    requests: Requests,
    choices: Choices | None = None,
    *,
    out: str | os.PathLike[str],
    ledger: Ledger,
    settings: Mapping[str, str],
    on_finding: OnFinding | None = None,
) -> Plan:
    """Plan a batch without a key, and without touching its folder. settings: those that prices go by. Raises as `Batch.plan`."""
    face = Face.of(model)
    folder = Folder(Path(out), provider=face.provider.name, model=face.model.id)
    planner = Planner(face=face, folder=folder, identity=folder.look(), ledger=ledger, settings=settings)
    plan = planner.plan(requests, choices or Choices(), on_finding)
    plan.close()
    return plan


def _budget(plan: Plan) -> tuple[budgets.Budget | None, dict[int, budgets.Hold]]:
    """Return the budget of a run, from which goes what earlier runs have spent and what their open requests hold."""
    currency = plan.currency
    if plan.limit is None or currency is None:
        return None, {}
    spent, held = plan.spent.of(currency), plan.held.of(currency)
    # Jobs that were accepted are taken up, which is free, also where they cost more than is allowed by now.
    budget = budgets.Budget(max(plan.limit, spent + held), currency=currency)
    budget.hold(spent).settle(None)
    holds: dict[int, budgets.Hold] = {}
    for task in plan.book.tasks("wait"):
        known = task.known
        if known is not None and known.cost is not None and known.currency == currency:
            holds[task.number] = budget.hold(known.cost)
            held -= known.cost
    budget.hold(max(held, Decimal(0)))
    return budget, holds
