"""Handles of jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Generic, TypeVar

from proviso_runtime import (
    cancelling,
    differences,
    done,
    errors,
    flow,
    homes,
    links,
    media,
    news,
    protocol,
    purchases,
    results,
    schedule,
    tracing,
    transport,
    turns,
    waiting,
)
from proviso_runtime.clock import Clock
from proviso_runtime.steps import Flow, Record
from proviso_runtime.target import Target

TIMEOUT = schedule.TIMEOUT
Update = waiting.Update
OnUpdate = waiting.OnUpdate
OnPartial = Callable[[media.Media], object]
OnAsyncPartial = Callable[[media.AsyncMedia], object]
Done = done.Done
AsyncDone = done.AsyncDone
Made = done.Made
AsyncMade = done.AsyncMade
Instant = done.Instant

Kind_contra = TypeVar("Kind_contra", contravariant=True)


class _Handle:
    """A job at a provider.

    id: its id there. model: the model's id. provider: the provider's name.
    submitted_at: seconds since 1970; None for a job taken up by its id.
    reported: the numbers that came with the acceptance, meaning -> number. cost: what it then told to cost.
    quote: what it was to cost; None for a job taken up by its id.
    """

    def __init__(self, job_id: str, *, target: Target, pace: protocol.Pace, accepted: flow.Accepted | None) -> None:
        self.id = job_id
        self.model = target.model.id
        self.provider = target.provider.name
        self.submitted_at = None if accepted is None else accepted.submitted_at
        self.reported: Mapping[str, Decimal] = {} if accepted is None else accepted.reported
        self.cost = None if accepted is None else accepted.cost
        self.quote = None if accepted is None else accepted.purchase.quote
        self._target = target
        self._pace = pace
        self._purchase = purchases.taken_up(target, job_id) if accepted is None else accepted.purchase
        self._started = None if accepted is None else accepted.started
        self._heard = None if accepted is None else accepted.heard
        self._told = None if accepted is None else accepted.told

    @property
    def addresses(self) -> Mapping[str, str]:
        """Where the provider says that this job is polled, collected or cancelled; needed to resume it where it says so."""
        return self._target.links

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.provider}, {self.model}, {self.id!r})"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Give what a copy in another process is made of: no key, and nothing of this client.

        Raises TypeError for a handle that no generated client made.
        """
        if self._target.home is None:
            raise TypeError("only the handles of generated clients can be copied")
        kept = {name: getattr(self, name) for name in ("submitted_at", "reported", "cost", "quote")}
        # The condition of a pace is a function, and a budget is shared with nobody outside.
        kept |= {"_pace": replace(self._pace, when=None), "_purchase": replace(self._purchase, hold=None)}
        return homes.revived, (self._target.home, self.id, dict(self.addresses), self._target.params, kept)

    def _wait(
        self, door: transport.Blocking | transport.Awaited, timeout: float | None, on_update: OnUpdate | None
    ) -> Flow[results.Delivered]:
        schedule.check(timeout, on_update)
        clock, since, heard = door.clock, self._started, self._heard
        plan = schedule.Schedule(self._pace, clock=clock, timeout=timeout, since=since, heard=heard)
        # What the reply to submit told is news only once; whoever waits again asks again.
        told, self._told = self._told, None
        wait = waiting.wait(self._target, self.id, schedule=plan, on_update=on_update, first=told)
        wait = turns.watched(self._target, self.id, wait)
        return tracing.traced(self._recorded(wait, clock), "wait", self._target, job_id=self.id)

    def _recorded(self, flow: Flow[results.Delivered], clock: Clock) -> Flow[results.Delivered]:
        """Record how the job ended."""
        try:
            found = yield from flow
        except errors.ProviderError as error:
            if ended := self._purchase.lost(error, job_id=self.id, at=clock.now()):
                news.ended(self.provider, self.id, f"ended without a result ({type(error).__name__})")
                yield Record(changes=ended)
            raise
        news.ended(self.provider, self.id, "succeeded")
        cost, reported = found.cost or self.cost, {**self.reported, **found.reported}
        charge = self._purchase.charge(found, cost=cost, reported=reported)
        yield Record(changes=(self._purchase.succeeded(found, charge=charge, job_id=self.id, at=clock.now()),))
        return replace(found, cost=cost, reported=reported, quote=self.quote, charge=charge)

    def _note(self, error: BaseException) -> None:
        # Whatever interrupts a wait, the id of a paid job must not be lost with it.
        if isinstance(error, errors.ProviderError):
            error.addresses = self.addresses
            error.job_id = error.job_id or self.id
        else:
            error.add_note(
                f"The {self.provider} job {self.id!r} goes on: {links.taken_up(self.addresses, self.id)} takes it up"
            )


class Job(_Handle, Generic[Kind_contra]):
    """A job at a provider, to wait for."""

    def __init__(
        self,
        job_id: str,
        *,
        target: Target,
        pace: protocol.Pace,
        door: transport.Blocking,
        accepted: flow.Accepted | None = None,
    ) -> None:
        super().__init__(job_id, target=target, pace=pace, accepted=accepted)
        self._door = door

    def cancel(self) -> None:
        """Ask the provider to stop the job, which is free. How it ended is told by `wait`.

        Raises TypeError where no way to do so is documented, ValueError where it needs an address that
        is not known, Refused, JobExpired, Unreachable, or UnexpectedReply where no answer came.
        """
        self._door.run(cancelling.cancel(self._target, self.id))

    def wait(self, *, timeout: float | None = None, on_update: OnUpdate | None = None) -> Done[Kind_contra]:
        """Poll until the job ends and return its result. It may be called again after WaitTimeout.

        timeout: in seconds, 0 to ask once; None for the documented limit, or TIMEOUT.
        on_update: called with an Update after every poll that could be read.
        Raises JobFailed, JobExpired, WaitTimeout, Refused or UnexpectedReply, each with the job id.
        """
        try:
            finished = self._door.run(self._wait(self._door, timeout, on_update))
        except BaseException as error:
            self._note(error)
            raise
        return self.done(finished)

    def done(self, finished: results.Delivered) -> Done[Kind_contra]:
        """Return the result of the job, as a reply has told it."""
        comparison = differences.comparison(self._target, self._target.params)
        return Done(
            job_id=self.id,
            results=media.blocking(
                finished.found.items, provider=self.provider, door=self._door, comparison=comparison
            ),
            **done.facts(finished, comparison),
        )


class AsyncJob(_Handle, Generic[Kind_contra]):
    """A job at a provider, to await."""

    def __init__(
        self,
        job_id: str,
        *,
        target: Target,
        pace: protocol.Pace,
        door: transport.Awaited,
        accepted: flow.Accepted | None = None,
    ) -> None:
        super().__init__(job_id, target=target, pace=pace, accepted=accepted)
        self._door = door

    async def cancel(self) -> None:
        """Ask the provider to stop the job, which is free. How it ended is told by `wait`.

        Raises TypeError where no way to do so is documented, ValueError where it needs an address that
        is not known, Refused, JobExpired, Unreachable, or UnexpectedReply where no answer came.
        """
        await self._door.run(cancelling.cancel(self._target, self.id))

    async def wait(self, *, timeout: float | None = None, on_update: OnUpdate | None = None) -> AsyncDone[Kind_contra]:
        """Poll until the job ends and return its result. It may be called again after WaitTimeout.

        timeout: in seconds, 0 to ask once; None for the documented limit, or TIMEOUT.
        on_update: called with an Update after every poll that could be read; not awaited.
        Raises JobFailed, JobExpired, WaitTimeout, Refused or UnexpectedReply, each with the job id.
        """
        try:
            finished = await self._door.run(self._wait(self._door, timeout, on_update))
        except BaseException as error:
            self._note(error)
            raise
        return self.done(finished)

    def done(self, finished: results.Delivered) -> AsyncDone[Kind_contra]:
        """Return the result of the job, as a reply has told it."""
        comparison = differences.comparison(self._target, self._target.params)
        return AsyncDone(
            job_id=self.id,
            results=media.awaited(finished.found.items, provider=self.provider, door=self._door, comparison=comparison),
            **done.facts(finished, comparison),
        )
