"""The ledger in the database of a server, through SQLAlchemy: for many machines that share one."""

from __future__ import annotations

import hashlib
import secrets
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Self, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc

from proviso_runtime import errors
from proviso_runtime.ledger import changes as meaning
from proviso_runtime.ledger import forks, rows
from proviso_runtime.ledger.entries import Change, Entry, State
from proviso_runtime.ledger.finding import Wanted
from proviso_runtime.ledger.line import Line

T = TypeVar("T")

VERSION = 1

_MOST = 500  # values that a statement carries, and rows that are read at once
_TRIES = 8
_PATIENCE = 30  # seconds that others may keep what is to be written locked, and in which tries begin
_MOMENT = 0.01  # seconds

_TABLES = sa.MetaData()
_VERSIONS = sa.Table("proviso_ledger", _TABLES, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))
_HEARD = sa.Table(
    "proviso_heard",
    _TABLES,
    sa.Column("provider", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(200), primary_key=True),
    sa.Column("at", sa.Double, nullable=False),
)


def _column(name: str) -> sa.Column[Any]:
    kind = sa.Double if name in rows.NUMBERS else sa.BigInteger if name in rows.COUNTS else sa.Text
    return sa.Column(
        name, sa.String(200) if name == "id" else kind, nullable=name not in rows.REQUIRED, unique=name == "id"
    )


_ENTRIES = sa.Table(
    "proviso_entries",
    _TABLES,
    sa.Column("seq", sa.BigInteger, primary_key=True),
    *map(_column, rows.COLUMNS),
    # Ids of jobs are as long as providers like; what an index can hold is not.
    sa.Column("job_digest", sa.String(64), index=True),
)
_ROW = [_ENTRIES.c[name] for name in rows.COLUMNS]
_ALTER = (
    sa.update(_ENTRIES)
    .where(_ENTRIES.c.id == sa.bindparam("of"))
    .values({name: sa.bindparam(f"new_{name}") for name in (*rows.ALTERABLE, "job_digest")})
)

_Condition: TypeAlias = sa.ColumnElement[bool]


class SqlLedger:
    """A ledger in a database such as PostgreSQL, safe to share between threads, processes and machines.

    database: its address, such as `postgresql+psycopg://user@host/name`, or an engine of SQLAlchemy, which is never
    closed here. Its tables, whose names begin with `proviso_`, are made when they are first needed.
    Raises ValueError for an address that is none and for SQLite, which has a ledger of its own; ModuleNotFoundError where
    the driver of the database is not installed.
    """

    def __init__(self, database: str | sa.Engine) -> None:
        own = _engine(database) if isinstance(database, str) else None
        given = database if own is None else own
        if isinstance(given, str) or given.dialect.name == "sqlite":
            raise ValueError("SQLite has a ledger of its own: SqliteLedger(path)")
        # Whatever the engine is set to: all or none, and no word of a request in what it raises.
        self._engine = given.execution_options(isolation_level="READ COMMITTED")
        self._engine.hide_parameters = True
        self._own = own
        self._ready = False
        self._line = Line(self._keep)
        forks.watch(self)
        if own is not None:
            weakref.finalize(self, own.dispose)

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes, all or none, in their order, as durably as the server commits. Raises LedgerFailed."""
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
        found = self._all(wanted) if wanted.ids is None else self._named(wanted, tuple(wanted.ids))
        return filter(wanted.fits, found)  # again, since databases differ in what they call equal

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time. Raises LedgerFailed."""

        def hear(connection: sa.Connection) -> bool:
            known = sa.select(_HEARD.c.at).where(_HEARD.c.provider == provider, _HEARD.c.digest == digest)
            if connection.execute(known).first() is not None:
                return False
            connection.execute(sa.insert(_HEARD), {"provider": provider, "digest": digest, "at": at})
            return True

        return self._do(hear)

    def forget(self, ids: Sequence[str], /) -> int:
        """Delete entries by their ids, and return how many there were. Raises LedgerFailed."""

        def forget(connection: sa.Connection) -> int:
            some = rows.chunks(sorted(set(ids)), _MOST)
            return sum(connection.execute(sa.delete(_ENTRIES).where(_ENTRIES.c.id.in_(one))).rowcount for one in some)

        return self._do(forget)

    def close(self) -> None:
        """Close the connections, unless they are those of an engine that was brought along. Another use opens them."""
        if self._own is not None:
            self._own.dispose()

    def before_fork(self) -> None:
        """Come to rest."""
        self._line.turn.acquire()

    def after_fork(self, *, child: bool) -> None:
        """Go on; a child leaves the connections to its parent."""
        self._line.turn.release()
        if child:
            self._engine.dispose(close=False)
            self._line.renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._engine.url!r})"

    def _keep(self, changes: Sequence[Change]) -> None:
        def keep(connection: sa.Connection) -> None:
            settled = meaning.settle(changes, _held(connection, changes))
            if settled.begun:
                connection.execute(sa.insert(_ENTRIES), [_insertion(row) for row in settled.begun])
            if settled.altered:
                connection.execute(_ALTER, [_alteration(row) for row in settled.altered])

        self._do(keep)

    def _all(self, wanted: Wanted) -> Iterator[Entry]:
        after = 0
        conditions = _conditions(wanted)
        while page := self._page(*conditions, _ENTRIES.c.seq > after):
            yield from map(_entry, page)
            after = page[-1][0]

    def _named(self, wanted: Wanted, ids: Sequence[str]) -> Iterator[Entry]:
        places: list[int] = []
        for some in rows.chunks(ids, _MOST):
            asked = sa.select(_ENTRIES.c.seq).where(*_conditions(wanted), _ENTRIES.c.id.in_(some))
            places += (seq for (seq,) in self._rows(asked))
        for several in rows.chunks(sorted(places), _MOST):
            yield from map(_entry, self._page(_ENTRIES.c.seq.in_(several)))

    def _page(self, *conditions: _Condition) -> Sequence[sa.Row[Any]]:
        asked = sa.select(_ENTRIES.c.seq, *_ROW).where(*conditions).order_by(_ENTRIES.c.seq).limit(_MOST)
        return self._rows(asked)

    def _rows(self, asked: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        return self._do(lambda connection: connection.execute(asked).all())

    def _do(self, work: Callable[[sa.Connection], T]) -> T:
        if not self._ready:
            # Two may make the tables at once, which each database complains of in its own way.
            self._try(_prepare, {exc.DBAPIError: _TRIES})
            self._ready = True
        # An entry that another process has begun meanwhile is known at the second try.
        return self._try(work, {exc.OperationalError: _TRIES, exc.IntegrityError: 2})

    def _try(self, work: Callable[[sa.Connection], T], tries: Mapping[type[Exception], int]) -> T:
        """Do something in a transaction, again where it met the work of others or lost its connection."""
        given_up = time.monotonic() + _PATIENCE
        for tried in count(1):
            try:
                with self._engine.begin() as connection:
                    if connection.dialect.name == "postgresql":  # others say by themselves how long they wait
                        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")
                    return work(connection)
            except exc.SQLAlchemyError as error:
                most = next((most for kind, most in tries.items() if isinstance(error, kind)), 1)
                if tried >= most or time.monotonic() > given_up:
                    raise self._failed(error) from None
            time.sleep(_MOMENT * 2**tried * (secrets.randbelow(1000) + 1000) / 2000)
        raise AssertionError

    def _failed(self, error: exc.SQLAlchemyError) -> Exception:
        """Say what is wrong without the values that were to be kept, which the text of the database may quote."""
        cause = error.orig if isinstance(error, exc.DBAPIError) and error.orig is not None else error
        if isinstance(error, exc.DataError | exc.IntegrityError) or not isinstance(
            error, exc.DBAPIError | exc.TimeoutError
        ):
            return ValueError(f"{type(cause).__name__}: the database takes no such value")
        told = str(cause).partition("\n")[0]
        return errors.LedgerFailed(
            f"the ledger {self._engine.url!r} cannot be used: {told} ({type(cause).__name__}). What was to be kept there is "
            "not kept, and no paid request is sent without it. See that the server runs and that this user may make and "
            "write the tables proviso_*; ledger=None goes without a ledger, and remembers nothing"
        )


def _prepare(connection: sa.Connection) -> None:
    """Make the tables where they are missing. Raises LedgerFailed for those of a newer version."""
    _TABLES.create_all(connection)
    version = connection.execute(sa.select(_VERSIONS.c.version)).scalar()
    if version is None:
        connection.execute(sa.insert(_VERSIONS), {"version": VERSION})
    elif version > VERSION:
        raise errors.LedgerFailed(
            f"the ledger {connection.engine.url!r} was written by a newer proviso (its version is {version}, this one "
            f"knows {VERSION}). It was left as it is: update proviso, or give another ledger"
        )


def _engine(address: str) -> sa.Engine:
    try:
        url = sa.make_url(address)
        bounded = url.get_dialect().driver in ("psycopg", "psycopg2", "pymysql") and "connect_timeout" not in url.query
        return sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _PATIENCE} if bounded else {})
    except (exc.ArgumentError, ValueError):
        raise ValueError("no such address of a database; one is written like postgresql+psycopg://host/name") from None


def _held(connection: sa.Connection, changes: Sequence[Change]) -> Iterator[rows.Row]:
    """Yield what the tables know of the entries and the jobs that changes name, and keep others from changing it."""
    asked = [_ENTRIES.c.id.in_(some) for some in rows.chunks(sorted(meaning.ids(changes)), _MOST)]
    digests = sorted({_sha256(job_id) for _, job_id in meaning.jobs(changes)})
    asked += [_ENTRIES.c.job_digest.in_(some) for some in rows.chunks(digests, _MOST)]
    for condition in asked:
        # In one order by everybody, so that nobody waits for one who waits for him.
        found = sa.select(_ENTRIES.c.seq, *_ROW).where(condition).order_by(_ENTRIES.c.seq).with_for_update()
        yield from (rows.Row(*tuple(row)[1:]) for row in connection.execute(found).all())


def _conditions(wanted: Wanted) -> list[_Condition]:
    conditions = [_ENTRIES.c[name] == text for name, text in wanted.equal]
    conditions += [_ENTRIES.c.job_digest == _sha256(text) for name, text in wanted.equal if name == "job_id"]
    if wanted.reference is not None:
        conditions.append(_ENTRIES.c.reference.startswith(wanted.reference, autoescape=True))
    if wanted.states is not None:
        conditions.append(_ENTRIES.c.state.in_(wanted.states))
    return conditions


def _insertion(row: rows.Row) -> dict[str, rows.Value]:
    return {**dict(zip(rows.COLUMNS, rows.values(row), strict=True)), "job_digest": _digest(row)}


def _alteration(row: rows.Row) -> dict[str, rows.Value]:
    values = zip(rows.ALTERABLE, rows.alterable(row), strict=True)
    return {"of": row.id, "new_job_digest": _digest(row), **{f"new_{name}": value for name, value in values}}


def _entry(row: sa.Row[Any]) -> Entry:
    return rows.entry(row[1:])


def _digest(row: rows.Row) -> str | None:
    return None if row.job_id is None else _sha256(row.job_id)


def _sha256(job_id: str) -> str:
    return hashlib.sha256(job_id.encode()).hexdigest()
