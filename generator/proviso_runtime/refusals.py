"""Turn replies that are no success into the exceptions that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proviso_runtime import errors, jsontext, paths, protocol, replies
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.target import Target

if TYPE_CHECKING:
    from proviso_runtime.results import ItemFailure

_BY_MEANING: dict[protocol.Means, type[errors.Refused]] = {
    "invalid": errors.BadRequest,
    "unauthorized": errors.Unauthorized,
    "forbidden": errors.Forbidden,
    "not-found": errors.NotFound,
    "method-not-allowed": errors.MethodNotAllowed,
    "out-of-credit": errors.OutOfCredit,
    "conflict": errors.Conflict,
    "expired": errors.Refused,  # about a job it is JobExpired
    "retired": errors.Retired,
    "rate-limited": errors.RateLimited,
    "server": errors.ServerError,
    "unavailable": errors.Unavailable,
    "timeout": errors.TimedOut,
}
# What HTTP itself says of a status, for those that a provider does not document.
_BY_STATUS: dict[int, type[errors.Refused]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    402: errors.OutOfCredit,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    408: errors.TimedOut,
    409: errors.Conflict,
    422: errors.BadRequest,
    429: errors.RateLimited,
    503: errors.Unavailable,
    504: errors.TimedOut,
}
_ENDS: dict[protocol.Phase, str] = {"cancelled": "was cancelled", "moderated": "was refused by moderation"}


def unexpected(reply: Reply, expected: str, *, target: Target, job_id: str | None = None) -> errors.UnexpectedReply:
    """Return the exception for a reply that is not what should have come."""
    # Before there is a job id, the reply is that to a paid request.
    paid = " The request may have been accepted and billed." if job_id is None and reply.succeeded else ""
    error = errors.UnexpectedReply(
        f"{_who(target, job_id)}: expected {expected}, but {reply!r} came. Its bytes are kept in .reply.{paid}",
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        reply=reply,
    )
    error.expected = expected
    return error


def document(reply: Reply, expected: str, *, target: Target, job_id: str | None = None) -> Json:
    """Return the JSON of a reply. Raises UnexpectedReply when there is none."""
    try:
        return reply.json()
    except jsontext.BrokenJson as broken:
        raise unexpected(reply, f"{expected} (the body is {broken})", target=target, job_id=job_id) from None


def look(path: str, document: Json, reply: Reply, *, target: Target, job_id: str | None = None) -> list[Json]:
    """Return the values at path. Raises UnexpectedReply where JSON inside a string is broken."""
    try:
        return paths.find(path, document)
    except jsontext.BrokenJson as broken:
        expected = f"JSON inside the string on the way to {path} (it is {broken})"
        raise unexpected(reply, expected, target=target, job_id=job_id) from None


def open_envelope(document: Json, reply: Reply, *, target: Target, job_id: str | None = None) -> None:
    """Check the envelope of a successful reply.

    Raises Refused when it says no, and UnexpectedReply when it is missing.
    """
    envelope = target.provider.envelope
    if envelope is None:
        return
    values = look(envelope.at, document, reply, target=target, job_id=job_id)
    verdict = values[0] if values else None
    if verdict is None or isinstance(verdict, list | dict):
        raise unexpected(reply, f"an envelope with a value at {envelope.at}", target=target, job_id=job_id)
    if any(jsontext.same(verdict, ok) for ok in envelope.ok):
        return
    words = (*target.errors.message, *([envelope.message] if envelope.message else ()))
    code = replies.first_code(target.errors.code, document)
    if code is None:
        code = verdict if isinstance(verdict, bool) else replies.as_code(verdict)
    raise _refused(
        errors.Refused,
        target=target,
        reply=reply,
        job_id=job_id,
        code=code,
        message=replies.first_text(words, document),
        meaning=None,
    )


def refusal(reply: Reply, *, target: Target, job_id: str | None = None) -> errors.ProviderError:
    """Return the exception for a status that is no success, documented or not."""
    if 300 <= reply.status < 400:
        return unexpected(reply, "no redirect; none is followed", target=target, job_id=job_id)
    meaning = target.errors.statuses.get(reply.status)
    if meaning is not None and meaning.means == "expired" and job_id is not None:
        return expired(job_id, reply, target=target)
    kind = _generic(reply.status) if meaning is None else _BY_MEANING[meaning.means]
    try:
        body = reply.json()
    except jsontext.BrokenJson:
        body = None  # refusals by gateways are often HTML; the status says enough
    return _refused(
        kind,
        target=target,
        reply=reply,
        job_id=job_id,
        code=replies.first_code(target.errors.code, body),
        message=replies.first_text(target.errors.message, body),
        meaning=meaning,
    )


def expired(job_id: str, reply: Reply, *, target: Target) -> errors.JobExpired:
    """Return the exception for a job that the provider no longer knows."""
    kept = target.job.retention
    lasts = f" Results are kept for {kept.seconds:g} s from {kept.since}." if kept else ""
    return errors.JobExpired(
        f"{_who(target, job_id)} is no longer known there, or its result is gone (status {reply.status}).{lasts}",
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        reply=reply,
    )


def failed(
    job_id: str,
    reply: Reply,
    *,
    target: Target,
    state: protocol.Scalar,
    phase: protocol.Phase,
    code: str | int | None,
    message: str | None,
) -> errors.JobFailed:
    """Return the exception for a job that ended without a result."""
    error = errors.JobFailed(
        f"{_who(target, job_id)} {_ENDS.get(phase, 'failed')}{_words(target, code=code, message=message)}",
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        code=code,
        message=None if message is None else target.discretion.without_key(message),
        reply=reply,
    )
    error.state = state
    error.phase = phase
    return error


def no_result(
    job_id: str | None,
    reply: Reply,
    *,
    target: Target,
    why: protocol.Empty,
    code: str | int | None,
    message: str | None,
    failures: tuple[ItemFailure, ...],
) -> errors.NoResult:
    """Return the exception for a success of which nothing came."""
    error = errors.NoResult(
        f"{_who(target, job_id)} succeeded and has no result: {why.says.rstrip('.')}"
        f"{_words(target, code=code, message=message)}",
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        code=code,
        message=None if message is None else target.discretion.without_key(message),
        billed=why.billed,
        reply=reply,
    )
    error.phase = "succeeded"
    error.why = why.says
    error.failures = failures
    return error


def by_status(reply: Reply, what: str, *, provider: str) -> errors.Refused:
    """Return the exception for a status of a host of which nothing is documented."""
    return _generic(reply.status)(
        f"{provider}: {what} was refused with status {reply.status}",
        provider=provider,
        status=reply.status,
        reply=reply,
    )


def _generic(status: int) -> type[errors.Refused]:
    return _BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.Refused)


def _refused(
    kind: type[errors.Refused],
    *,
    target: Target,
    reply: Reply,
    job_id: str | None,
    code: str | int | None,
    message: str | None,
    meaning: protocol.Refusal | None,
) -> errors.Refused:
    billed = target.errors.billed if meaning is None or meaning.billed is None else meaning.billed
    asked = f"the request for {target.model.id}" if job_id is None else f"to answer about job {job_id!r}"
    return kind(
        f"{target.provider.name} refused {asked} with status {reply.status}"
        f"{_words(target, code=code, message=message)}",
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        code=code,
        message=None if message is None else target.discretion.without_key(message),
        billed=billed,
        worth_retry=None if meaning is None else meaning.retry,
        reply=reply,
        headers=replies.kept_headers(target.provider.reply_headers, reply),
    )


def _who(target: Target, job_id: str | None) -> str:
    return f"{target.provider.name}: {target.model.id if job_id is None else f'job {job_id!r}'}"


def _words(target: Target, *, code: str | int | None, message: str | None) -> str:
    told = "" if code is None else f", code {target.discretion.shown_code(code)}"
    if message is None:
        return told
    shown = target.discretion.shown(message)
    return told + (f": {shown}" if shown else ". The provider's words stand in .message")
