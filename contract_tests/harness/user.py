"""Somebody who uses a client of a provider on a bad day, and holds every call to its promises."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from harness import emitted, punctual
from harness.believable import PAID, Asked, Believable, Deal
from harness.emitted import Ear
from harness.faces import AtOnce, Done, Face, Handle, Line
from harness.frail import Frail
from harness.moments import Moments
from harness.punctual import Wait
from harness.subjects import Subject
from proviso_runtime import errors, jobs
from proviso_runtime.ledger.entries import Entry

T = TypeVar("T")
Came = Handle | Done | AtOnce

INTERRUPTED = (KeyboardInterrupt, asyncio.CancelledError)
_PHASES: Mapping[type[errors.ProviderError], Sequence[str]] = {
    errors.JobFailed: ("failed", "cancelled", "moderated"),
    errors.JobExpired: ("expired",),
}


@dataclass(kw_only=True)
class User:
    """A user. All that is kept is kept by deal.

    handles, found: of this process. entries: the ids in the ledger. addresses: those that the user was told.
    known: deals with a job that the user can take up. lacking: those of which the ledger could not keep everything.
    """

    subject: Subject
    face: Face
    clock: Moments
    ledger: Frail
    provider: Believable
    ear: Ear
    line: Line = field(init=False)
    handles: dict[Deal, Handle] = field(default_factory=dict[Deal, Handle])
    found: dict[Deal, Done | AtOnce] = field(default_factory=dict[Deal, "Done | AtOnce"])
    entries: dict[Deal, str] = field(default_factory=dict[Deal, str])
    addresses: dict[Deal, Mapping[str, str]] = field(default_factory=dict[Deal, Mapping[str, str]])
    known: list[Deal] = field(default_factory=list[Deal])
    lacking: set[Deal] = field(default_factory=set[Deal])

    def __post_init__(self) -> None:
        """Start a process."""
        self.restart()

    def restart(self) -> None:
        """Start another process, which shares the ledger alone."""
        self.line = self.face.line(self.subject, self.clock, ledger=self.ledger)
        self.handles.clear()
        self.found.clear()

    def pays(self, deal: Deal, call: Callable[[], Came]) -> None:
        """Make a paid call."""
        self.provider.deals.append(deal)
        self.provider.pending = deal
        first = len(self.provider.asked)
        before = {entry.id for entry in self.ledger.find()}
        came, error = self.attempt(call, deal)
        self.provider.pending = None
        asked = self.provider.asked[first:]
        new = [entry for entry in self.ledger.find() if entry.id not in before]
        assert len(new) <= 1
        self.entries.update((deal, entry.id) for entry in new)
        assert deal.accepted <= 1, "paid twice"
        assert deal.risky == 0, "sent again though it may have been accepted"
        assert new or not deal.received, "sent before it was written down"
        punctual.sent_again([one for one in asked if one.sent.operation in PAID])
        if error is None:
            self._takes(deal, came)
        else:
            self._hears(deal, error, asked)

    def waits(self, deal: Deal, timeout: float) -> BaseException | None:
        """Wait for a job."""
        handle = self.handles.get(deal) or self.resumed(deal)
        own = handle.submitted_at is not None
        first, start = len(self.provider.asked), self.clock.monotonic()
        came, error = self.attempt(lambda: self.line.wait(handle, timeout=timeout), deal)
        wait = Wait(
            subject=self.subject,
            params=deal.params if own else None,
            born=self._sent_at(deal) if own else start,
            deadline=start + timeout,
            over=self.clock.monotonic(),
            asked=self.provider.asked[first:],
        )
        punctual.in_time(wait)
        punctual.unhurried(wait)
        if error is None:
            self._takes(deal, came)
        else:
            self._hears(deal, error, wait.asked)
        return error

    def cancels(self, deal: Deal) -> None:
        """Cancel a job."""
        handle = self.handles.get(deal) or self.resumed(deal)
        _, error = self.attempt(lambda: self.line.cancel(handle), deal)
        if isinstance(error, errors.ProviderError):
            assert error.job_id == deal.id

    def fetches(self, deal: Deal) -> None:
        """Fetch the results of a call."""
        done = self.found[deal]
        contents = [one.content for other in self.provider.deals for one in other.made]
        for result in () if isinstance(done, jobs.Instant) else self.line.results(done, self.subject.model.output.kind):
            content, error = self.attempt(partial(self.line.read, result), deal)
            assert error is not None or content in contents

    def resumed(self, deal: Deal) -> Handle:
        """Take a job up by what the ledger or the exception has told."""
        handle = self.line.resume(deal.id, addresses=self.addresses.get(deal) or None)
        self.handles[deal] = handle
        return handle

    def entry(self, deal: Deal) -> Entry | None:
        """Return what the ledger knows of a deal."""
        known = self.entries.get(deal)
        return None if known is None else next(self.ledger.find(ids=[known]), None)

    def attempt(self, call: Callable[[], T], deal: Deal) -> tuple[T | None, BaseException | None]:
        """Make a call, and hold all that is said meanwhile to secrecy."""
        came: T | None = None
        error: BaseException | None = None
        try:
            came = call()
        except (errors.ProviderError, *INTERRUPTED) as raised:
            error = raised
        if self.ledger.has_failed:
            self.lacking.add(deal)
        self.ledger.is_well()
        self.clock.until_stop = None
        self.provider.troubles = []
        said = [*self.ear.lines, *(() if error is None else emitted.texts(error)), repr(came)]
        self.ear.lines.clear()
        told = [(secret, one) for one in said for secret in emitted.secrets(one)]
        assert told == [], told
        assert self.provider.strange == [], self.provider.strange
        return came, error

    def _takes(self, deal: Deal, came: Came | None) -> None:
        """Hold a call to what it returns."""
        if isinstance(came, jobs.Job | jobs.AsyncJob):
            assert came.id == deal.id
            self.handles[deal] = came
            self.addresses[deal] = came.addresses
            self._knows(deal)
            return
        assert came is not None
        assert deal.accepted
        self.found[deal] = came
        kind = self.subject.model.output.kind
        handed = [what for what, _ in self.line.handed(came, kind)]
        made = [what for what, _ in (one.shown for one in deal.made)]
        # A result whose address could not be asked for in time is one that failed, among the others.
        failed = deal.script.resolves and not isinstance(came, jobs.Instant) and came.failures
        resolved = [one for one in made if one in handed] if failed else made
        assert handed == resolved, handed
        if deal.life is not None:
            assert deal.life.phase == "succeeded"
            assert deal.shown
            self._knows(deal)

    def _hears(self, deal: Deal, error: BaseException, asked: Sequence[Asked]) -> None:
        """Hold a call to what it raises."""
        if deal.life is not None and deal.told:
            said = [getattr(error, "job_id", None), *getattr(error, "job_ids", ())]
            assert deal.id in said or any(repr(deal.id) in one for one in emitted.notes(error)), "the id is lost"
            self.addresses[deal] = getattr(error, "addresses", None) or self.addresses.get(deal) or {}
            self._knows(deal)
        if isinstance(error, errors.LedgerFailed):
            assert not asked
        if not deal.doubtful and deal not in self.lacking:
            entry = self.entry(deal)
            state = "none" if entry is None else entry.state
            assert state in ("none", "unsent", "refused"), (state, repr(error))
            assert not isinstance(error, errors.OutcomeUnknown), repr(error)
        if deal.doubtful and not deal.told and isinstance(error, errors.ProviderError):
            assert isinstance(error, errors.OutcomeUnknown | errors.UnexpectedReply), repr(error)
            assert error.billed is None
        for kind, phases in _PHASES.items():
            if isinstance(error, kind) and deal.accepted:
                assert deal.life is not None
                assert (deal.life.phase in phases, deal.shown) == (True, True), "an end that nobody told"

    def _knows(self, deal: Deal) -> None:
        """Remember a job that can be taken up: an address that may need no key is known to its own process alone."""
        job, entry = self.subject.model.job, self.entry(deal)
        self.addresses[deal] = self.addresses.get(deal) or (entry.addresses if entry is not None else {})
        if job is None or job.poll.call is not None or "poll" in self.addresses[deal]:
            self.known += [deal] if deal not in self.known else []
            return
        assert "?" in deal.script.links["poll"] or deal in self.lacking, "the address of the job is lost"

    def _sent_at(self, deal: Deal) -> float:
        paid = [one.sent.at for one in self.provider.asked if one.deal is deal and one.sent.operation in PAID]
        return paid[-1]
