"""Wait for a turn at the gate: what the flows of requests yield before something is sent, and tell it afterwards."""

from __future__ import annotations

from typing import TypeVar

from proviso_runtime import errors, patience
from proviso_runtime.counting import Delay
from proviso_runtime.gates import Gate, Ticket
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Answer, Flow, Lost, Pause, Request, ask
from proviso_runtime.target import Target

T = TypeVar("T")

_PATIENCE = 600.0  # seconds for which a line may stand still where the caller has not said how long it may take
_SHORT = 0.001  # seconds; a pause of none would go on for ever
_LONG = 2.0  # seconds from which on it is worth a look whether the line has become shorter


class NoTurn(Exception):
    """A request that was not sent, because the provider would not have taken it in time."""


class Turn:
    """The turn of a paid request. It holds what it was let in by until it is done."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._ticket = Ticket(paid=True)
        self._held = False

    def wait(self, within: float | None, *, again: bool = False) -> Flow[Delay | None]:
        """Wait until the request may be sent, and return what keeps it out where that does not come in time.

        within: seconds; None for as long as the line moves. again: it was sent before, and goes before the others.
        """
        gate = self._target.gate
        if not gate:
            return None
        self._held = True
        self._ticket.again = again
        return (yield from _waited(gate, self._ticket, within))

    def sent(self) -> None:
        """Count the request, which leaves now."""
        if self._held and self._target.gate is not None:
            self._target.gate.sent(self._ticket)

    def done(self, *, well: bool = False, goes_on: bool = False) -> None:
        """Give back what is not needed any more. well: the provider took it. goes_on: what it started may not have ended."""
        if self._held and self._target.gate is not None:
            self._held = False
            self._target.gate.leave(self._ticket, well=well, goes_on=goes_on)

    def started(self, jobs: tuple[str, ...]) -> None:
        """Count jobs in place of the request that started them."""
        gate = self._target.gate
        if gate is not None and gate.counts_jobs:
            gate.started(self._ticket, jobs)


def started(turn: Turn | None, jobs: tuple[str, ...]) -> None:
    """Count jobs in place of the request that started them."""
    if turn is not None:
        turn.started(jobs)


def asked(target: Target, request: Request) -> Flow[Answer]:
    """Send a free request when it is its turn, and return its answer; that of one whose turn does not come is Lost."""
    gate = target.gate
    if not gate:
        answer = yield from ask(request)
        heard(target, answer)
        return answer
    ticket = Ticket(paid=False)
    try:
        delay = yield from _waited(gate, ticket, request.patience)
        if delay is not None:
            return Lost(error=NoTurn(_told(delay)), sent="no")
        gate.sent(ticket)
        answer = yield from ask(request)
    finally:
        gate.leave(ticket)
    heard(target, answer)
    return answer


def heard(target: Target, answer: Answer) -> None:
    """Close the gate where the reply tells that nothing is left of a rate limit, until it tells that there is."""
    left = target.provider.reply_headers.get("rate_limit_left")
    if left is None or target.gate is None or not isinstance(answer, Reply):
        return
    if answer.headers.get(left.lower(), "").strip() in ("0", "0.0", "-1"):
        seconds = patience.asked_for(answer, target.provider.waits)
        if seconds:
            target.gate.close(seconds)


def refused(target: Target, error: BaseException) -> None:
    """Close the gate where a refusal tells when to come back."""
    if target.gate is None or not isinstance(error, errors.RateLimited) or not error.retry_after:
        return
    # It counts from the reply on, whenever this is told.
    passed = 0.0 if error.reply is None else target.gate.clock.now() - error.reply.received
    left = error.retry_after - max(0.0, passed)
    if left > 0:
        target.gate.close(left)


def watched(target: Target, job_id: str, flow: Flow[T]) -> Flow[T]:
    """Count a job as long as somebody waits for it."""
    gate = target.gate
    if gate is None or not gate.counts_jobs:
        return (yield from flow)
    ended = False
    gate.watch(job_id)
    try:
        result = yield from flow
    except (errors.JobFailed, errors.JobExpired, errors.NoResult):
        ended = True
        raise
    else:
        ended = True
        return result
    finally:
        gate.unwatch(job_id, ended=ended)


def unreachable(target: Target, delay: Delay) -> errors.Unreachable:
    """Return the exception for a paid request whose turn does not come in time."""
    return errors.Unreachable(
        f"{target.provider.name}: {target.model.id} was not asked, because its turn does not come in time "
        f"({_told(delay)}). Nothing was sent: sending it later is safe",
        provider=target.provider.name,
        billed=False,
        worth_retry=True,
    )


def _waited(gate: Gate, ticket: Ticket, within: float | None) -> Flow[Delay | None]:
    """Wait to be let in, and return what keeps it out where that does not come in time."""
    began = gate.clock.monotonic()
    while (delay := gate.let_in(ticket)) is not None:
        seconds = delay.seconds
        if within is not None:
            left = within - (gate.clock.monotonic() - began)
            if left <= 0 or (delay.sure and seconds > left):
                return delay
            seconds = min(seconds, left)
        elif gate.stuck(paid=ticket.paid) > _PATIENCE:
            return delay
        yield Pause(seconds=max(seconds if seconds <= _LONG else seconds / 2, _SHORT))
    return None


def _told(delay: Delay) -> str:
    when = f", and lets it in no earlier than in {delay.seconds:.1f} seconds" if delay.sure else ""
    return f"{delay.why}{when}"
