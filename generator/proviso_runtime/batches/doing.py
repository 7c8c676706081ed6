"""Do what is to be done for one line: send, wait, save, and say how it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from proviso_runtime import budgets, clients, errors, jobs, purchases, quotes
from proviso_runtime.batches.book import Task
from proviso_runtime.batches.face import Face
from proviso_runtime.batches.finishing import Finishing
from proviso_runtime.batches.journal import Ending, Journal, Outcome
from proviso_runtime.batches.stopping import Stop, Stopped
from proviso_runtime.batches.tally import Tally
from proviso_runtime.ledger.entries import Ended, Ledger


@dataclass(slots=True, kw_only=True)
class Doing:
    """What the workers of a run share. holds: what the budget keeps for jobs that earlier runs began, by line.

    patience: how many requests in a row may come to nothing for a reason that has nothing to do with them.
    again: what is sent again where the provider knows nothing of its job. on_sent: called when the first request has been written down in the ledger.
    """

    client: clients.AsyncClient
    face: Face
    ledger: Ledger
    finishing: Finishing
    journal: Journal
    tally: Tally
    stop: Stop
    timeout: float | None
    patience: int
    budget: budgets.Budget | None
    holds: dict[int, budgets.Hold]
    again: frozenset[Outcome]
    on_sent: Callable[[], object]
    _troubles: int = field(default=0, init=False)

    async def do(self, task: Task) -> Ending | None:
        """Do it, and return how it has ended; None where nothing was sent, or its job is left to another run."""
        quote = purchases.quote(self.face.model, task.params, settings=self.client.target(self.face.model).settings)
        try:
            if task.action == "send":
                ending = await self._sent(task, quote)
            else:
                ending = await self._taken_up(task, quote)
        except Stopped:
            self.tally.left += 1
            return None
        if ending is not None:
            try:
                self.journal.add(ending)
            except OSError as error:
                self.stop.now(f"the results cannot be written down: {error.strerror}")
        return ending

    async def mark_unknown(self, tasks: Sequence[Task]) -> None:
        """Tell the ledger of requests that were on their way when their process ended."""
        now = self.client.door.clock.now()
        changes = [
            Ended(
                provider=self.face.provider.name, at=now, state="unknown", entry=one.known.entry, why="OutcomeUnknown"
            )
            for one in tasks
            if one.known is not None
        ]
        if changes:
            await asyncio.to_thread(self.ledger.write, changes)

    async def _sent(self, task: Task, quote: quotes.Quote) -> Ending | None:
        most = purchases.most(quote)
        options = self.client.with_options(reference=task.reference, unknown_price="allow")
        if self.budget is not None:
            options = options.with_options(budget=self.budget)
        calls = self.face.calls(options)
        self.tally.held.add(most, quote.currency)
        ended = True
        try:
            if self.face.model.job is None:
                made = await calls.generate_sync(**task.params)
                self._heard()
                return await self.finishing.kept(task, quote, made)
            job = await calls.submit(**task.params)
            self._heard()
            ending = await self._waited(task, quote, job)
            ended = ending.state != "accepted"
        except errors.ProviderError as error:
            failed = self._unanswered(task, quote, error)
            ended = failed is None or failed.state != "unknown"
            return failed
        except BaseException:
            ended = False
            raise
        else:
            return ending
        finally:
            self.on_sent()
            if ended and most is not None:
                self.tally.held.add(-most, quote.currency)

    def _heard(self) -> None:
        self._troubles = 0

    def _unanswered(self, task: Task, quote: quotes.Quote, error: errors.ProviderError) -> Ending | None:
        """Say what became of a request that did not come to a job or a result."""
        if isinstance(error, errors.TooDear | errors.LedgerFailed | errors.KeyInvalid | errors.SettingInvalid):
            self.stop.now(str(error))
            return None
        state = "unsent" if isinstance(error, errors.RequestInvalid) else purchases.unanswered(error)
        match error:
            case errors.Unauthorized() | errors.OutOfCredit() | errors.Retired():
                self.stop.now(str(error))
            case errors.BadRequest() | errors.Forbidden() | errors.JobFailed() | errors.RequestInvalid():
                pass
            case _:
                self._troubles += 1
                if self._troubles >= self.patience:
                    self.stop.now(f"{self._troubles} requests in a row came to nothing; the last one: {error}")
        return _ending(task, quote, state, error.job_id, str(error))

    async def _taken_up(self, task: Task, quote: quotes.Quote) -> Ending | None:
        """Wait for a job that an earlier run began."""
        known, still = task.known, _still(task)
        if known is None or known.job_id is None:
            raise AssertionError("a task that is taken up has a job")
        try:
            job = self.face.calls(self.client).resume(known.job_id, addresses=known.addresses or None)
        except ValueError as error:
            return _ending(task, quote, still, known.job_id, str(error))
        ending = await self._waited(task, quote, job, still=still)
        if ending.gone and still in self.again:
            return await self._sent(replace(task, action="send"), quote)
        if task.action == "wait" and ending.state not in ("accepted", "unknown"):
            self.tally.held.add(None if known.cost is None else -known.cost, known.currency)
            hold = self.holds.pop(task.number, None)
            if hold is not None:
                same = ending.charge is not None and ending.charge.currency == known.currency
                hold.settle(ending.charge.amount if same and ending.charge is not None else None)
        return ending

    async def _waited(
        self, task: Task, quote: quotes.Quote, job: jobs.AsyncJob[Any], *, still: Outcome = "accepted"
    ) -> Ending:
        """Wait for a job, and save its results. still: how it stands while nobody can say how it has ended."""
        try:
            finished = await self.stop.unless(job.wait(timeout=self.timeout))
        except errors.ProviderError as error:
            ending = _ending(task, quote, purchases.lost(error) or still, job.id, str(error))
            return replace(ending, gone=isinstance(error, errors.NotFound | errors.JobExpired))
        return await self.stop.unless(self.finishing.kept(task, quote, finished, job_id=job.id))


def _still(task: Task) -> Outcome:
    """Return how a request stands that was taken up in vain."""
    if task.action == "collect":
        return "unsaved"
    return "unknown" if task.known is not None and task.known.state in ("sending", "unknown") else "accepted"


def _ending(task: Task, quote: quotes.Quote, state: Outcome, job_id: str | None, why: str | None) -> Ending:
    return Ending(line=task.number, reference=task.reference, state=state, job_id=job_id, quote=quote, why=why)
