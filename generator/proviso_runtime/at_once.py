"""Results that come at once: one paid request, answered with the bytes of a result or with JSON that holds some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from proviso_runtime import (
    accepting,
    errors,
    paying,
    preparing,
    protocol,
    purchases,
    refusals,
    replies,
    resolving,
    results,
    streaming,
    tracing,
)
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.schedule import Schedule
from proviso_runtime.steps import Flow
from proviso_runtime.streaming import Listener
from proviso_runtime.target import Target

if TYPE_CHECKING:
    from proviso_runtime import media

_PATIENCE = 300.0  # seconds; the answer is the finished work
_STREAM = "text/event-stream"
_RESOLVING = 120.0  # seconds to ask for the addresses of results

Handle: TypeAlias = "media.Media | media.AsyncMedia"
Hand: TypeAlias = Callable[[results.Item], Handle]
H = TypeVar("H", bound="Handle")


def answer(
    target: Target,
    sent: object,
    params: Mapping[str, object],
    *,
    clock: Clock,
    hand: Callable[[results.Item], H] | None = None,
    on_partial: Callable[[H], object] | None = None,
) -> Flow[results.Delivered]:
    """Get results with one paid request.

    sent: an Outgoing request, or a JSON body alone.
    hand: makes handles of what a stream brings. on_partial: called with those of partial results.
    Raises TooDear, LedgerFailed, Unreachable, OutcomeUnknown, Refused, NoResult, or UnexpectedReply for a reply that is no result.
    """
    answering = _answer(target, sent, params, clock=clock, hand=hand, on_partial=on_partial)
    return tracing.traced(answering, "generate_sync", target)


def _answer(
    target: Target,
    sent: object,
    params: Mapping[str, object],
    *,
    clock: Clock,
    hand: Callable[[results.Item], H] | None,
    on_partial: Callable[[H], object] | None,
) -> Flow[results.Delivered]:
    call = target.immediate
    target, request = preparing.prepared(
        replace(target, params=params),
        call.call,
        preparing.outgoing(sent),
        accept=_accepted(call),
        patience=_PATIENCE,
        limit=results.LIMIT,
    )
    stream = streaming.wanted(call, target)
    order = paying.Order(target=target, request=request, purchases=purchases.ordered(target, (params,)), clock=clock)
    if stream is None:
        paid = yield from paying.pay(order)
        answered = yield from paying.read(order, paid, lambda: _read(target, call, paid.reply))
    else:
        listener = Listener(target, stream, on_partial=_shown(hand, on_partial), clock=clock)
        answered = yield from _listened(_Hearing(order=order, call=call, hand=hand), listener)
    plan = Schedule(protocol.Pace(), clock=clock, timeout=_RESOLVING, since=None)
    try:
        found = yield from resolving.resolved(target, answered.found, plan)
    except errors.ProviderError as error:
        # What was paid for must not be lost with a call that is free.
        expected = "results whose addresses can be asked for"
        lost = refusals.unexpected(answered.reply, expected, target=target)
        yield from order.unanswered(lost)
        raise lost from error
    except GeneratorExit:
        raise
    except BaseException:
        yield from _bought(order, answered)
        raise
    return (yield from _bought(order, replace(answered, found=found)))


def _bought(order: paying.Order, answered: results.Delivered) -> Flow[results.Delivered]:
    """Record what was delivered, and what it has cost."""
    (purchase,) = order.purchases
    charge = purchase.charge(answered, cost=answered.cost, reported=answered.reported)
    yield from accepting.kept((purchase.succeeded(answered, charge=charge, job_id=None, at=order.clock.now()),))
    return replace(answered, quote=purchase.quote, charge=charge)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hearing:
    """A paid request that is answered with a stream."""

    order: paying.Order
    call: protocol.Immediate
    hand: Hand | None


def _listened(hearing: _Hearing, listener: Listener) -> Flow[results.Delivered]:
    """Send the request and listen to its answer."""
    order = replace(hearing.order, request=replace(hearing.order.request, into=listener.take))
    sent_at = order.clock.now()
    try:
        paid = yield from paying.pay(order)
    except errors.OutcomeUnknown as error:
        reply = _kept(order, listener)
        if listener.refusal is not None and not listener.found.items:
            refused = refusals.told(listener.refusal, reply, target=order.target)
            yield from order.unanswered(refused)
            raise refused from error
        if not listener.ended:
            error.partial = _handed(hearing.hand, listener)
            raise
        # All had come when the connection broke.
        paid = paying.Paid(reply=reply, at=sent_at, started=order.clock.monotonic())
    reply = paid.reply
    if reply.media_type == _STREAM and reply.content and not listener.content:
        listener.take(reply.content)
    whole = replace(reply, content=bytes(listener.content) or reply.content)
    if reply.media_type == _STREAM:
        return (yield from paying.read(order, paid, lambda: _heard(hearing, listener, whole, paid.at)))
    return (yield from paying.read(order, paid, lambda: _read(order.target, hearing.call, whole)))


def _kept(order: paying.Order, listener: Listener) -> Reply:
    """Return what came of a stream that broke, as a reply."""
    headers = {"content-type": _STREAM}
    return Reply(status=200, headers=headers, content=bytes(listener.content), received=order.clock.now())


def _heard(hearing: _Hearing, listener: Listener, reply: Reply, sent_at: float) -> results.Delivered:
    """Return what a stream brought that has ended."""
    target, call, found = hearing.order.target, hearing.call, listener.found
    if listener.refusal is not None and not found.items:
        raise refusals.told(listener.refusal, reply, target=target)
    if not listener.complete or reply.cut:
        told = "its stream ended before all had come; what came is kept in .partial"
        unknown = paying.unknown(hearing.order, sent_at, told, reply=reply)
        unknown.partial = _handed(hearing.hand, listener)
        raise unknown
    if not found.items:
        if listener.documents and call.stream is not None:
            results.read(call.stream.completed.results, call.empty, listener.documents[-1], reply, target=target)
        raise refusals.unexpected(reply, "an event that brings a result", target=target)
    results.check_headers(call.empty, None, reply, target=target)
    numbers = [replies.told_numbers(call.told, reply)]
    numbers += [replies.numbers(call.reports, document) for document in listener.documents]
    costs = (replies.cost(call.cost, document) for document in reversed(listener.documents))
    return results.Delivered(
        reply=reply,
        document=listener.documents,
        found=found,
        reported={name: number for one in numbers for name, number in one.items()},
        cost=next((cost for cost in costs if cost is not None), None) or replies.told_cost(call.told_cost, reply),
        headers=replies.kept_headers(target.provider.reply_headers, reply),
    )


def _shown(
    hand: Callable[[results.Item], H] | None, on_partial: Callable[[H], object] | None
) -> streaming.OnItem | None:
    if hand is None or on_partial is None:
        return None
    return lambda item: on_partial(hand(item))


def _handed(hand: Hand | None, listener: Listener) -> tuple[Handle, ...]:
    return () if hand is None else tuple(map(hand, listener.heard))


def _accepted(call: protocol.Immediate) -> str:
    # Also where no JSON is documented, a refusal may be JSON.
    types = (*([_STREAM] if call.stream is not None else []), *call.returns)
    return ", ".join((*types, "application/json" if call.results else "application/json;q=0.5"))


def _read(target: Target, call: protocol.Immediate, reply: Reply) -> results.Delivered:
    headers = replies.kept_headers(target.provider.reply_headers, reply)
    if _is_result(target, call, reply.media_type):
        results.check_headers(call.empty, None, reply, target=target)
        if reply.cut or not reply.content:
            raise refusals.unexpected(reply, f"{_expected(call)}, whole and not empty", target=target)
        item = results.Item(kind=target.model.kind, content=reply.content, media_type=reply.media_type)
        found = results.Found(items=(item,))
        return results.Delivered(
            reply=reply,
            document=None,
            found=found,
            reported=replies.told_numbers(call.told, reply),
            cost=replies.told_cost(call.told_cost, reply),
            headers=headers,
        )
    if not (call.results or reply.is_json):
        raise refusals.unexpected(reply, _expected(call), target=target)
    document = refusals.document(reply, _expected(call), target=target)
    refusals.check(document, reply, target=target)
    if not call.results:
        raise refusals.unexpected(reply, _expected(call), target=target)
    return results.Delivered(
        reply=reply,
        document=document,
        found=results.read(call.results, call.empty, document, reply, target=target),
        reported=replies.numbers(call.reports, document) | replies.told_numbers(call.told, reply),
        cost=replies.cost(call.cost, document) or replies.told_cost(call.told_cost, reply),
        headers=headers,
    )


def _is_result(target: Target, call: protocol.Immediate, media_type: str) -> bool:
    """Tell whether a body of some type is the result itself.

    An image of another type than the documented one is still the image that was paid for. What explains an
    error to people or programs is none, unless it is documented.
    """
    if media_type in call.returns:
        return True
    if not call.returns or media_type in ("text/html", "text/xml"):
        return False
    kind = media_type.partition("/")[0]
    return kind != "application" and kind in {target.model.kind, *(one.partition("/")[0] for one in call.returns)}


def _expected(call: protocol.Immediate) -> str:
    told = [f"a body of the type {' or '.join(call.returns)}"] if call.returns else []
    return " or ".join([*told, *(["a JSON reply with the results"] if call.results else [])])
