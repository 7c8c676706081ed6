"""Where the ledger is: at a place of the user's own, unless PROVISO_LEDGER names another or none."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from proviso_runtime import errors

if TYPE_CHECKING:
    from proviso_runtime.ledger.entries import Ledger

VARIABLE = "PROVISO_LEDGER"
OFF = "off"

_lock = threading.Lock()
_opened: dict[str, Ledger] = {}


def default_place() -> str | None:
    """Return where the ledger is that is used when nobody names one, a path or an address; None for none at all."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return None if named == OFF else named
    import platformdirs

    return str(platformdirs.user_state_path("proviso", appauthor=False) / "ledger.db")


def open_default() -> Ledger | None:
    """Return the ledger that is used when nobody names one; None where PROVISO_LEDGER says `off`. Nothing is opened yet."""
    place = default_place()
    return None if place is None else opened(place)


def opened(place: str | os.PathLike[str]) -> Ledger:
    """Return the ledger at a place, one for everybody in this process.

    place: the path of a file, or the address of a database such as `postgresql+psycopg://user@host/name`.
    Raises LedgerFailed for an address of no database that can be reached with what is installed.
    """
    named = os.fspath(place)
    key = named if "://" in named else os.path.realpath(Path(named).expanduser())
    with _lock:
        if key not in _opened:
            _opened[key] = _made(key)
        return _opened[key]


def _made(key: str) -> Ledger:
    if "://" not in key:
        from proviso_runtime.ledger.sqlite import SqliteLedger

        return SqliteLedger(key)
    try:
        from proviso_runtime.ledger.sql import SqlLedger

        return SqlLedger(key)
    except ModuleNotFoundError as error:
        message = (
            f"a ledger in a database needs {error.name}: pip install 'proviso[sql]', and the driver of the database"
        )
        raise errors.LedgerFailed(message) from error
    except ValueError as error:
        raise errors.LedgerFailed(f"the ledger cannot be opened: {error}") from error
