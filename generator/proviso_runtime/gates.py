"""Hold requests back until the provider would take them: by documented rates, and by what its replies tell.

The models of a client share its gates, and so do its copies, threads and tasks. Those who must wait stand in lines,
first come first served; questions about jobs go before new jobs. Nothing here waits: `turns` does.
"""

from __future__ import annotations

import bisect
import itertools
import threading

from proviso_runtime import counting, protocol
from proviso_runtime.clock import Clock
from proviso_runtime.counting import Delay

UNWATCHED = 30.0
"""Seconds for which a job counts as one that has not ended, where nobody waits for it."""

_FIRST = 2**62  # ahead of all who are in line
_REOPENED = 256  # places from which on a gate that was closed is as open as before


class Ticket:
    """One request that is to be let in. paid: it is a submission. again: it was sent before, and goes before the others."""

    __slots__ = ("again", "number", "paid")

    def __init__(self, *, paid: bool) -> None:
        self.paid = paid
        self.again = False
        self.number: int | None = None


class Shared:
    """What all gates of a client share: the limits of the account, and whether it was asked to wait."""

    def __init__(self, provider: protocol.Provider, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.limits = Limits(provider.rates)
        self.closed: float | None = None
        self.opening: counting.Places | None = None
        self._common: Gate | None = None
        self._own: dict[str, Gate] = {}

    def gate(self, model: protocol.Model) -> Gate:
        """Return the gate of a model; those without limits of their own stand in one line."""
        with self.lock:
            if model.rates:
                return self._own.setdefault(model.id, Gate(self, Limits(model.rates)))
            self._common = self._common or Gate(self, Limits(()))
            return self._common


class Limits:
    """Documented rates, with what they have let in."""

    def __init__(self, rates: tuple[protocol.Rate, ...]) -> None:
        self.requests: list[counting.Window] = []
        self.submissions: list[counting.Window] = []
        self.jobs: list[counting.Places] = []
        for rate in rates:
            if rate.per is None:
                self.jobs.append(counting.Places(most=rate.most, why=f"{rate.most} {rate.of} at once"))
                continue
            why = f"{rate.most} {rate.of} in {rate.per:g} seconds"
            window = counting.Window(most=rate.most, per=rate.per, why=why)
            (self.requests if rate.of == "requests" else self.submissions).append(window)


class Gate:
    """The gate of a model, safe among threads. A request takes a ticket, and leaves in the end."""

    def __init__(self, shared: Shared, own: Limits) -> None:
        both = (shared.limits, own)
        self._shared = shared
        self._requests = [one for limits in both for one in limits.requests]
        self._submissions = [one for limits in both for one in limits.submissions]
        self._jobs = [one for limits in both for one in limits.jobs]
        self._limited = bool(self._requests or self._submissions or self._jobs)
        self._lines: dict[bool, list[int]] = {True: [], False: []}
        self.clock = shared.clock

    def __bool__(self) -> bool:
        """Whether there is anything to hold a request back."""
        return self._limited or self._shared.closed is not None

    @property
    def counts_jobs(self) -> bool:
        """Whether there is a limit of jobs at once."""
        return bool(self._jobs)

    def let_in(self, ticket: Ticket) -> Delay | None:
        """Let a request in and return None; or say when to ask again, and give the ticket its place in line."""
        now = self.clock.monotonic()
        with self._shared.lock:
            line = self._lines[ticket.paid]
            if ticket.number is None:
                number = next(self._shared.numbers)
                ticket.number = number - _FIRST if ticket.again else number
                bisect.insort(line, ticket.number)
            ahead = bisect.bisect_left(line, ticket.number)
            delay = self._delay(ahead, now, paid=ticket.paid)
            if delay is None:
                self._unline(ticket)
                for window in self._windows(ticket):
                    window.take(ticket)
                for place in self._places(ticket):
                    place.take(ticket)
            return delay

    def stuck(self, *, paid: bool) -> float:
        """Return the seconds for which not even the first in line can go."""
        with self._shared.lock:
            delay = self._delay(0, self.clock.monotonic(), paid=paid)
            return 0.0 if delay is None or not delay.sure else delay.seconds

    def sent(self, ticket: Ticket) -> None:
        """Count a request that leaves now."""
        now = self.clock.monotonic()
        with self._shared.lock:
            for one in self._windows(ticket):
                one.sent(ticket, now)

    def leave(self, ticket: Ticket, *, well: bool = False, goes_on: bool = False) -> None:
        """End a request. well: the provider took it. goes_on: it counts as a job for a while."""
        until = self.clock.monotonic() + UNWATCHED
        with self._shared.lock:
            self._unline(ticket)
            for window in self._windows(ticket):
                window.leave(ticket)
            self._opened(ticket, well=well)
            for place in self._jobs:
                if ticket in place and goes_on:
                    place.loosen(ticket, until)
                else:
                    place.free(ticket)

    def started(self, before: Ticket, jobs: tuple[str, ...]) -> None:
        """Count jobs in place of the request that started them."""
        until = self.clock.monotonic() + UNWATCHED
        with self._shared.lock:
            for place in self._jobs:
                place.free(before)
                for job in jobs:
                    place.loosen(job, until)

    def watch(self, job: str) -> None:
        """Count a job that somebody waits for."""
        with self._shared.lock:
            for place in self._jobs:
                place.take(job)

    def unwatch(self, job: str, *, ended: bool) -> None:
        """Count a job for a while only, and not at all where it has ended."""
        until = self.clock.monotonic() + UNWATCHED
        with self._shared.lock:
            for place in self._jobs:
                if ended:
                    place.free(job)
                else:
                    place.loosen(job, until)

    def close(self, seconds: float) -> None:
        """Let no submission of the client in for so long, and then one at first, two where that went well, and so on."""
        until = self.clock.monotonic() + seconds
        with self._shared.lock:
            shared = self._shared
            shared.closed = until if shared.closed is None else max(shared.closed, until)
            shared.opening = counting.Places(most=1, why="the provider has asked to be left alone for a while")

    def _delay(self, ahead: int, now: float, *, paid: bool) -> Delay | None:
        delays = [one.delay(ahead + (len(self._lines[False]) if paid else 0), now) for one in self._requests]
        if paid:
            delays += [one.delay(ahead, now) for one in self._submissions]
            delays += [one.delay(ahead, now) for one in self._jobs]
            shared = self._shared
            if shared.closed is not None and shared.closed > now:
                delays.append(Delay(seconds=shared.closed - now, why="the provider has asked to be left alone"))
            elif shared.opening is not None:
                delays.append(shared.opening.delay(ahead, now))
        return max((one for one in delays if one is not None), key=lambda one: one.seconds, default=None)

    def _windows(self, ticket: Ticket) -> list[counting.Window]:
        return [*self._requests, *self._submissions] if ticket.paid else self._requests

    def _places(self, ticket: Ticket) -> list[counting.Places]:
        if not ticket.paid:
            return []
        return self._jobs if self._shared.opening is None else [*self._jobs, self._shared.opening]

    def _opened(self, ticket: Ticket, *, well: bool) -> None:
        shared = self._shared
        if shared.opening is None or ticket not in shared.opening:
            return
        shared.opening.free(ticket)
        if well:
            shared.opening.most *= 2
            if shared.opening.most >= _REOPENED:
                shared.closed = shared.opening = None

    def _unline(self, ticket: Ticket) -> None:
        line = self._lines[ticket.paid]
        if ticket.number is not None:
            at = bisect.bisect_left(line, ticket.number)
            if at < len(line) and line[at] == ticket.number:
                del line[at]
            ticket.number = None
