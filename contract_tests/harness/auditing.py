"""Hold a ledger against the books of the provider."""

from __future__ import annotations

from harness import emitted
from harness.believable import Deal
from harness.user import User
from proviso import ir
from proviso_runtime.ledger.entries import ENDED

_LONG = 1e7  # seconds, after which nothing is on its way any more


def agree(user: User) -> None:
    """Hold every entry against the provider's books."""
    for deal in user.provider.deals:
        _agrees(user, deal)
    assert len(list(user.ledger.find())) == len(user.entries)


def _agrees(user: User, deal: Deal) -> None:
    entry = user.entry(deal)
    if entry is None:
        assert not deal.received
        return
    state = entry.known(user.clock.now() + _LONG)
    assert emitted.secrets(repr(entry)) == []
    assert entry.prompt is None
    if state in ("unsent", "refused"):
        assert not deal.accepted, f"{state}, but the provider took it"
    if deal.life is None:
        if deal.accepted:
            assert state in ("succeeded", "unknown")
        if deal.told and deal not in user.lacking:
            assert state == "succeeded" or deal.doubtful
        return
    job = user.subject.model.job
    if job is not None and job.id == ir.CHOSEN_ID:
        assert entry.job_id == deal.id
    if deal.told and deal not in user.lacking:
        assert entry.job_id == deal.id, "the ledger does not know the id"
        assert state in ("accepted", *ENDED), entry
    if state == "accepted":
        assert deal.accepted
        assert entry.job_id == deal.id
    if entry.state in ENDED and deal.accepted:
        assert (entry.state, deal.shown) == (deal.life.phase, True), (entry, deal.life.phase, deal.shown)
    if entry.state == "succeeded":
        # Of results that are known by their files, those count whose addresses came in time.
        least = 1 if deal.script.resolves else len(deal.life.made)
        assert (entry.delivered or 0) >= least, entry
