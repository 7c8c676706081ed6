"""Changes and entries that tests of ledgers write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from proviso_runtime.ledger import Accepted, Ended, Entry, Intended, Ledger


def intended(entry: str = "a1", **others: Any) -> Intended:
    said = {"provider": "acme", "model": "still-2", "at": 1000.0, "until": 1060.0, "body_sha256": "f" * 64, **others}
    return Intended(entry=entry, **said)


def accepted(entry: str = "a1", job_id: str = "job-1", **others: Any) -> Accepted:
    return Accepted(**{"entry": entry, "at": 1001.0, "job_id": job_id, **others})


def ended(entry: str | None = "a1", **others: Any) -> Ended:
    return Ended(**{"entry": entry, "provider": "acme", "at": 1002.0, "state": "succeeded", **others})


def quoted(entry: str = "a1") -> Intended:
    return intended(
        entry, currency="USD", hold=Decimal("0.0320"), least=Decimal("0.0160"), most=Decimal("1E-30"), reference="r"
    )


def only(ledger: Ledger) -> Entry:
    (entry,) = ledger.find()
    return entry
