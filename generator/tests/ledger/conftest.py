"""The stores that every test of ledgers runs over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from proviso_runtime.ledger import Ledger, MemoryLedger, SqliteLedger, SqlLedger

from . import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """Start a PostgreSQL of our own, where its programs are installed."""
    found = postgres.programs()
    if found is None:
        pytest.skip(postgres.MISSING)
    with postgres.server(found) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name the place of an empty ledger that processes can share, of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    running: postgres.Server = request.getfixturevalue("server")
    return running.empty()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Make an empty ledger of every kind."""
    match request.param:
        case "memory":
            yield MemoryLedger()
        case "sqlite":
            with SqliteLedger(tmp_path / "ledger.db") as sqlite:
                yield sqlite
        case _:
            running: postgres.Server = request.getfixturevalue("server")
            with SqlLedger(running.empty()) as sql:
                yield sql
