"""A ledger with entries of every kind, and `proviso jobs` run on it."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

from click.testing import Result

from proviso_runtime.ledger import Accepted, Change, Ended, Intended, SqliteLedger

from . import desk

DAY = 86400.0


def intended(
    entry: str, *, ago: float = 360.0, lasts: float = 3600.0, model: str = "acme/still-1", **more: Any
) -> Intended:
    at = time.time() - ago
    return Intended(
        entry=entry * 8, provider="acme", model=model, at=at, until=at + lasts, body_sha256="f" * 64, **more
    )


def accepted(entry: str, job_id: str) -> Accepted:
    return Accepted(entry=entry * 8, at=time.time() - 350, job_id=job_id)


def ended(entry: str, *, ago: float = 340.0, **more: Any) -> Ended:
    return Ended(**{"entry": entry * 8, "provider": "acme", "at": time.time() - ago, "state": "succeeded", **more})


def changes() -> list[Change]:
    half = Decimal("0.50")
    return [
        intended("0ld0", ago=40 * DAY), ended("0ld0", ago=40 * DAY, state="failed", code="x\x1b[2J", why="JobFailed"),
        intended("abc1", ago=7200.0, lasts=60.0, reference="batch/1"),
        intended("abd2", reference="batch/2\nx", currency="USD", hold=half, least=half, most=half),
        accepted("abd2", "job-2"),
        intended("fee3", ago=420.0, model="v"), accepted("fee3", "job-3"),
        ended("fee3", charged=Decimal(4), charged_by="provider", currency="credits", delivered=2),
        intended("dad4"),
    ]  # fmt: skip


def fill(place: str) -> str:
    """Make the ledger."""
    with SqliteLedger(place) as ledger:
        ledger.write(changes())
    return place


def jobs(place: str, verb: str, *arguments: str, given: str | None = None) -> Result:
    return desk.run("jobs", verb, *arguments, "--ledger", place, given=given)


def listed(place: str, *arguments: str) -> list[str]:
    told = json.loads(jobs(place, "list", *arguments, "--format", "json").stdout)
    return [one["id"][:4] for one in told["jobs"]]


def states(place: str) -> dict[str, str]:
    with SqliteLedger(place) as ledger:
        return {entry.id[:4]: entry.state for entry in ledger.find()}
