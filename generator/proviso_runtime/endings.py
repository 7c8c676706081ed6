"""The exceptions for jobs that ended without a result, and for successes of which nothing came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proviso_runtime import errors, protocol, telling
from proviso_runtime.replies import Reply
from proviso_runtime.target import Target

if TYPE_CHECKING:
    from proviso_runtime.results import ItemFailure

_ENDS: dict[protocol.Phase, str] = {"cancelled": "was cancelled", "moderated": "was refused by moderation"}


def expired(job_id: str, reply: Reply, *, target: Target) -> errors.JobExpired:
    """Return the exception for a job that the provider no longer knows."""
    kept = target.job.retention
    lasts = f" Results are kept for {kept.seconds:g} s from {kept.since}." if kept else ""
    return errors.JobExpired(
        f"{telling.who(target, job_id)} is no longer known there, or its result is gone (status {reply.status}).{lasts}",
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
        f"{telling.who(target, job_id)} {_ENDS.get(phase, 'failed')}{telling.words(target, code=code, message=message)}",
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
        f"{telling.who(target, job_id)} succeeded and has no result: {why.says.rstrip('.')}"
        f"{telling.words(target, code=code, message=message)}",
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
