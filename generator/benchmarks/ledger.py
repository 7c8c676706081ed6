"""Figures of the ledger: jobs a second that one process keeps durably, beside sqlite3 doing the same by itself.

A job is three changes that come one after another: its intent, its acceptance, its end.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, cast

from benchmarks.figures import Figure
from benchmarks.measure import Samples
from proviso_runtime.ledger import Accepted, Change, Ended, Intended, SqliteLedger
from proviso_runtime.ledger.coalescing import Coalescing

if TYPE_CHECKING:
    from proviso_runtime.ledger import Ledger

_BAR = 2000.0
_THREADS = 16
_IN_FLIGHT = 2000

_TABLE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE jobs (
    id TEXT PRIMARY KEY, provider, model, state, at, until, sha256, reference, currency, hold, least, most, job_id, accepted,
    ended, charged, charged_by, delivered
);
CREATE INDEX jobs_by_job ON jobs (job_id);
"""
_INSERT = """
INSERT INTO jobs (id, provider, model, state, at, until, sha256, reference, currency, hold, least, most)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ACCEPT = "UPDATE jobs SET state = 'accepted', job_id = ?, accepted = ? WHERE id = ?"
_END = "UPDATE jobs SET state = ?, ended = ?, charged = ?, charged_by = ?, delivered = ? WHERE id = ?"

_Job = tuple[Intended, Accepted, Ended]


class _Store(Protocol):
    """What is timed."""

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes durably."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *raised: object) -> None: ...


class _Plain:
    """What a person would write with sqlite3 for the same rows: no meaning, one transaction a call, a lock for threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.executescript(_TABLE)

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes durably."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            for change in changes:
                self._connection.execute(*_statement(change))
            self._connection.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._connection.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """A way of writing jobs, in words and as a function. count: how many jobs are written in a round."""

    what: str
    run: Callable[[_Store, Sequence[_Job]], None]
    count: int
    bar: float | None = None


def figures(*, rounds: int) -> list[Figure]:
    """Measure each course on new files, ours and theirs in turn."""
    courses = (
        _Course(what="one thread, a commit for every change", run=_one_by_one, count=100),
        _Course(what=f"awaited, {_IN_FLIGHT} jobs in flight", run=_awaited, count=_IN_FLIGHT, bar=_BAR),
        _Course(what=f"{_THREADS} threads, each its own changes", run=_threads, count=50 * _THREADS),
    )
    return [_figure(course, rounds) for course in courses]


def _figure(course: _Course, rounds: int) -> Figure:
    taken: dict[str, list[float]] = {"ours": [], "theirs": []}
    stores: dict[str, Callable[[Path], _Store]] = {"ours": SqliteLedger, "theirs": _Plain}
    for _ in range(rounds):
        for name, make in stores.items():
            taken[name].append(_timed(course, make))
    ours, theirs = (Samples(seconds=tuple(taken[name])) for name in stores)
    return Figure(
        what=f"Jobs kept durably a second: {course.what}",
        ours=f"{course.count / ours.median:.0f} a second",
        rival="sqlite3 by itself",
        theirs=f"{course.count / theirs.median:.0f} a second",
        value=course.count / ours.median,
        unit="a second",
        bar=course.bar,
    )


def _timed(course: _Course, make: Callable[[Path], _Store]) -> float:
    jobs = [_job() for _ in range(course.count)]
    with tempfile.TemporaryDirectory() as folder, make(Path(folder) / "ledger.db") as store:
        store.write(_job())  # the file is made, and the statements are known
        start = time.perf_counter()
        course.run(store, jobs)
        return time.perf_counter() - start


def _one_by_one(store: _Store, jobs: Sequence[_Job]) -> None:
    for job in jobs:
        for change in job:
            store.write((change,))


def _awaited(store: _Store, jobs: Sequence[_Job]) -> None:
    async def life(job: _Job, kept: Coalescing) -> None:
        for change in job:
            await kept.write((change,))

    async def all_at_once() -> None:
        kept = Coalescing(cast("Ledger", store))
        await asyncio.gather(*(life(job, kept) for job in jobs))

    asyncio.run(all_at_once())


def _threads(store: _Store, jobs: Sequence[_Job]) -> None:
    threads = [threading.Thread(target=_one_by_one, args=(store, jobs[n::_THREADS])) for n in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _job() -> _Job:
    entry, price = uuid.uuid4().hex, Decimal("0.0320")
    return (
        Intended(
            entry=entry, provider="acme", model="still-2", at=1e9, until=1e9, body_sha256="f" * 64, reference="batch/1",
            currency="USD", hold=price, least=price, most=price,
        ),
        Accepted(entry=entry, at=1e9, job_id=uuid.uuid4().hex),
        Ended(
            entry=entry, provider="acme", at=1e9, state="succeeded", currency="USD", charged=price, charged_by="quote",
            delivered=1,
        ),
    )  # fmt: skip


def _statement(change: Change) -> tuple[str, tuple[object, ...]]:
    match change:
        case Intended():
            told = (change.entry, change.provider, change.model, "sending", change.at, change.until, change.body_sha256)
            return _INSERT, (
                *told,
                change.reference,
                change.currency,
                str(change.hold),
                str(change.least),
                str(change.most),
            )
        case Accepted():
            return _ACCEPT, (change.job_id, change.at, change.entry)
        case Ended():
            told = (change.state, change.at, str(change.charged), change.charged_by, change.delivered)
            return _END, (*told, change.entry)
