"""A ledger that lives as long as its process: for tests, and for looking at what a client writes down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from proviso_runtime.ledger import changes as meaning
from proviso_runtime.ledger import rows
from proviso_runtime.ledger.entries import Change, Entry, State
from proviso_runtime.ledger.finding import Wanted
from proviso_runtime.ledger.line import Line


class MemoryLedger:
    """A ledger in memory, safe to share between threads. It survives nothing."""

    def __init__(self) -> None:
        self._line = Line(self._keep)
        self._rows: dict[str, tuple[Any, ...]] = {}
        self._by_job: dict[meaning.Job, dict[str, None]] = {}
        self._heard: set[tuple[str, str]] = set()

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes, all or none, in their order. Raises LedgerFailed for what no ledger can hold."""
        self._line.write(changes)

    def find(
        self,
        *,
        ids: Sequence[str] | None = None,
        provider: str | None = None,
        model: str | None = None,
        job_id: str | None = None,
        reference: str | None = None,
        states: Sequence[State] | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries that fit all that is given, oldest first. reference: how theirs begins."""
        wanted = Wanted.of(ids=ids, provider=provider, model=model, job_id=job_id, reference=reference, states=states)
        with self._line.alone():
            found = tuple(self._rows.values())
        yield from filter(wanted.fits, map(rows.entry, found))

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time."""
        del at
        with self._line.alone():
            first = (provider, digest) not in self._heard
            self._heard.add((provider, digest))
            return first

    def forget(self, ids: Sequence[str], /) -> int:
        """Delete entries by their ids, and return how many there were."""
        with self._line.alone():
            return sum(self._rows.pop(one, None) is not None for one in ids)

    def _keep(self, changes: Sequence[Change]) -> None:
        named = dict.fromkeys(meaning.ids(changes))
        for job in meaning.jobs(changes):
            named |= self._by_job.get(job, {})
        settled = meaning.settle(changes, [rows.Row(*self._rows[one]) for one in named if one in self._rows])
        written = (*settled.begun, *settled.altered)
        self._rows |= {row.id: rows.values(row) for row in written}
        for row in written:
            if row.job_id is not None:
                self._by_job.setdefault((row.provider, row.job_id), {})[row.id] = None
