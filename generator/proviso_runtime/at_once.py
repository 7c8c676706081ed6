"""Results that come at once: one paid request, answered with the bytes of a result or with JSON that holds some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from proviso_runtime import errors, paying, preparing, protocol, refusals, replies, resolving, results
from proviso_runtime.clock import Clock
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.schedule import Schedule
from proviso_runtime.steps import Flow
from proviso_runtime.target import Target

_PATIENCE = 300.0  # seconds; the answer is the finished work
_RESOLVING = 120.0  # seconds to ask for the addresses of results


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came at once. document: the reply as JSON; None where it is the result itself."""

    reply: Reply = field(repr=False)
    document: Json = field(repr=False)
    found: results.Found = field(repr=False)
    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    headers: Mapping[str, str] = field(repr=False)


def answer(target: Target, sent: object, params: Mapping[str, object], *, clock: Clock) -> Flow[Answered]:
    """Get results with one paid request.

    sent: an Outgoing request, or a JSON body alone.

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
    reply = yield from paying.pay(target, request, sent_at=clock.now())
    answered = _read(target, call, reply)
    plan = Schedule(protocol.Pace(), clock=clock, timeout=_RESOLVING, since=None)
    try:
        found = yield from resolving.resolved(target, answered.found, plan)
    except errors.ProviderError as error:
        # What was paid for must not be lost with a call that is free.
        raise refusals.unexpected(reply, "results whose addresses can be asked for", target=target) from error
    return replace(answered, found=found)


def _accepted(call: protocol.Immediate) -> str:
    # Also where no JSON is documented, a refusal may be JSON.
    return ", ".join((*call.returns, "application/json" if call.results else "application/json;q=0.5"))


def _read(target: Target, call: protocol.Immediate, reply: Reply) -> Answered:
    # An image of another type than the documented one is still the image that was paid for.
    kinds = {media_type.partition("/")[0] for media_type in call.returns}
    headers = replies.kept_headers(target.provider.reply_headers, reply)
    if reply.media_type.partition("/")[0] in kinds:
        if reply.cut or not reply.content:
            raise refusals.unexpected(reply, f"{_expected(call)}, whole and not empty", target=target)
        item = results.Item(kind=target.model.kind, content=reply.content, media_type=reply.media_type)
        found = results.Found(items=(item,))
        return Answered(reply=reply, document=None, found=found, reported={}, cost=None, headers=headers)
    if not (call.results or reply.is_json):
        raise refusals.unexpected(reply, _expected(call), target=target)
    document = refusals.document(reply, _expected(call), target=target)
    refusals.check(document, reply, target=target)
    if not call.results:
        raise refusals.unexpected(reply, _expected(call), target=target)
    return Answered(
        reply=reply,
        document=document,
        found=results.read(call.results, call.empty, document, reply, target=target),
        reported=replies.numbers(call.reports, document),
        cost=replies.cost(call.cost, document),
        headers=headers,
    )


def _expected(call: protocol.Immediate) -> str:
    told = [f"a body of the type {' or '.join(call.returns)}"] if call.returns else []
    return " or ".join([*told, *(["a JSON reply with the results"] if call.results else [])])
