"""Results that come at once: one paid request, answered with the bytes of a result or with JSON that holds some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from proviso_runtime import errors, paying, preparing, protocol, refusals, replies, resolving, results, streaming
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.schedule import Schedule
from proviso_runtime.steps import Flow, Request
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
    Raises Unreachable, OutcomeUnknown, Refused, NoResult, or UnexpectedReply for a reply that is no result.
    """
    call = target.immediate
    target, request = preparing.prepared(
        replace(target, params=params),
        call.call,
        preparing.outgoing(sent),
        accept=_accepted(call),
        patience=_PATIENCE,
        limit=results.LIMIT,
    )
    stream, sent_at = streaming.wanted(call, target), clock.now()
    if stream is None:
        reply = yield from paying.pay(target, request, sent_at=sent_at)
        answered = _read(target, call, reply)
    else:
        hearing = _Hearing(target=target, call=call, request=request, sent_at=sent_at, hand=hand)
        answered = yield from _listened(
            hearing, Listener(target, stream, on_partial=_shown(hand, on_partial), clock=clock)
        )
        reply = answered.reply
    plan = Schedule(protocol.Pace(), clock=clock, timeout=_RESOLVING, since=None)
    try:
        found = yield from resolving.resolved(target, answered.found, plan)
    except errors.ProviderError as error:
        # What was paid for must not be lost with a call that is free.
        raise refusals.unexpected(reply, "results whose addresses can be asked for", target=target) from error
    return replace(answered, found=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hearing:
    """A paid request that is answered with a stream."""

    target: Target
    call: protocol.Immediate
    request: Request
    sent_at: float
    hand: Hand | None


def _listened(hearing: _Hearing, listener: Listener) -> Flow[results.Delivered]:
    """Send the request and listen to its answer."""
    request = replace(hearing.request, into=listener.take)
    try:
        reply = yield from paying.pay(hearing.target, request, sent_at=hearing.sent_at)
    except errors.OutcomeUnknown as error:
        kept = Reply(status=200, headers={"content-type": _STREAM}, content=bytes(listener.content))
        if listener.refusal is not None and not listener.found.items:
            raise refusals.told(listener.refusal, kept, target=hearing.target) from error
        if not listener.ended:
            error.partial = _handed(hearing.hand, listener)
            raise
        reply = kept  # all had come when the connection broke
    if reply.media_type == _STREAM and reply.content and not listener.content:
        listener.take(reply.content)
    reply = replace(reply, content=bytes(listener.content) or reply.content)
    return (
        _heard(hearing, listener, reply) if reply.media_type == _STREAM else _read(hearing.target, hearing.call, reply)
    )


def _heard(hearing: _Hearing, listener: Listener, reply: Reply) -> results.Delivered:
    """Return what a stream brought that has ended."""
    target, call, found = hearing.target, hearing.call, listener.found
    if listener.refusal is not None and not found.items:
        raise refusals.told(listener.refusal, reply, target=target)
    if not listener.complete or reply.cut:
        told = "its stream ended before all had come; what came is kept in .partial"
        unknown = paying.unknown(target, hearing.request, hearing.sent_at, told, reply=reply)
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
