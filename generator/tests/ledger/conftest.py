"""The stores that every test of ledgers runs over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from proviso_runtime.ledger import Ledger, MemoryLedger, SqliteLedger


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of every kind."""
    match request.param:
        case "memory":
            yield MemoryLedger()
        case _:
            with SqliteLedger(tmp_path / "ledger.db") as sqlite:
                yield sqlite
