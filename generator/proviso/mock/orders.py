"""The jobs that a provider took on: accepted, worked on, paid, delivered and forgotten."""

from __future__ import annotations

import heapq
import itertools
import random
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from proviso import ir
from proviso.answers import courses
from proviso.answers.documented import Answer
from proviso.mock import ids, lives
from proviso.mock import works as making
from proviso.mock.books import Books
from proviso.mock.cashier import Cashier
from proviso.mock.faults import Faults, What
from proviso.mock.jobs import Job
from proviso.mock.options import Options
from proviso.mock.pricing import Terms
from proviso.mock.repeats import Repeats
from proviso.mock.shelves import KEPT, Shelves
from proviso.mock.works import Work
from proviso.oracle.subject import Params, Subject

_ENDS: Mapping[str, ir.Phase] = {"failed": "failed", "moderated": "moderated", "expired": "expired"}

_Due = list[tuple[float, int, Job]]


class Orders:
    """The jobs of one provider, by their ids."""

    def __init__(self, provider: ir.Provider, options: Options, books: Books, faults: Faults) -> None:
        self._options = options
        self._books = books
        self._faults = faults
        self._chance = random.Random(f"{provider.name}{options.seed}")
        self._jobs: dict[str, Job] = {}
        self._by_token: dict[str, Job] = {}
        self._ends: _Due = []
        self._gone: _Due = []
        self._numbers = itertools.count(1)
        self.shelves = Shelves(keep=options.keep)
        self.again: Repeats[Answer | tuple[Job, ...]] = Repeats(keep=options.keep)
        self.cashier = Cashier(books.accounts, price=options.price)
        self.base = urlsplit(provider.base_url).path.rstrip("/")
        self.finished: deque[Job] = deque(maxlen=options.keep)
        self.running = 0

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs.values())

    def find(self, job_id: str) -> Job | None:
        """Return a job that is known."""
        return self._jobs.get(job_id)

    def work(self, token: str, number: str) -> Work | None:
        """Return a result by the token that it stands under and its number; None where it is not there, or no longer."""
        job = self._by_token.get(token)
        made = self.shelves.get(token) if job is None else job.works if job.phase == "succeeded" else None
        return next((one for one in made or () if str(one.number) == number), None)

    def is_keyed(self, token: str) -> bool:
        """Say whether the results under a token want to be shown the key."""
        job = self._by_token.get(token)
        return job is not None and job.life.shape is not None and job.life.shape.place.with_key

    def fetched(self, token: str, number: int) -> None:
        """Note that a result was fetched."""
        if token in self._by_token:
            self._by_token[token].fetched.add(number)

    def fate(self) -> What | None:
        """Return what is made to go wrong with the next job, or the next request that is answered at once."""
        fault = self._faults.next("job")
        return None if fault is None else fault.what

    def accept(
        self, subject: Subject, params: Params, terms: Terms, *, fresh: str | None, now: float, origin: str
    ) -> Job:
        """Take a job on, and hold what it may cost. origin: how its customer reaches the mock."""
        number = next(self._numbers)
        chance = random.Random(self._chance.random())
        fate = self.fate()
        life = lives.life(subject, params, end=_ENDS.get(fate or "", "succeeded"), chance=chance)
        made = making.all_of(subject, params, life.shape)
        failing = 1 if fate == "partial" and making.delivered(subject, made) > 1 else 0
        job = Job(
            wire_id=ids.made(subject, number, fresh, chance),
            token=self.token(),
            number=number,
            subject=subject,
            params=params,
            life=lives.endless(life) if fate == "stuck" else life,
            works=tuple(made[failing:]),
            submitted=now,
            terms=terms,
            failing=failing,
            callback=_callback(subject.model, params),
            origin=sys.intern(origin),
        )
        self.cashier.hold(terms)
        self._books.accepted += 1
        self._keep(job)
        return job

    def advance(self, job: Job, now: float) -> None:
        """Let a job come as far as it is by now."""
        job.advance(now, by_poll=self._options.clock.by_poll)
        if job.has_ended and not job.settled:
            self._settle(job, now)

    def stop(self, job: Job, now: float) -> None:
        """Cancel a job that goes on."""
        job.stopped = now
        self._settle(job, now)

    def tick(self, now: float) -> None:
        """Finish what is finished by now, and forget what is no longer kept."""
        while self._ends and self._ends[0][0] <= now:
            self.advance(heapq.heappop(self._ends)[2], now)
        while self._gone and self._gone[0][0] <= now:
            self._forget(heapq.heappop(self._gone)[2])
        self.shelves.tick(now)
        self.again.tick(now)
        while len(self._gone) > self._options.keep:
            self._books.forgotten += 1
            self._forget(heapq.heappop(self._gone)[2])

    def next_due(self) -> float | None:
        """Return when the next job ends by itself, in the provider's time."""
        return self._ends[0][0] if self._ends else None

    def token(self) -> str:
        """Return what results are to stand under."""
        return f"{self._chance.getrandbits(96):024x}"

    def _keep(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._by_token[job.token] = job
        self.running += 1
        if not self._options.clock.by_poll:
            heapq.heappush(self._ends, (job.submitted + job.life.lasts, job.number, job))

    def _settle(self, job: Job, now: float) -> None:
        job.settled = True
        self.running -= 1
        if job.phase == "succeeded" or job.life.is_billed:
            delivered = making.delivered(job.subject, job.works)
            job.bill = self.cashier.settle(job.subject, job.params, job.terms, delivered=delivered, now=now)
        else:
            job.bill = self.cashier.release(job.terms)
        if job.callback is not None:
            self.finished.append(job)
        course = courses.job(job.subject)
        ended = job.ended(now, by_poll=self._options.clock.by_poll)
        kept = retention(course)
        gone = ended + float(kept.seconds)
        if kept.since == "submission":
            gone = max(job.submitted + float(kept.seconds), ended)
        heapq.heappush(self._gone, (gone, job.number, job))

    def _forget(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        self._by_token.pop(job.token, None)


def retention(course: ir.Job) -> ir.Retention:
    """Say how long a job is known: as documented, or for a day after its end."""
    guessed = ir.Retention(seconds=Decimal(KEPT), since="completion")
    return guessed if isinstance(course.retention, ir.Unknown) else course.retention


def _callback(model: ir.Model, params: Params) -> str | None:
    address = None if model.callback is None else params.get(model.callback.parameter)
    return address if isinstance(address, str) else None
