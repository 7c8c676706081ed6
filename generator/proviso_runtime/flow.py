"""The call that starts a job: one paid request."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso_runtime import (
    accepting,
    errors,
    links,
    news,
    paying,
    preparing,
    protocol,
    purchases,
    refusals,
    replies,
    tracing,
    turns,
)
from proviso_runtime import addresses as urls
from proviso_runtime.clock import Clock
from proviso_runtime.jsontext import Json
from proviso_runtime.purchases import Purchase
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow, Request
from proviso_runtime.target import Target, job_id

SUBMIT_PATIENCE = 120.0
"""The seconds that the reply to a paid request may take; giving up on one is worse than waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A job that the provider took.

    submitted_at: seconds since 1970. started: when it was sent, on the clock's monotonic scale.
    heard: when the reply came that had waited for the result, on the same scale; None where none was asked to.
    told: the reply, where it tells what one to a poll would.
    """

    job_id: str
    submitted_at: float
    started: float
    heard: float | None
    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    target: Target
    told: Seen | None
    purchase: Purchase


def submit(
    target: Target, sent: object, params: Mapping[str, object], *, clock: Clock, patience: float | None = None
) -> Flow[Accepted]:
    """Start a job with one paid request.

    sent: an Outgoing request, or a JSON body alone. params: what it was made of, for its price.
    patience: seconds that the reply is asked to wait for the result; None not to ask for it.
    Raises TooDear, LedgerFailed, Unreachable, OutcomeUnknown, Refused, or UnexpectedReply for a reply without a job id.
    """
    submitting = _submit(target, sent, params, clock=clock, patience=patience)
    return tracing.traced(submitting, "submit", target, found=lambda accepted: accepted.job_id)


def _submit(
    target: Target, sent: object, params: Mapping[str, object], *, clock: Clock, patience: float | None
) -> Flow[Accepted]:
    call = target.job.submit
    outgoing = preparing.outgoing(sent)
    target, request = preparing.prepared(
        target, call.call, outgoing, accept="application/json", patience=SUBMIT_PATIENCE + (patience or 0.0)
    )
    request = _waiting(call.wait, patience, request)
    chosen = (outgoing.id,) if call.id == protocol.CHOSEN_ID else ()
    bought = purchases.ordered(target, (params,))
    order = paying.Order(target=target, request=request, purchases=bought, clock=clock, chosen=chosen, starts=True)
    paid = yield from paying.pay(order)
    accepted = yield from paying.read(order, paid, lambda: _accepted(order, paid, waited=patience is not None))
    turns.started(paid.turn, (accepted.job_id,))
    addresses = accepted.target.kept_links
    told = accepted.purchase.accepted(accepted.job_id, addresses=addresses, at=clock.now())
    yield from accepting.recorded(target.provider.name, {accepted.job_id: accepted.target.links}, told)
    news.accepted(target.provider.name, target.model.id, accepted.job_id)
    return accepted


def _accepted(order: paying.Order, paid: paying.Paid, *, waited: bool) -> Accepted:
    """Read the job that a reply tells of."""
    target, reply = order.target, paid.reply
    call = target.job.submit
    try:
        document = refusals.document(reply, "a JSON reply with the id of the job", target=target)
        refusals.check(document, reply, target=target)
    except errors.ProviderError as error:
        error.job_ids = order.chosen
        raise
    known = order.chosen[0] if order.chosen else _told_id(call.id, document, reply, target=target)
    if found := links.told(target.job, document):
        target = replace(target, links=found)
    if target.job.poll.call is None and "poll" not in target.links:
        expected = f"the address of the accepted job at {target.job.poll.address}"
        raise refusals.unexpected(reply, expected, target=target, job_id=known)
    return Accepted(
        job_id=known,
        submitted_at=paid.at,
        started=paid.started,
        heard=order.clock.monotonic() if waited else None,
        reported=replies.numbers(call.reports, document),
        cost=replies.cost(call.cost, document),
        target=target,
        told=Seen(reply=reply, document=document) if call.like_poll else None,
        purchase=order.purchases[0],
    )


def _told_id(place: str, document: Json, reply: Reply, *, target: Target) -> str:
    ids = refusals.look(place, document, reply, target=target)
    known = job_id(ids[0]) if ids else None
    if known is None:
        raise refusals.unexpected(reply, f"the id of the accepted job at {place}", target=target)
    return known


def _waiting(wait: protocol.Patience | None, patience: float | None, request: Request) -> Request:
    """Return the request that asks for a reply that waits."""
    if wait is None or patience is None:
        return request
    text = wait.value.replace("{seconds}", str(math.ceil(patience)))
    if wait.query is not None:
        request = replace(request, url=urls.with_query(request.url, {wait.query: text}))
    return (
        request
        if wait.header is None
        else replace(request, headers=urls.with_headers(request.headers, {wait.header.lower(): text}))
    )
