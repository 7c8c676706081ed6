"""One run as a judge sees it: what the program paid for, what became of its jobs, and what it was told of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from proviso import ir
from proviso.audit.program import Ended
from proviso.audit.record import Record, Seen
from proviso.audit.scenarios import Scenario, Used
from proviso.mock.jobs import Job
from proviso.mock.lives import END_PHASES
from proviso.mock.routes import PAID
from proviso.oracle.subject import Subject


@dataclass(frozen=True, kw_only=True)
class Course:
    """A job and what the program saw of it. submission: None where it was not among the requests. calls: about the job."""

    job: Job
    submission: Seen | None
    calls: tuple[Seen, ...]

    @property
    def subject(self) -> Subject:
        """The model that works on it."""
        return self.job.subject

    @cached_property
    def is_known(self) -> bool:
        """Whether the program had the id of the job."""
        course = self.subject.model.job
        chosen = course is not None and course.id == ir.CHOSEN_ID
        return chosen or (self.submission is not None and self.submission.heard)

    @cached_property
    def end(self) -> Seen | None:
        """The first reply that told the program an end."""
        told = (one for one in (self.submission, *self.calls) if one is not None)
        return next((one for one in told if self._tells_end(one)), None)

    @property
    def has_succeeded(self) -> bool:
        """Whether the program was told that it did."""
        return self.end is not None and self.end.heard and self.end.phase == "succeeded"

    @cached_property
    def is_learned(self) -> bool:
        """Whether the program was told all that there is to know: an end without results, or the results."""
        if self.end is None or not self.has_succeeded:
            return self.end is not None
        course = self.subject.model.job
        apart = course is not None and course.collect is not None
        waited = self.end.entry.operation == "submit"
        return not apart or waited or any(one.entry.operation == "collect" and one.heard for one in self.calls)

    @property
    def polls(self) -> tuple[Seen, ...]:
        """The calls that ask how it is doing."""
        return tuple(one for one in self.calls if one.entry.operation == "poll")

    def after_end(self) -> int:
        """Return how many more times the program asked how the job is doing when it had been told the end."""
        return 0 if self.end is None else sum(one.at > self.end.at for one in self.polls)

    def _tells_end(self, one: Seen) -> bool:
        if one.heard:
            return one.phase in END_PHASES
        return one.entry.status in _gone(self.subject, one.entry.operation) and one.entry.fault is not None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A run that is over. timeout: the seconds that the program had. jobs: all that were accepted."""

    scenario: Scenario
    ended: Ended
    record: Record
    jobs: tuple[Job, ...]
    timeout: float

    @cached_property
    def paid(self) -> tuple[Seen, ...]:
        """The paid requests, in their order."""
        return tuple(one for one in self.record.seen if one.entry.operation in PAID)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The jobs, as the program saw them."""
        return tuple(self._course(job) for job in self.jobs)

    @property
    def used(self) -> Used:
        """What the program made use of."""
        seen = self.record.seen
        return Used(
            models=frozenset(one.subject.model.name for one in seen if one.subject is not None),
            subjects=tuple({id(one.subject.model): one.subject for one in seen if one.subject is not None}.values()),
            operations=frozenset(one.entry.operation for one in seen),
        )

    @property
    def has_met(self) -> bool:
        """Whether what was to go wrong did."""
        wrong = self.scenario.faults
        jobs = any(one.where == "job" for one in wrong) and bool(self.jobs)
        return not wrong or jobs or any(one.entry.fault is not None for one in self.record.seen)

    @property
    def stopped(self) -> bool:
        """Whether the program had to be stopped."""
        return self.ended.status is None

    def names(self, job: Job) -> bool:
        """Say whether the program has told its user the id of a job."""
        return job.id in self.ended.output

    def _course(self, job: Job) -> Course:
        about = [one for one in self.record.seen if one.entry.job == job.id]
        return Course(
            job=job,
            submission=next((one for one in about if one.entry.operation == "submit"), None),
            calls=tuple(one for one in about if one.entry.operation in ("poll", "collect", "cancel")),
        )


def times(seen: Sequence[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Yield each request with the next one."""
    yield from itertools.pairwise(seen)


def _gone(subject: Subject, operation: str) -> tuple[int, ...]:
    """Return the statuses that say that a job is no longer known."""
    job = subject.model.job
    call = None if job is None else {"poll": job.poll, "collect": job.collect}.get(operation)
    return () if call is None else call.expired
