"""The tables of a ledger in SQLite, their version, and what is asked of the database."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from proviso_runtime import errors
from proviso_runtime.ledger import rows

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
_APPLICATION = 0x50525653  # says of the file what it is


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make a connection ready: durable, and with the tables of this version.

    path: what messages call the file.
    Raises LedgerFailed for a file that holds something else, or a ledger of a newer version.
    """
    with _transaction(connection, "BEGIN"):  # all of one moment, since another process may be making the tables
        version = _version(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # what was written survives a power cut
    connection.execute("PRAGMA secure_delete = FAST")
    if version == VERSION:
        return
    with _transaction(connection, "BEGIN IMMEDIATE"):
        if _version(connection, path) == 0:  # nobody else was first
            for statement in _tables():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Generator[None, None, None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the tables; 0 for an empty file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION and (tables or version or application):
        raise errors.LedgerFailed(
            f"{path} is a database of another program. It was left as it is; give a path of its own to the ledger"
        )
    if version > VERSION:
        raise errors.LedgerFailed(
            f"the ledger {path} was written by a newer proviso (its version is {version}, this one knows {VERSION}). "
            "It was left as it is: update proviso, or give another path to the ledger"
        )
    return int(version)


def _tables() -> tuple[str, ...]:
    columns = ", ".join(f"{name} {_kind(name)}" for name in rows.COLUMNS)
    return (
        f"CREATE TABLE entries (seq INTEGER PRIMARY KEY, {columns}, UNIQUE (id))",
        "CREATE INDEX entries_by_job ON entries (job_id) WHERE job_id IS NOT NULL",
        "CREATE TABLE heard (provider TEXT, digest TEXT, at REAL NOT NULL, PRIMARY KEY (provider, digest)) WITHOUT ROWID",
    )


def _kind(name: str) -> str:
    kind = "REAL" if name in rows.NUMBERS else "INTEGER" if name in rows.COUNTS else "TEXT"
    return f"{kind} NOT NULL" if name in rows.REQUIRED else kind
