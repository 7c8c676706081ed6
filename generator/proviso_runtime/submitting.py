"""Start several jobs with one paid request: each of its objects is a request, and has a job of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from proviso_runtime import (
    accepting,
    errors,
    flow,
    paying,
    preparing,
    protocol,
    purchases,
    refusals,
    replies,
    tracing,
    turns,
)
from proviso_runtime.clock import Clock
from proviso_runtime.jsontext import Json
from proviso_runtime.ledger.entries import Change
from proviso_runtime.outgoing import Outgoing
from proviso_runtime.purchases import Purchase
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Flow
from proviso_runtime.target import Target, job_id

_EACH = "[*]"


def submit_many(
    target: Target, sent: Outgoing, each: Sequence[Mapping[str, object]], *, clock: Clock
) -> Flow[tuple[flow.Accepted, ...]]:
    """Start a job for every request that a call carries, in their order.

    each: the params of the requests, for their prices.
    Raises TooDear, LedgerFailed, Unreachable, OutcomeUnknown, Refused, or UnexpectedReply for a reply without an id for each. What is
    known of the ids by then stands in `job_ids`.
    """
    return tracing.traced(_submit_many(target, sent, each, clock=clock), "submit_many", target)


def _submit_many(
    target: Target, sent: Outgoing, each: Sequence[Mapping[str, object]], *, clock: Clock
) -> Flow[tuple[flow.Accepted, ...]]:
    call = target.job.submit
    target, request = preparing.prepared(
        target, call.call, sent, accept="application/json", patience=flow.SUBMIT_PATIENCE
    )
    chosen = sent.ids if call.id == protocol.CHOSEN_ID else ()
    order = paying.Order(
        target=target,
        request=request,
        purchases=purchases.ordered(target, each),
        clock=clock,
        chosen=chosen,
        starts=True,
    )
    paid = yield from paying.pay(order)
    try:
        document, ids = yield from paying.read(order, paid, lambda: _read(target, sent, chosen, paid.reply))
    except errors.ProviderError as error:
        error.job_ids = error.job_ids or chosen
        if error.job_ids and not chosen:
            # Which request an id belongs to nobody knows; that there are such jobs must not be lost.
            known = _accepted(order.purchases, error.job_ids, clock.now())
            yield from accepting.recorded(target.provider.name, {one: {} for one in error.job_ids}, known)
        raise
    turns.started(paid.turn, ids)
    pairs = tuple(zip(order.purchases, ids, strict=True))
    told = _accepted(order.purchases, ids, clock.now())
    yield from accepting.recorded(target.provider.name, {known: {} for known in ids}, told)
    return tuple(
        flow.Accepted(
            job_id=known,
            submitted_at=paid.at,
            started=paid.started,
            heard=None,
            reported=replies.numbers({name: _of(number, place) for name, place in call.reports.items()}, document),
            cost=replies.cost(call.cost and replace(call.cost, at=_of(number, call.cost.at)), document),
            target=target,
            told=None,
            purchase=bought,
        )
        for number, (bought, known) in enumerate(pairs)
    )


def _read(target: Target, sent: Outgoing, chosen: tuple[str, ...], reply: Reply) -> tuple[Json, tuple[str, ...]]:
    document = refusals.document(reply, "a JSON reply with the ids of the jobs", target=target)
    return document, _ids(target, chosen, len(sent.ids), document, reply)


def _accepted(bought: Sequence[Purchase], ids: Sequence[str], now: float) -> tuple[Change, ...]:
    pairs = zip(bought, ids, strict=False)
    return tuple(one for purchase, known in pairs for one in purchase.accepted(known, addresses={}, at=now))


def _ids(target: Target, chosen: tuple[str, ...], many: int, document: Json, reply: Reply) -> tuple[str, ...]:
    """Return the ids of the jobs: those that were chosen, or those that the reply tells."""
    refused = refusals.inside(document, reply, target=target)
    place = target.job.submit.id
    told = () if chosen else refusals.look(place, document, reply, target=target)
    ids = chosen or tuple(known for one in told if (known := job_id(one)) is not None)
    # A reply that refuses some of the requests and tells the jobs of others has started those.
    if refused is not None and (not ids or (chosen and many == 1)):
        raise refused
    if refused is not None and chosen:
        error = refusals.unexpected(reply, f"no refusal among {many} requests; some may be accepted", target=target)
        error.job_ids = chosen
        raise error from refused
    if not chosen and (refused is not None or len(told) != many or len(set(ids)) != many):
        error = refusals.unexpected(reply, f"the ids of the {many} accepted jobs at {place}", target=target)
        error.job_ids = ids
        raise error from refused
    return ids


def _of(number: int, place: str) -> str:
    """Give the place of what is told of one of several requests; what is told of all of them stands at one place."""
    return place.replace(_EACH, f"[{number}]")
