"""Turn replies that are no success into the exceptions that name them."""

from __future__ import annotations

from proviso_runtime import endings, errors, jsontext, matching, paths, patience, protocol, replies, telling
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.target import Target

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
_PASSING = (errors.RateLimited, errors.ServerError, errors.Unavailable, errors.TimedOut)
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


def unexpected(reply: Reply, expected: str, *, target: Target, job_id: str | None = None) -> errors.UnexpectedReply:
    """Return the exception for a reply that is not what should have come."""
    # Before there is a job id, the reply is that to a paid request.
    paid = " The request may have been accepted and billed." if job_id is None and reply.succeeded else ""
    error = errors.UnexpectedReply(
        f"{telling.who(target, job_id)}: expected {expected}, but {reply!r} came. Its bytes are kept in .reply.{paid}",
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


def inside(document: Json, reply: Reply, *, target: Target, job_id: str | None = None) -> errors.ProviderError | None:
    """Return the refusal that a reply with a status of success is; None where it is none.

    Raises UnexpectedReply when the envelope is missing.
    """
    stated = target.errors
    if stated.in_success and matching.hold(stated.in_success, document):
        return _refused(errors.Refused, target=target, reply=reply, job_id=job_id, body=document)
    envelope = target.provider.envelope
    if envelope is None:
        return None
    values = look(envelope.at, document, reply, target=target, job_id=job_id)
    verdict = values[0] if values else None
    if verdict is None or isinstance(verdict, list | dict):
        raise unexpected(reply, f"an envelope with a value at {envelope.at}", target=target, job_id=job_id)
    if any(jsontext.same(verdict, ok) for ok in envelope.ok):
        return None
    return _refused(
        errors.Refused,
        target=target,
        reply=reply,
        job_id=job_id,
        body=document,
        code=verdict if isinstance(verdict, bool) else replies.as_code(verdict),
        words=() if envelope.message is None else (envelope.message,),
    )


def told(document: Json, reply: Reply, *, target: Target) -> errors.ProviderError:
    """Return the exception for a part of a reply that tells of a refusal."""
    return _refused(errors.Refused, target=target, reply=reply, job_id=None, body=document)


def check(document: Json, reply: Reply, *, target: Target, job_id: str | None = None) -> None:
    """Raise the refusal that a reply with a status of success is, where it is one."""
    if (refused := inside(document, reply, target=target, job_id=job_id)) is not None:
        raise refused


def passes(error: errors.ProviderError) -> bool:
    """Say whether a refusal of a free request passes, so that it is worth asking again."""
    if not isinstance(error, errors.Refused):
        return False
    return isinstance(error, _PASSING) or bool(error.worth_retry) or (error.status or 0) >= 500


def refusal(reply: Reply, *, target: Target, job_id: str | None = None) -> errors.ProviderError:
    """Return the exception for a status that is no success, documented or not."""
    if 300 <= reply.status < 400:
        return unexpected(reply, "no redirect; none is followed", target=target, job_id=job_id)
    meaning = target.errors.statuses.get(reply.status)
    kind = _generic(reply.status) if meaning is None else _BY_MEANING[meaning.means]
    try:
        body = reply.json()
    except jsontext.BrokenJson:
        body = None  # refusals by gateways are often HTML; the status says enough
    return _refused(kind, target=target, reply=reply, job_id=job_id, body=body, meaning=meaning)


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
    body: Json,
    meaning: protocol.Refusal | None = None,
    code: str | int | None = None,
    words: tuple[str, ...] = (),
) -> errors.ProviderError:
    """kind: what the status means, unless the code says more. code: that of the envelope. words: its places for words."""
    stated = target.errors
    told = replies.first_code(stated.code, body)
    code = code if told is None else told
    message = replies.first_text((*stated.message, *words), body)
    by_code = None if code is None else stated.codes.get(str(code))
    facts = [one for one in (by_code, meaning) if one is not None]
    if job_id is not None and facts and facts[0].means == "expired":
        return endings.expired(job_id, reply, target=target)
    if by_code is not None:
        kind = _BY_MEANING[by_code.means]
    billed = next((one.billed for one in facts if one.billed is not None), stated.billed)
    error = kind(
        telling.refused(target, kind, status=reply.status, code=code, message=message, job_id=job_id, billed=billed),
        provider=target.provider.name,
        job_id=job_id,
        status=reply.status,
        code=code,
        message=None if message is None else target.discretion.without_key(message),
        billed=billed,
        worth_retry=next((one.retry for one in facts if one.retry is not None), None),
        reply=reply,
        headers=replies.kept_headers(target.provider.reply_headers, reply),
    )
    if stated.details is not None:
        error.details = replies.details(stated.details, body)
    waits = (wait for wait in target.provider.waits if not wait.limit or kind is errors.RateLimited)
    error.retry_after = patience.asked_for(reply, waits)
    return error
