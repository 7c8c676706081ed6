"""The jobs that a provider took on: accepted, worked on, paid, delivered and forgotten."""

from __future__ import annotations

import heapq
import itertools
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlsplit

from proviso import ir, reply_paths
from proviso.answers import courses, documented
from proviso.mock import lives, pricing
from proviso.mock import works as making
from proviso.mock.books import Books
from proviso.mock.faults import Faults
from proviso.mock.jobs import Job
from proviso.mock.options import Options
from proviso.mock.works import Work
from proviso.oracle.subject import Params, Subject

_KEPT = 24 * 3600.0  # seconds that a job is known after its end, where no document says how long
_ENDS: Mapping[str, ir.Phase] = {"failed": "failed", "moderated": "moderated", "expired": "expired"}
_NEVER = 10.0**12  # seconds

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
        self._again: dict[str, list[Job]] = {}
        self._ends: _Due = []
        self._gone: _Due = []
        self._numbers = itertools.count(1)
        self._shelves: dict[str, tuple[Work, ...]] = {}
        self._shelved: list[tuple[float, str]] = []
        self.base = urlsplit(provider.base_url).path.rstrip("/")
        self.finished: list[Job] = []
        self.running = 0

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs.values())

    def find(self, job_id: str) -> Job | None:
        """Return a job that is known."""
        return self._jobs.get(job_id)

    def works(self, token: str) -> tuple[Work, ...] | None:
        """Return the results that stand under a token; None where there are none, or no longer."""
        job = self._by_token.get(token)
        if job is None:
            return self._shelves.get(token)
        return job.works if job.phase == "succeeded" else None

    def is_keyed(self, token: str) -> bool:
        """Say whether the results under a token want to be shown the key."""
        job = self._by_token.get(token)
        return job is not None and job.life.shape is not None and job.life.shape.place.with_key

    def fetched(self, token: str, number: int) -> None:
        """Note that a result was fetched."""
        if token in self._by_token:
            self._by_token[token].fetched.add(number)

    def shelve(self, made: Sequence[Work], *, now: float) -> str:
        """Keep results that were handed over at once, and return the token that they stand under."""
        token = self._token()
        self._shelves[token] = tuple(made)
        heapq.heappush(self._shelved, (now + _KEPT, token))
        return token

    def repeated(self, fresh: str | None) -> list[Job]:
        """Return the jobs that a request with the same UUID started."""
        return [] if fresh is None else self._again.get(fresh, [])

    def accept(self, subject: Subject, params: Params, *, fresh: str | None, now: float) -> Job:
        """Take a job on, and hold what it may cost."""
        number = next(self._numbers)
        chance = random.Random(self._chance.random())
        fault = self._faults.next("job")
        kind = None if fault is None else fault.what
        end = _ENDS.get(kind or "", "succeeded")
        life = lives.life(subject, params, end=end, chance=chance)
        made = making.works(subject, params, place=None if life.shape is None else life.shape.place)
        failing = 1 if kind == "partial" and len(made) > 1 else 0
        if kind == "stuck":
            life = lives.endless(life, _NEVER)
        terms = self.price(subject, params)
        job = Job(
            wire_id=self._id(subject, number, fresh),
            token=self._token(),
            number=number,
            subject=subject,
            params=params,
            life=life,
            works=tuple(made[: len(made) - failing]),
            submitted=now,
            hold=terms,
            failing=failing,
            callback=_callback(subject.model, params),
        )
        self._books.account.hold(terms)
        self._books.accepted += 1
        self._keep(job, fresh)
        return job

    def price(self, subject: Subject, params: Params) -> Decimal | None:
        """Return what is held for a request, by the documents or by what the mock was told."""
        terms = pricing.terms(subject, params)
        return self._options.price if terms.hold is None else terms.hold

    def charge(self, subject: Subject, params: Params, *, delivered: int) -> Decimal | None:
        """Return what so many results cost, by the documents or by what the mock was told."""
        found = pricing.charge(subject, params, delivered=delivered)
        return self._options.price if found is None else found

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
        while self._shelved and (self._shelved[0][0] <= now or len(self._shelved) > self._options.keep):
            self._shelves.pop(heapq.heappop(self._shelved)[1], None)
        while len(self._gone) > self._options.keep:
            self._books.forgotten += 1
            self._forget(heapq.heappop(self._gone)[2])

    def next_due(self) -> float | None:
        """Return when the next job ends by itself, in the provider's time."""
        return self._ends[0][0] if self._ends else None

    def _token(self) -> str:
        return f"{self._chance.getrandbits(96):024x}"

    def _keep(self, job: Job, fresh: str | None) -> None:
        self._jobs[job.id] = job
        self._by_token[job.token] = job
        self.running += 1
        if fresh is not None:
            self._again.setdefault(fresh, []).append(job)
        if not self._options.clock.by_poll:
            heapq.heappush(self._ends, (job.submitted + job.life.lasts, job.number, job))

    def _settle(self, job: Job, now: float) -> None:
        job.settled = True
        self.running -= 1
        account = self._books.account
        if job.phase == "succeeded":
            job.charge = self.charge(job.subject, job.params, delivered=len(job.works))
            account.settle(hold=job.hold, charge=job.charge)
        else:
            job.charge = Decimal(0)
            account.release(job.hold)
        if job.callback is not None:
            self.finished.append(job)
        course = courses.job(job.subject)
        ended = job.ended(now, by_poll=self._options.clock.by_poll)
        match course.retention:
            case ir.Retention(seconds=seconds, since="submission"):
                gone = max(job.submitted + float(seconds), ended)
            case ir.Retention(seconds=seconds):
                gone = ended + float(seconds)
            case ir.Unknown():
                gone = ended + _KEPT
        heapq.heappush(self._gone, (gone, job.number, job))

    def _forget(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        self._by_token.pop(job.token, None)
        for fresh in [fresh for fresh, jobs in self._again.items() if job in jobs] if self._again else []:
            del self._again[fresh]

    def _id(self, subject: Subject, number: int, fresh: str | None) -> object:
        course = courses.job(subject)
        if course.id == ir.CHOSEN_ID:
            return fresh if fresh is not None else str(uuid.UUID(int=number, version=4))
        shown = next(iter(reply_paths.find(course.id, documented.acceptance(subject).body)), "")
        if isinstance(shown, int):
            return 10**9 + number
        made = uuid.UUID(int=self._chance.getrandbits(128), version=4)
        prefix = shown.rstrip("0123456789") if isinstance(shown, str) and not _is_uuid(shown) else ""
        return f"{prefix if prefix.endswith(('_', '-')) else ''}{made}"


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _callback(model: ir.Model, params: Params) -> str | None:
    address = None if model.callback is None else params.get(model.callback.parameter)
    return address if isinstance(address, str) else None
