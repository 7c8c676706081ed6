"""Send a paid request: it is accepted once at most, whatever comes back.

It is sent again only where it certainly was not accepted, and where the documents say that the same
request starts nothing new. Where nobody can know whether it was accepted, OutcomeUnknown says so.
The ledger knows of it before its first byte leaves.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from proviso_runtime import errors, news, pausing, refusals, turns
from proviso_runtime.clock import Clock
from proviso_runtime.ledger.entries import Change
from proviso_runtime.purchases import Purchase
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Answer, Flow, Lost, Pause, Record, Request, ask
from proviso_runtime.target import Target

T = TypeVar("T")

_FIRST = 2.0  # seconds
_SHOWN = 20  # ids that a message lists
_GIVEN_UP = (408, 460, 499)  # what gateways say who waited too long for the provider, or were left waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request that is to be paid for. chosen: the ids that the client has chosen for its jobs.

    starts: what it starts goes on when it is answered.
    """

    target: Target
    request: Request
    purchases: tuple[Purchase, ...]
    clock: Clock
    chosen: tuple[str, ...] = ()
    starts: bool = False

    def unanswered(self, error: BaseException) -> Flow[None]:
        """Record that no job and no result came of it."""
        turns.refused(self.target, error)
        now = self.clock.now()
        yield Record(changes=tuple(one.unanswered(error, at=now) for one in self.purchases))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The reply with a status of success. at: when the request was sent, since 1970. started: the same, monotonic.

    doubt: what came of an earlier try of which nobody knows whether it was accepted.
    turn: what the jobs take over that it started.
    """

    reply: Reply
    at: float
    started: float
    turn: turns.Turn | None = None
    doubt: errors.OutcomeUnknown | None = None


def pay(order: Order) -> Flow[Paid]:
    """Send a paid request until it is certain what became of it, and return the reply of success.

    Raises Unreachable, Refused, OutcomeUnknown, or LedgerFailed where it could not be written down.
    """
    window, turn = _Window(), turns.Turn(order.target)
    try:
        return (yield from _sent(order, window, turn))
    except GeneratorExit:
        raise
    except errors.ProviderError as error:
        if isinstance(error, errors.OutcomeUnknown):
            news.unknown(error)
        yield from order.unanswered(error)
        raise
    except BaseException as error:
        yield from order.unanswered(error if window.open else errors.Unreachable())
        raise
    finally:
        turn.done()


def read(order: Order, paid: Paid, reading: Callable[[], T]) -> Flow[T]:
    """Read a reply of success; record what became of the request where that does not come to an end.

    A refusal inside it settles no earlier doubt: it may be that of a second try, and the first was accepted.
    """
    try:
        return reading()
    except errors.Refused as error:
        if paid.doubt is None:
            yield from order.unanswered(error)
            raise
        turns.refused(order.target, error)
        yield from order.unanswered(paid.doubt)
        raise paid.doubt from error
    except BaseException as error:
        yield from order.unanswered(error)
        raise


@dataclass(slots=True)
class _Window:
    """Whether the request may have been accepted, as far as is known.

    doubt: what came of a try of which nobody knows whether it was. No later one settles it.
    """

    open: bool = False
    doubt: errors.OutcomeUnknown | None = None

    def shut(self) -> None:
        """Take note that the last try never began to leave."""
        self.open = self.doubt is not None


def _left(order: Order, window: _Window, tries: pausing.Tries) -> float:
    """Return the seconds in which a try may begin."""
    return tries.left(None if window.doubt is None else order.target.model.resend_for)


def _leaving(order: Order, window: _Window, tries: pausing.Tries) -> float:
    """Return the seconds in which a try must begin to leave."""
    left = _left(order, window, tries)
    return left if window.doubt else max(left, _FIRST)  # also what is tried once alone has to connect


def _sent(order: Order, window: _Window, turn: turns.Turn) -> Flow[Paid]:
    within = order.target.options.start_within
    # Before it is written down: what only stands in line has not been sent, whatever happens to this process.
    if (delay := (yield from turn.wait(order.target.within))) is not None:
        raise turns.unreachable(order.target, delay)
    yield Record(changes=_intents(order, within), vital=True)
    tries = pausing.Tries(order.clock, within=within)
    while True:
        at, started = order.clock.now(), order.clock.monotonic()
        window.open = True
        turn.sent()
        answer = yield from ask(replace(order.request, within=_leaving(order, window, tries), stays=window.shut))
        turns.heard(order.target, answer)
        if isinstance(answer, Reply) and answer.succeeded:
            turn.done(well=True, goes_on=order.starts)
            return Paid(reply=answer, at=at, started=started, turn=turn, doubt=window.doubt)
        error = _failure(order, answer, at, tries.made)
        turns.refused(order.target, error)
        turn.done(goes_on=order.starts and isinstance(error, errors.OutcomeUnknown))
        if isinstance(error, errors.OutcomeUnknown):
            window.doubt = window.doubt or error
        pause = tries.again(_returning(order, window, error, _asked_to_wait(order, answer)))
        if pause is None:
            raise window.doubt or error from (answer.error if isinstance(answer, Lost) else None)
        news.retried(f"{order.target.provider.name}: the request for {order.target.model.id}", error, pause=pause)
        window.shut()
        yield Pause(seconds=pause)
        if (yield from turn.wait(_left(order, window, tries), again=True)) is not None:
            raise window.doubt or error


def _intents(order: Order, within: float) -> tuple[Change, ...]:
    ids = order.chosen or (None,) * len(order.purchases)
    now = order.clock.now()
    return tuple(
        one.intended(order.request, at=now, within=within, job_id=job_id)
        for one, job_id in zip(order.purchases, ids, strict=True)
    )


def _asked_to_wait(order: Order, answer: Answer) -> float | None:
    """Return the seconds that the provider, or a gateway, asks to be left alone; None where it does not say."""
    refused = refusals.refusal(answer, target=order.target) if isinstance(answer, Reply) else None
    return refused.retry_after if isinstance(refused, errors.Refused) else None


def _returning(
    order: Order, window: _Window, error: errors.ProviderError, after: float | None
) -> pausing.Reason | None:
    """Say why the request may be sent again: it was not accepted, or the documents say that it does no harm.

    after: the seconds before which it is not to be.
    """
    # Once it may have been accepted, sending it again does no harm for so long alone.
    within = None if window.doubt is None else order.target.model.resend_for
    match error:
        case errors.Unreachable(worth_retry=True):
            return pausing.Reason(within=within)
        case errors.Refused() if error.billed is False and after is not None:
            return pausing.Reason(after=after, within=within)
        case errors.OutcomeUnknown() if within is not None and order.request.into is None:
            return pausing.Reason(after=after, within=within)
        case _:
            return None


def _failure(order: Order, answer: Answer, sent_at: float, tries: int) -> errors.ProviderError:
    """Return the exception for a request without a reply of success."""
    target = order.target
    if isinstance(answer, Lost):
        if answer.sent == "no":
            often = "" if tries == 1 else f", {tries} times"
            return errors.Unreachable(
                f"{target.provider.name}: {target.model.id} was not asked, the request never left "
                f"({type(answer.error).__name__}{often}). Sending it again is safe",
                provider=target.provider.name,
                billed=False,
                worth_retry=answer.passes,
            )
        return unknown(order, sent_at, f"its answer was lost ({type(answer.error).__name__})")
    refused = refusals.refusal(answer, target=target)
    documented = answer.status in target.errors.statuses or str(refused.code) in target.errors.codes
    if (answer.status >= 500 or answer.status in _GIVEN_UP) and not documented:
        # A gateway may have given up on a request that the provider accepted.
        return unknown(order, sent_at, f"a gateway may have answered for the provider ({answer!r})", reply=answer)
    if answer.status >= 500 and refused.billed is not False:
        # A server that fails may have accepted first; only a document that says "not billed" settles it.
        error = unknown(order, sent_at, f"the answer was: {refused}", reply=answer)
        error.code, error.message = refused.code, refused.message
        return error
    return refused


def unknown(order: Order, sent_at: float, told: str, *, reply: Reply | None = None) -> errors.OutcomeUnknown:
    """Return the exception for a paid request of which nobody knows what became.

    told: what came back.
    """
    target, chosen = order.target, order.chosen
    digest = hashlib.sha256(order.request.body or b"").hexdigest()
    settled = "Look at the provider's list of jobs or at the balance"
    if len(chosen) == 1:
        settled = f"Ask for the job by the id that was chosen for it, resume({chosen[0]!r}),"
    elif chosen:
        shown = ", ".join(map(repr, chosen[:_SHOWN])) + (", ..." if len(chosen) > _SHOWN else "")
        settled = f"Ask for the jobs by the ids that were chosen for them, resume() of each of {shown} (.job_ids),"
    moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(sent_at))
    error = errors.OutcomeUnknown(
        f"{target.provider.name}: the paid request for {target.model.id} was sent at {moment} and {told}. It may have "
        f"been accepted and billed. {settled} before you send it again. SHA-256 of its body: {digest}",
        provider=target.provider.name,
        job_id=chosen[0] if len(chosen) == 1 else None,
        status=None if reply is None else reply.status,
        reply=reply,
    )
    error.job_ids = chosen
    error.model = target.model.id
    error.sent_at = sent_at
    error.body_sha256 = digest
    return error
