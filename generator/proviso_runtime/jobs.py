"""Handles of jobs, and what they come to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

from proviso_runtime import errors, flow, media, protocol, replies, schedule, transport, waiting
from proviso_runtime.jsontext import Json
from proviso_runtime.steps import Flow
from proviso_runtime.target import Target

TIMEOUT = schedule.TIMEOUT
Update = waiting.Update
OnUpdate = waiting.OnUpdate

Image = TypeVar("Image", media.Image, media.AsyncImage)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done(Generic[Image]):
    """A job that succeeded.

    raw: the final reply as JSON. reported: the numbers that the provider told on the way.
    headers: the documented headers of the final reply, meaning -> text.
    """

    job_id: str
    images: tuple[Image, ...]
    reported: Mapping[str, Decimal]
    headers: Mapping[str, str] = field(repr=False)
    raw: Json = field(repr=False)


class Done(_Done[media.Image]):
    """A job that succeeded, with images to read and save."""


class AsyncDone(_Done[media.AsyncImage]):
    """A job that succeeded, with images whose read and save are awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A result that came at once. credits_left: the balance after it, where the provider tells."""

    content: bytes = field(repr=False)
    media_type: str
    credits_left: Decimal | None
    headers: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, answered: flow.Answered) -> Instant:
        """Make the result of an answer."""
        return cls(
            content=answered.reply.content,
            media_type=answered.reply.media_type,
            credits_left=replies.as_number(answered.headers.get("credits_left", "").strip()),
            headers=answered.headers,
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the result to a file, which appears whole or not at all, and return its path."""
        with media.whole_file(path) as file:
            file.write(self.content)
        return Path(path)


class _Handle:
    """A job at a provider.

    id: its id there. model: the model's id. provider: the provider's name.
    submitted_at: seconds since 1970; None for a job taken up by its id.
    reported: the numbers that came with the acceptance, meaning -> number.
    """

    def __init__(self, job_id: str, *, target: Target, pace: protocol.Pace, accepted: flow.Accepted | None) -> None:
        self.id = job_id
        self.model = target.model.id
        self.provider = target.provider.name
        self.submitted_at = None if accepted is None else accepted.submitted_at
        self.reported: Mapping[str, Decimal] = {} if accepted is None else accepted.reported
        self._target = target
        self._pace = pace
        self._started = None if accepted is None else accepted.started

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.provider}, {self.model}, {self.id!r})"

    def _wait(
        self, door: transport.Blocking | transport.Awaited, timeout: float | None, on_update: OnUpdate | None
    ) -> Flow[waiting.Finished]:
        schedule.check(timeout, on_update)
        plan = schedule.Schedule(self._pace, clock=door.clock, timeout=timeout, since=self._started)
        return waiting.wait(self._target, self.id, schedule=plan, on_update=on_update)

    def _note(self, error: BaseException) -> None:
        # Whatever interrupts a wait, the id of a paid job must not be lost with it.
        if not isinstance(error, errors.ProviderError):
            error.add_note(f"The {self.provider} job {self.id!r} goes on: resume({self.id!r}) takes it up")


class Job(_Handle):
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

    def wait(self, *, timeout: float | None = None, on_update: OnUpdate | None = None) -> Done:
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
        return Done(
            job_id=self.id,
            images=tuple(media.Image(url, provider=self.provider, door=self._door) for url in finished.addresses),
            reported={**self.reported, **finished.reported},
            headers=finished.headers,
            raw=finished.document,
        )


class AsyncJob(_Handle):
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

    async def wait(self, *, timeout: float | None = None, on_update: OnUpdate | None = None) -> AsyncDone:
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
        return AsyncDone(
            job_id=self.id,
            images=tuple(media.AsyncImage(url, provider=self.provider, door=self._door) for url in finished.addresses),
            reported={**self.reported, **finished.reported},
            headers=finished.headers,
            raw=finished.document,
        )
