"""The calls that are one request: submit, the immediate answer, and the download of a result.

A paid request is yielded once and never again, whatever comes back. Where nobody can know whether
it was accepted, OutcomeUnknown says so.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso_runtime import addresses, encoding, errors, jsontext, links, protocol, refusals, replies
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow, Lost, Request, ask
from proviso_runtime.target import Target, job_id

_SUBMIT_PATIENCE = 120.0  # seconds; giving up on a paid request is worse than waiting
_IMMEDIATE_PATIENCE = 300.0  # seconds; the answer is the finished work
_MEDIA_LIMIT = 2**30  # bytes of an immediate result or of one read into memory
_FILE_LIMIT = 16 * 2**30  # bytes of a result streamed to a file


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
    target: Target
    told: Seen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A result that came at once."""

    reply: Reply
    headers: Mapping[str, str]


def submit(
    target: Target, body: Mapping[str, object], *, clock: Clock, patience: float | None = None
) -> Flow[Accepted]:
    """Start a job with one paid request.

    patience: seconds that the reply is asked to wait for the result; None not to ask for it.
    Raises Unreachable, OutcomeUnknown, Refused, or UnexpectedReply for a reply without a job id.
    """
    call = target.job.submit
    verb, url = target.address(call.call)
    url, asked = _waiting(call.wait, patience, url)
    content = encoding.json_body(body, target.members)
    target = replace(target, discretion=target.discretion.about(jsontext.read(content)))
    request = Request(
        verb=verb,
        url=url,
        headers=target.headers(url, accept="application/json", content_type="application/json") | asked,
        body=content,
        paid=True,
        patience=_SUBMIT_PATIENCE + (patience or 0.0),
    )
    submitted_at, started = clock.now(), clock.monotonic()
    reply = yield from _pay(target, request, sent_at=submitted_at)
    document = refusals.document(reply, "a JSON reply with the id of the job", target=target)
    refusals.check(document, reply, target=target)
    ids = refusals.look(call.id, document, reply, target=target)
    known = job_id(ids[0]) if ids else None
    if known is None:
        raise refusals.unexpected(reply, f"the id of the accepted job at {call.id}", target=target)
    target = replace(target, links=links.told(target.job, document))
    if target.job.poll.call is None and "poll" not in target.links:
        expected = f"the address of the accepted job at {target.job.poll.address}"
        raise refusals.unexpected(reply, expected, target=target, job_id=known)
    return Accepted(
        job_id=known,
        submitted_at=submitted_at,
        started=started,
        heard=None if patience is None else clock.monotonic(),
        reported=replies.numbers(call.reports, document),
        target=target,
        told=Seen(reply=reply, document=document) if call.like_poll else None,
    )


def immediate(target: Target, body: Mapping[str, object], *, clock: Clock) -> Flow[Answered]:
    """Get a result with one paid request.

    Raises Unreachable, OutcomeUnknown, Refused, or UnexpectedReply for a reply that is no result.
    """
    call = target.immediate
    verb, url = target.address(call.call)
    content = encoding.json_body(body, target.members)
    target = replace(target, discretion=target.discretion.about(jsontext.read(content)))
    request = Request(
        verb=verb,
        url=url,
        headers=target.headers(
            url, accept=", ".join((*call.returns, "application/json;q=0.5")), content_type="application/json"
        ),
        body=content,
        paid=True,
        patience=_IMMEDIATE_PATIENCE,
        limit=_MEDIA_LIMIT,
    )
    reply = yield from _pay(target, request, sent_at=clock.now())
    expected = f"a body of the type {' or '.join(call.returns)}"
    # An image of another type than the documented one is still the image that was paid for.
    kinds = {media_type.partition("/")[0] for media_type in call.returns}
    if reply.media_type.partition("/")[0] not in kinds:
        if reply.is_json:
            document = refusals.document(reply, expected, target=target)
            refusals.check(document, reply, target=target)
        raise refusals.unexpected(reply, expected, target=target)
    if reply.cut or not reply.content:
        raise refusals.unexpected(reply, f"{expected}, whole and not empty", target=target)
    return Answered(reply=reply, headers=replies.kept_headers(target.provider.reply_headers, reply))


def download(url: str, *, provider: str, into: Callable[[bytes], object] | None = None) -> Flow[bytes]:
    """Fetch a result without credentials, into a sink or into memory.

    Raises Unreachable when the host cannot be reached, Refused when it says no (signed addresses
    end), and UnexpectedReply when the bytes do not come whole. It costs nothing to try again.
    """
    limit = _FILE_LIMIT if into else _MEDIA_LIMIT
    answer = yield from ask(Request(verb="GET", url=url, credentials=False, limit=limit, into=into))
    if isinstance(answer, Lost):
        kind = errors.Unreachable if answer.sent == "no" else errors.UnexpectedReply
        error = kind(
            f"{provider}: the result could not be fetched ({type(answer.error).__name__}); trying again is free",
            provider=provider,
            billed=False,
            worth_retry=True,
        )
        if isinstance(error, errors.UnexpectedReply):
            error.expected = "the whole result"
        raise error from answer.error
    if answer.status >= 400:
        raise refusals.by_status(answer, "the download of a result", provider=provider)
    page = answer.media_type in ("text/html", "application/json", "application/xml", "text/xml")
    if answer.status != 200 or answer.cut or page or (into is None and not answer.content):
        unusable = errors.UnexpectedReply(
            f"{provider}: expected the whole result with status 200, but {answer!r} came",
            provider=provider,
            status=answer.status,
            billed=False,
            reply=answer,
        )
        unusable.expected = "the whole result with status 200"
        raise unusable
    return answer.content


def _pay(target: Target, request: Request, *, sent_at: float) -> Flow[Reply]:
    """Send a paid request once and return its reply if it has a status of success."""
    answer = yield from ask(request)
    if isinstance(answer, Lost):
        if answer.sent == "no":
            raise errors.Unreachable(
                f"{target.provider.name}: {target.model.id} was not asked, the request never left "
                f"({type(answer.error).__name__}). Sending it again is safe",
                provider=target.provider.name,
                billed=False,
                worth_retry=True,
            ) from answer.error
        told = f"its answer was lost ({type(answer.error).__name__})"
        raise _unknown(target, request, sent_at, told) from answer.error
    if answer.succeeded:
        return answer
    refused = refusals.refusal(answer, target=target)
    if (
        answer.status >= 500
        and answer.status not in target.errors.statuses
        and str(refused.code) not in target.errors.codes
    ):
        # A gateway may have given up on a request that the provider accepted.
        told = f"a gateway may have answered for the provider ({answer!r})"
        raise _unknown(target, request, sent_at, told, reply=answer)
    if answer.status >= 500 and refused.billed is not False:
        # A server that fails may have accepted first; only a document that says "not billed" settles it.
        error = _unknown(target, request, sent_at, f"the answer was: {refused}", reply=answer)
        error.code, error.message = refused.code, refused.message
        raise error
    raise refused


def _waiting(wait: protocol.Patience | None, patience: float | None, url: str) -> tuple[str, dict[str, str]]:
    """Return the address and the headers that ask for a reply that waits."""
    if wait is None or patience is None:
        return url, {}
    text = wait.value.replace("{seconds}", str(math.ceil(patience)))
    if wait.query is not None:
        url = addresses.with_query(url, {wait.query: text})
    return url, {} if wait.header is None else {wait.header.lower(): text}


def _unknown(
    target: Target, request: Request, sent_at: float, told: str, reply: Reply | None = None
) -> errors.OutcomeUnknown:
    digest = hashlib.sha256(request.body or b"").hexdigest()
    moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(sent_at))
    error = errors.OutcomeUnknown(
        f"{target.provider.name}: the paid request for {target.model.id} was sent at {moment} and {told}. It may have "
        "been accepted and billed. Look at the provider's list of jobs or at the balance before you send it again. "
        f"SHA-256 of its body: {digest}",
        provider=target.provider.name,
        status=None if reply is None else reply.status,
        reply=reply,
    )
    error.model = target.model.id
    error.sent_at = sent_at
    error.body_sha256 = digest
    return error
