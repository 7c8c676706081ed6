"""What the calls of every model share: submit, take up by id, wait, and answer at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from proviso_runtime import (
    at_once,
    callbacks,
    differences,
    done,
    flow,
    hearing,
    jobs,
    links,
    media,
    options,
    protocol,
    results,
    schedule,
    submitting,
    target,
)
from proviso_runtime.outgoing import Outgoing

if TYPE_CHECKING:
    from proviso_runtime import clients

Headers = Mapping[str, str]
"""The headers of a request, in any case."""

MaxCost = options.MaxCost

Kind_contra = TypeVar("Kind_contra", contravariant=True)


class Calls(Generic[Kind_contra]):
    """Blocking calls of a model. A generated class names the model and adds what it can do."""

    model: ClassVar[protocol.Model]

    def __init__(self, client: clients.Client) -> None:
        self._door = client.door
        self._target = client.target(self.model, calls=type(self))

    def resume(self, job_id: str, *, addresses: Mapping[str, str] | None = None) -> jobs.Job[Kind_contra]:
        """Return the handle of a job that was submitted before, from any process. Nothing is sent.

        addresses: those of the job, where the provider gives it some. They are shown no key unless they are its own.
        Raises ValueError for text that cannot be the id of a job, and for addresses that cannot be its.
        """
        pace = schedule.choose(self._target.job.schedule, None)
        return jobs.Job(_checked(job_id), target=_linked(self._target, addresses), pace=pace, door=self._door)

    def wait(
        self,
        job_id: str,
        *,
        addresses: Mapping[str, str] | None = None,
        timeout: float | None = None,
        on_update: jobs.OnUpdate | None = None,
    ) -> jobs.Done[Kind_contra]:
        """Take a job up by its id, as `resume` does, and wait for its result, as `Job.wait` does."""
        return self.resume(job_id, addresses=addresses).wait(timeout=timeout, on_update=on_update)

    def _submit(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        max_cost: MaxCost | None = None,
        patience: float | None = None,
        within: float | None = None,
    ) -> jobs.Job[Kind_contra]:
        schedule.check_patience(self._target.job.submit.wait, patience)
        aim, clock = self._target.limited(max_cost, within=within), self._door.clock
        accepted = self._door.run(flow.submit(aim, sent, params, clock=clock, patience=patience))
        return self._job(accepted, params)

    def _generate(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        timeout: float | None,
        on_update: jobs.OnUpdate | None,
        max_cost: MaxCost | None = None,
        patience: float | None = None,
    ) -> jobs.Done[Kind_contra]:
        schedule.check(timeout, on_update)
        began = self._door.clock.monotonic()
        job = self._submit(sent, params, max_cost=max_cost, patience=patience, within=timeout)
        left = schedule.left(timeout, began, self._door.clock)
        return job.wait(timeout=left, on_update=on_update)

    def _submit_many(
        self, sent: Outgoing, requests: Sequence[Mapping[str, object]], *, max_cost: MaxCost | None = None
    ) -> tuple[jobs.Job[Kind_contra], ...]:
        each = tuple(map(dict, requests))
        aim = self._target.limited(max_cost)
        accepted = self._door.run(submitting.submit_many(aim, sent, each, clock=self._door.clock))
        return tuple(self._job(one, params) for one, params in zip(accepted, each, strict=True))

    def _job(self, accepted: flow.Accepted, params: Mapping[str, object]) -> jobs.Job[Kind_contra]:
        return jobs.Job(
            accepted.job_id,
            target=replace(accepted.target, params=params),
            pace=schedule.choose(self._target.job.schedule, params),
            door=self._door,
            accepted=accepted,
        )

    def _parse_callback(self, headers: Headers, body: bytes, secret: str | None) -> jobs.Done[Kind_contra]:
        told = self._door.run(callbacks.read(self._target, headers, body, secret=secret, clock=self._door.clock))
        first = hearing.heard(self._door.hears, told, at=self._door.clock.now())
        job: jobs.Job[Kind_contra] = jobs.Job(told.job_id, target=self._target, pace=protocol.Pace(), door=self._door)
        return job.done(told.outcome(first=first))

    def _immediate(
        self, sent: object, params: Mapping[str, object], *, max_cost: MaxCost | None = None
    ) -> jobs.Instant:
        answered = self._answer(sent, params, max_cost=max_cost)
        return jobs.Instant.of(answered, differences.comparison(self._target, params))

    def _at_once(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        on_partial: jobs.OnPartial | None = None,
        max_cost: MaxCost | None = None,
    ) -> jobs.Made[Kind_contra]:
        answered = self._answer(sent, params, on_partial, max_cost=max_cost)
        comparison = differences.comparison(self._target, params)
        return jobs.Made(
            results=media.blocking(
                answered.found.items, provider=self._target.provider.name, door=self._door, comparison=comparison
            ),
            **done.facts(answered, comparison),
        )

    def _answer(
        self,
        sent: object,
        params: Mapping[str, object],
        on_partial: jobs.OnPartial | None = None,
        *,
        max_cost: MaxCost | None = None,
    ) -> results.Delivered:
        def hand(item: results.Item) -> media.Media:
            return media.blocking((item,), provider=self._target.provider.name, door=self._door)[0]

        aim, clock = self._target.limited(max_cost), self._door.clock
        return self._door.run(at_once.answer(aim, sent, params, clock=clock, hand=hand, on_partial=on_partial))


class AsyncCalls(Generic[Kind_contra]):
    """Calls of a model to await. A generated class names the model and adds what it can do."""

    model: ClassVar[protocol.Model]

    def __init__(self, client: clients.AsyncClient) -> None:
        self._door = client.door
        self._target = client.target(self.model, calls=type(self))

    def resume(self, job_id: str, *, addresses: Mapping[str, str] | None = None) -> jobs.AsyncJob[Kind_contra]:
        """Return the handle of a job that was submitted before, from any process. Nothing is sent.

        addresses: those of the job, where the provider gives it some. They are shown no key unless they are its own.
        Raises ValueError for text that cannot be the id of a job, and for addresses that cannot be its.
        """
        pace = schedule.choose(self._target.job.schedule, None)
        return jobs.AsyncJob(_checked(job_id), target=_linked(self._target, addresses), pace=pace, door=self._door)

    async def wait(
        self,
        job_id: str,
        *,
        addresses: Mapping[str, str] | None = None,
        timeout: float | None = None,
        on_update: jobs.OnUpdate | None = None,
    ) -> jobs.AsyncDone[Kind_contra]:
        """Take a job up by its id, as `resume` does, and wait for its result, as `AsyncJob.wait` does."""
        return await self.resume(job_id, addresses=addresses).wait(timeout=timeout, on_update=on_update)

    async def _submit(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        max_cost: MaxCost | None = None,
        patience: float | None = None,
        within: float | None = None,
    ) -> jobs.AsyncJob[Kind_contra]:
        schedule.check_patience(self._target.job.submit.wait, patience)
        aim, clock = self._target.limited(max_cost, within=within), self._door.clock
        accepted = await self._door.run(flow.submit(aim, sent, params, clock=clock, patience=patience))
        return self._job(accepted, params)

    async def _generate(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        timeout: float | None,
        on_update: jobs.OnUpdate | None,
        max_cost: MaxCost | None = None,
        patience: float | None = None,
    ) -> jobs.AsyncDone[Kind_contra]:
        schedule.check(timeout, on_update)
        clock = self._door.clock
        began = clock.monotonic()
        async with self._door.place(self._target.named, timeout):
            left = schedule.left(timeout, began, clock)
            job = await self._submit(sent, params, max_cost=max_cost, patience=patience, within=left)
            return await job.wait(timeout=schedule.left(timeout, began, clock), on_update=on_update)

    async def _submit_many(
        self, sent: Outgoing, requests: Sequence[Mapping[str, object]], *, max_cost: MaxCost | None = None
    ) -> tuple[jobs.AsyncJob[Kind_contra], ...]:
        each = tuple(map(dict, requests))
        aim = self._target.limited(max_cost)
        accepted = await self._door.run(submitting.submit_many(aim, sent, each, clock=self._door.clock))
        return tuple(self._job(one, params) for one, params in zip(accepted, each, strict=True))

    def _job(self, accepted: flow.Accepted, params: Mapping[str, object]) -> jobs.AsyncJob[Kind_contra]:
        return jobs.AsyncJob(
            accepted.job_id,
            target=replace(accepted.target, params=params),
            pace=schedule.choose(self._target.job.schedule, params),
            door=self._door,
            accepted=accepted,
        )

    async def _parse_callback(self, headers: Headers, body: bytes, secret: str | None) -> jobs.AsyncDone[Kind_contra]:
        told = await self._door.run(callbacks.read(self._target, headers, body, secret=secret, clock=self._door.clock))
        first, pace = await hearing.awaited(self._door.hears, told, at=self._door.clock.now()), protocol.Pace()
        job: jobs.AsyncJob[Kind_contra] = jobs.AsyncJob(told.job_id, target=self._target, pace=pace, door=self._door)
        return job.done(told.outcome(first=first))

    async def _immediate(
        self, sent: object, params: Mapping[str, object], *, max_cost: MaxCost | None = None
    ) -> jobs.Instant:
        answered = await self._answer(sent, params, max_cost=max_cost)
        return jobs.Instant.of(answered, differences.comparison(self._target, params))

    async def _at_once(
        self,
        sent: object,
        params: Mapping[str, object],
        *,
        on_partial: jobs.OnAsyncPartial | None = None,
        max_cost: MaxCost | None = None,
    ) -> jobs.AsyncMade[Kind_contra]:
        answered = await self._answer(sent, params, on_partial, max_cost=max_cost)
        comparison = differences.comparison(self._target, params)
        return jobs.AsyncMade(
            results=media.awaited(
                answered.found.items, provider=self._target.provider.name, door=self._door, comparison=comparison
            ),
            **done.facts(answered, comparison),
        )

    async def _answer(
        self,
        sent: object,
        params: Mapping[str, object],
        on_partial: jobs.OnAsyncPartial | None = None,
        *,
        max_cost: MaxCost | None = None,
    ) -> results.Delivered:
        def hand(item: results.Item) -> media.AsyncMedia:
            return media.awaited((item,), provider=self._target.provider.name, door=self._door)[0]

        aim, clock = self._target.limited(max_cost), self._door.clock
        async with self._door.place(self._target.named):
            return await self._door.run(
                at_once.answer(aim, sent, params, clock=clock, hand=hand, on_partial=on_partial)
            )


def _linked(aim: target.Target, addresses: Mapping[str, str] | None) -> target.Target:
    return replace(aim, links=links.checked(aim.job, addresses))


def _checked(job_id: str) -> str:
    known = target.job_id(job_id)
    if known is None:
        raise ValueError("job_id must be the id of a job, as submit reported it")
    return known
