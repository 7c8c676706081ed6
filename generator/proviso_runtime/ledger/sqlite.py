"""The ledger in one file, which needs no server: SQLite."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from proviso_runtime.ledger import changes as meaning
from proviso_runtime.ledger import forks, rows
from proviso_runtime.ledger.connection import Connection
from proviso_runtime.ledger.entries import Change, Entry, State
from proviso_runtime.ledger.finding import Wanted
from proviso_runtime.ledger.line import Line

if TYPE_CHECKING:
    import sqlite3

_MOST = 500  # values that a statement carries, and rows that are read at once

_SELECT = " ".join(("SELECT seq,", ", ".join(rows.COLUMNS), "FROM entries WHERE"))
_INSERT = " ".join(
    ("INSERT INTO entries (", ", ".join(rows.COLUMNS), ") VALUES (", ", ".join("?" * len(rows.COLUMNS)), ")")
)
_UPDATE = " ".join(("UPDATE entries SET", ", ".join(f"{name} = ?" for name in rows.ALTERABLE), "WHERE id = ?"))

_Row: TypeAlias = tuple[Any, ...]


class SqliteLedger:
    """A ledger in a SQLite file, safe to share between threads and processes. What it has written survives a power cut.

    path: the file. It is made when it is first needed, readable by its owner alone, and its folder likewise.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if not os.fspath(path) or os.fspath(path) == ":memory:":
            raise ValueError("a SqliteLedger needs the path of a file; MemoryLedger() keeps entries in memory")
        self.path = Path(path).absolute()
        self._writing = Connection(self.path)
        self._reading = Connection(self.path)
        self._reads = threading.Lock()
        self._line = Line(self._keep)
        forks.watch(self)

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes durably, all or none, in their order. Threads that write at once share one wait for the disk.

        Raises LedgerFailed where they cannot be kept.
        """
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
        """Yield the entries that fit all that is given, oldest first, in steady memory. reference: how theirs begins.

        Raises LedgerFailed where they cannot be read.
        """
        wanted = Wanted.of(ids=ids, provider=provider, model=model, job_id=job_id, reference=reference, states=states)
        return self._all(wanted) if wanted.ids is None else self._named(wanted, tuple(wanted.ids))

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time. Raises LedgerFailed."""
        with self._line.alone(), self._writing.use() as connection:
            row = (provider, digest, at)
            return connection.execute("INSERT OR IGNORE INTO heard VALUES (?, ?, ?)", row).rowcount == 1

    def forget(self, ids: Sequence[str], /) -> int:
        """Delete entries by their ids, and return how many there were. Raises LedgerFailed."""
        with self._line.alone(), self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            gone = sum(
                connection.execute(" ".join(("DELETE FROM entries WHERE", _among("id", some))), some).rowcount
                for some in rows.chunks(ids, _MOST)
            )
            connection.execute("COMMIT")
            return gone

    def close(self) -> None:
        """Close the file. Using the ledger opens it again."""
        with self._line.alone():
            self._writing.close()
        with self._reads:
            self._reading.close()

    def before_fork(self) -> None:
        """Close the file, since no process may use a connection that another one has opened."""
        self._line.turn.acquire()
        self._reads.acquire()
        self._writing.close()
        self._reading.close()

    def after_fork(self, *, child: bool) -> None:
        """Go on with the locks free."""
        self._reads.release()
        self._line.turn.release()
        if child:
            self._line.renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    def _keep(self, changes: Sequence[Change]) -> None:
        with self._writing.use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            settled = meaning.settle(changes, _held(connection, changes))
            if settled.begun:
                connection.executemany(_INSERT, [rows.values(row) for row in settled.begun])
            if settled.altered:
                connection.executemany(_UPDATE, [(*rows.alterable(row), row.id) for row in settled.altered])
            connection.execute("COMMIT")

    def _all(self, wanted: Wanted) -> Iterator[Entry]:
        clause, values = _clause(wanted)
        after = 0
        # A page at a time, so that nobody who stops in the middle keeps the file from being tidied up.
        while page := self._read(_SELECT, clause, f"AND seq > ? ORDER BY seq LIMIT {_MOST}", values=(*values, after)):
            yield from map(_entry, page)
            after = page[-1][0]

    def _named(self, wanted: Wanted, ids: Sequence[str]) -> Iterator[Entry]:
        clause, values = _clause(wanted)
        places: list[int] = []
        for some in rows.chunks(ids, _MOST):
            named = self._read(
                "SELECT seq FROM entries WHERE", clause, "AND", _among("id", some), values=(*values, *some)
            )
            places += (place for (place,) in named)
        for several in rows.chunks(sorted(places), _MOST):
            yield from map(_entry, self._read(_SELECT, _among("seq", several), "ORDER BY seq", values=several))

    def _read(self, *statement: str, values: Sequence[rows.Value]) -> list[_Row]:
        with self._reads, self._reading.use() as connection:
            return connection.execute(" ".join(statement), values).fetchall()


def _held(connection: sqlite3.Connection, changes: Sequence[Change]) -> Iterator[rows.Row]:
    """Yield what the file knows of the entries and the jobs that changes name, some perhaps twice."""
    for some in rows.chunks(meaning.ids(changes), _MOST):
        yield from (rows.Row(*row[1:]) for row in connection.execute(f"{_SELECT} {_among('id', some)}", some))
    for job in meaning.jobs(changes):
        found = connection.execute(f"{_SELECT} provider = ? AND job_id = ?", job)
        yield from (rows.Row(*row[1:]) for row in found)


def _entry(row: _Row) -> Entry:
    return rows.entry(row[1:])


def _clause(wanted: Wanted) -> tuple[str, tuple[rows.Value, ...]]:
    conditions = [f"{name} = ?" for name, _ in wanted.equal]
    values: list[rows.Value] = [text for _, text in wanted.equal]
    if wanted.reference is not None:
        conditions.append("substr(reference, 1, ?) = ?")
        values += [len(wanted.reference), wanted.reference]
    if wanted.states is not None:
        conditions.append(_among("state", wanted.states))
        values += wanted.states
    return " AND ".join(conditions or ["1"]), tuple(values)


def _among(column: str, values: Sequence[object]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"
