"""Read what a provider sends by itself when a job ends, after a look at who sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proviso_runtime import errors, jsontext, replies, results, schedule, signatures, states, waiting
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow
from proviso_runtime.target import Target, job_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A job of which a callback told that it succeeded."""

    job_id: str
    finished: results.Delivered


def read(target: Target, headers: Mapping[str, str], body: bytes, *, secret: str | None, clock: Clock) -> Flow[Told]:
    """Return the result of the job that a callback is about. What stands apart is fetched.

    Raises SignatureInvalid, KeyMissing, KeyInvalid, JobFailed, JobExpired, WaitTimeout for one that goes on, Refused,
    or UnexpectedReply.
    """
    callback, provider = target.callback, target.provider.name
    signatures.check(callback.proof, headers, body, secret=secret, now=clock.now(), provider=provider)
    lower = {name.lower(): text for name, text in headers.items()}
    seen = _seen(target, Reply(status=200, headers=lower, content=body, received=clock.now()))
    found = replies.values(callback.id, seen.document)
    known = job_id(found[0]) if found else None
    if known is None:
        raise _unexpected(target, seen.reply, f"the id of a job at {callback.id}")
    if (refused := states.refused(target, known, seen)) is not None:
        raise refused
    plan = schedule.Schedule(schedule.choose(target.job.schedule, None), clock=clock, timeout=None, since=None)
    told = states.repeated(target, seen) if callback.body == "collect" else states.told(target, known, seen)
    finished = yield from waiting.ended(target, known, seen, told, plan, whole=callback.body == "collect")
    if finished is None:
        raise waiting.goes_on(target, known, told, plan)
    return Told(job_id=known, finished=finished)


def _seen(target: Target, reply: Reply) -> Seen:
    try:
        return Seen(reply=reply, document=reply.json())
    except jsontext.BrokenJson as broken:
        raise _unexpected(target, reply, f"JSON about a job (the body is {broken})") from None


def _unexpected(target: Target, reply: Reply, expected: str) -> errors.UnexpectedReply:
    error = errors.UnexpectedReply(
        f"{target.provider.name}: expected {expected} in a callback. Its bytes are kept in .reply",
        provider=target.provider.name,
        reply=reply,
    )
    error.expected = expected
    return error
