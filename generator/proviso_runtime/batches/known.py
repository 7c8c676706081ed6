"""What is known of a request of a batch: its entries in the ledger, and its lines in the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from proviso_runtime.batches import money
from proviso_runtime.batches.journal import Told
from proviso_runtime.ledger.entries import Entry

# Of several entries of one request the one that says most of the money counts: where it was sent again although
# nobody knew what had become of it, that is still not known when the second try is refused.
_RANKS = {"succeeded": 4, "accepted": 3, "sending": 2, "unknown": 2, "refused": 0, "unsent": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What has become of a request so far. entry: its id in the ledger; None where only the journal knows of it.

    cost: what it may cost yet, in a currency. files: what is saved of it. told: what the journal says last.
    """

    reference: str
    state: str
    entry: str | None = None
    job_id: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    at: float | None = None
    body_sha256: str | None = None
    cost: Decimal | None = None
    currency: str | None = None
    files: tuple[str, ...] = ()
    told: str | None = None

    @property
    def rank(self) -> int:
        """How much it says, against others of the same request."""
        return _RANKS.get(self.state, 1)

    def as_text(self) -> str:
        """Give it as text that `read` understands."""
        return json.dumps(
            [
                self.reference,
                self.state,
                self.entry,
                self.job_id,
                dict(self.addresses),
                self.at,
                self.body_sha256,
                None if self.cost is None else str(self.cost),
                self.currency,
                self.files,
                self.told,
            ]
        )


def read(text: str) -> Known:
    """Read what `as_text` wrote."""
    reference, state, entry, job_id, addresses, at, body, cost, currency, files, told = json.loads(text)
    return Known(
        reference=reference,
        state=state,
        entry=entry,
        job_id=job_id,
        addresses=addresses,
        at=at,
        body_sha256=body,
        cost=None if cost is None else Decimal(cost),
        currency=currency,
        files=tuple(files),
        told=told,
    )


def of_entry(entry: Entry) -> Known:
    """Say what an entry tells."""
    return Known(
        reference=entry.reference or "",
        state=entry.state,
        entry=entry.id,
        job_id=entry.job_id,
        addresses=entry.addresses,
        at=entry.intended_at,
        body_sha256=entry.body_sha256,
        cost=money.at_most(entry) if money.is_open(entry) else None,
        currency=entry.currency,
    )


def of_journal(told: Told) -> Known:
    """Say what a line of the journal tells, of a request that the ledger may know nothing of."""
    state = "succeeded" if told.state == "unsaved" else told.state
    return Known(reference=told.reference, state=state, job_id=told.job_id, files=told.files, told=told.state)
