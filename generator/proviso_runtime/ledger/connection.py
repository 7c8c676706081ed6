"""A connection to the one file of a ledger: opened when it is needed, checked, and never used after it has failed."""

from __future__ import annotations

import errno
import os
import time
import weakref
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from proviso_runtime import errors
from proviso_runtime.ledger import schema

if TYPE_CHECKING:
    import sqlite3

Identity: TypeAlias = tuple[int, int]

_PATIENCE = 30.0  # seconds that others may keep the file locked
_AGAIN = 0.005  # seconds


class Connection:
    """A connection to a SQLite file. One thread at a time may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[sqlite3.Connection] = []
        self._identity: Identity | None = None
        # Also at the end of the process, so that nobody has to close what is shared.
        weakref.finalize(self, _close, self._open)

    @contextmanager
    def use(self) -> Generator[sqlite3.Connection, None, None]:
        """Give the connection, opened if need be. It is closed, and what was not committed undone, when the block raises.

        Raises LedgerFailed where the database or the file system fails.
        """
        import sqlite3

        try:
            yield self._opened()
        except BaseException as error:
            self.close()
            # The other errors of the library say that a value is none that it can hold.
            if isinstance(error, sqlite3.OperationalError | OSError) or type(error) is sqlite3.DatabaseError:
                raise self._failed(error) from error
            raise

    def close(self) -> None:
        """Close the connection; using it opens it again."""
        _close(self._open)

    def _opened(self) -> sqlite3.Connection:
        # Whoever deletes or replaces the file must not leave us writing to one that has no name any more.
        if self._open and self._identity != _identity(self._path):
            self.close()
        if not self._open:
            _make_file(self._path)
            self._open.append(_connect(self._path))
            self._identity = _identity(self._path)
        return self._open[0]

    def _failed(self, error: Exception) -> errors.LedgerFailed:
        told = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return errors.LedgerFailed(
            f"the ledger {self._path} cannot be used: {told}. What was to be kept there is not kept, and no paid request "
            f"is sent without it. {_remedy(error)} Another place is given by PROVISO_LEDGER=PATH or ledger=; "
            "ledger=None or PROVISO_LEDGER=off goes without one, and remembers nothing"
        )


def _remedy(error: Exception) -> str:
    """Say what would be right, where that can be told from how a file fails."""
    import sqlite3

    if isinstance(error, OSError):
        return "Give a path in a folder that you may write to."
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return "Make room on its disk."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "Give a path in a folder that you may write to."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return "The file is no ledger or is damaged: move it away, and keep it if jobs in it may be running."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"Another program keeps it locked for longer than {_PATIENCE:.0f} s: see which one."
        case sqlite3.SQLITE_IOERR:
            return "Its disk fails or has no room left."
        case _:
            return ""


def _make_file(path: Path) -> None:
    """Make the file before the database does, so that it is never readable by others."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if not path.is_file():  # a device would take everything and keep nothing
        raise OSError(errno.EINVAL, "it is no file")


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        given_up = time.monotonic() + _PATIENCE
        while True:
            try:
                schema.prepare(connection, path)
            except sqlite3.OperationalError as error:
                # Two that change a new file to WAL at once are told so without being kept waiting.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > given_up:
                    raise
                time.sleep(_AGAIN)
            else:
                return connection
    except BaseException:
        connection.close()
        raise


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _close(connections: list[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
