"""Read what a provider sends by itself about a job, after a look at who sent it.

It is read in this order: who sent it, what it tells, what stands apart and is fetched, what the ledger is told of the
job's end; and only then is it remembered, so that no trouble on the way and no crash can swallow the only delivery.
What was remembered already is a replay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from proviso_runtime import errors, jsontext, purchases, replies, results, schedule, signatures, states, waiting
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow, Record
from proviso_runtime.target import Target, job_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a callback tells of a job. digest: what the same callback has again, and no other one.

    end: the result, or the exception that says that there is none.
    """

    provider: str
    job_id: str
    digest: str
    end: results.Delivered | errors.ProviderError = field(repr=False)

    def outcome(self, *, first: bool) -> results.Delivered:
        """Return the result. Raises Replayed unless it is told for the first time, and what tells that there is none."""
        if not first:
            raise errors.Replayed(
                f"{self.provider}: a callback about job {self.job_id!r} came again. Answer it with success, and do "
                f"nothing; where its result was lost, resume({self.job_id!r}) takes it up",
                provider=self.provider,
                job_id=self.job_id,
            )
        if isinstance(self.end, errors.ProviderError):
            raise self.end
        return self.end


def read(target: Target, headers: Mapping[str, str], body: bytes, *, secret: str | None, clock: Clock) -> Flow[Told]:
    """Return what a callback tells of its job. What stands apart is fetched.

    Raises SignatureInvalid, KeyMissing, KeyInvalid, TypeError for a body that is no bytes; and UnexpectedReply, Refused
    or WaitTimeout where it cannot be read, or its result not be fetched, so that it has told nothing yet.
    """
    callback, provider = target.callback, target.provider.name
    _check_raw(body)
    digest = signatures.check(callback.proof, headers, body, secret=secret, now=clock.now(), provider=provider)
    lower = {name.lower(): text for name, text in headers.items()}
    cut = len(body) > results.limit(target.job.results)
    seen = _seen(target, Reply(status=200, headers=lower, content=body, cut=cut, received=clock.now()))
    found = replies.values(callback.id, seen.document)
    known = job_id(found[0]) if found else None
    if known is None:
        raise _unexpected(target, seen.reply, f"the id of a job at {callback.id}")
    end = yield from _end(target, known, seen, clock)
    return Told(provider=provider, job_id=known, digest=digest, end=(yield from _recorded(target, known, end, clock)))


def _end(target: Target, known: str, seen: Seen, clock: Clock) -> Flow[results.Delivered | errors.ProviderError]:
    whole = target.callback.body == "collect"
    if (refused := states.refused(target, known, seen)) is not None:
        return refused
    plan = schedule.Schedule(schedule.choose(target.job.schedule, None), clock=clock, timeout=None, since=None)
    told = states.repeated(target, seen) if whole else states.told(target, known, seen)
    try:
        finished = yield from waiting.ended(target, known, seen, told, plan, whole=whole)
    except (errors.JobFailed, errors.JobExpired) as ended:
        return ended
    return _goes_on(target, known, seen, told) if finished is None else finished


def _recorded(
    target: Target, known: str, end: results.Delivered | errors.ProviderError, clock: Clock
) -> Flow[results.Delivered | errors.ProviderError]:
    """Record how the job ended, where it did."""
    purchase = purchases.taken_up(target, known)
    if isinstance(end, errors.ProviderError):
        if ended := purchase.lost(end, job_id=known, at=clock.now()):
            yield Record(changes=ended)
        return end
    charge = purchase.charge(end, cost=end.cost, reported=end.reported)
    yield Record(changes=(purchase.succeeded(end, charge=charge, job_id=known, at=clock.now()),))
    return replace(end, charge=charge)


def _goes_on(target: Target, known: str, seen: Seen, told: states.Told) -> errors.JobGoesOn:
    state = "no state" if told.state is None else f"the state {target.discretion.shown_state(str(told.state))}"
    documented = "" if told.phase else ", which is not documented"
    error = errors.JobGoesOn(
        f"{target.provider.name}: job {known!r} has not ended, a callback tells {state}{documented}. Answer it with "
        "success: what comes of the job is told by another one, or by a poll",
        provider=target.provider.name,
        job_id=known,
        reply=seen.reply,
    )
    error.state = told.state
    error.phase = told.phase or "unknown"
    return error


def _check_raw(body: object) -> None:
    if not isinstance(body, bytes):
        raise TypeError(f"body is the bytes of the request as they came, not {type(body).__name__}")


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
