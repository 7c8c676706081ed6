"""Wait for a job: poll until it ends, then collect where the result stands apart.

Polls and collects are free, so what goes wrong on the way is asked again until the deadline. The
job ends exactly when the documents say so; a state that they do not name is neither end nor
failure. Every exception carries the job id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from proviso_runtime import endings, errors, links, news, protocol, refusals, replies, resolving, results, states
from proviso_runtime.asking import Trouble, look
from proviso_runtime.schedule import Schedule
from proviso_runtime.states import Seen, Told
from proviso_runtime.steps import Flow, Pause
from proviso_runtime.target import Target


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Update:
    """News of a job after one poll.

    phase: what its state means, or "unknown". state: the provider's word. shown: what may be printed of it.
    elapsed: seconds since the wait began. polls: how many were sent.
    """

    job_id: str
    phase: protocol.Phase | Literal["unknown"]
    state: protocol.Scalar
    shown: str
    elapsed: float
    polls: int

    def __repr__(self) -> str:
        state = repr(self.shown) if isinstance(self.state, str) else self.state
        known = f"{self.job_id!r}, phase={self.phase!r}, state={state}"
        return f"Update(job_id={known}, elapsed={self.elapsed!r}, polls={self.polls})"


OnUpdate = Callable[[Update], object]


def wait(
    target: Target, job_id: str, *, schedule: Schedule, on_update: OnUpdate | None, first: Seen | None = None
) -> Flow[results.Delivered]:
    """Poll until the job ends and return its result.

    first: what has told of the job already, such as the reply to submit; a job that had ended needs no poll.

    Raises JobFailed, JobExpired, WaitTimeout, Refused, or UnexpectedReply.
    """
    told: Told | None = None
    polls = 0
    if first is not None:
        finished = yield from ended(target, job_id, first, states.repeated(target, first), schedule)
        if finished is not None:
            return finished
    while True:
        if pause := schedule.pause():
            yield Pause(seconds=pause)
        asked = yield from _asked(target, job_id, schedule)
        polls += 1
        if not isinstance(asked, Trouble):
            seen, told = asked
            news.polled(target.provider.name, job_id, target.discretion.shown_state(str(told.state)))
            if on_update is not None:
                on_update(_news(target, job_id, told, schedule, polls))
            finished = yield from ended(target, job_id, seen, told, schedule)
            if finished is not None:
                return finished
            schedule.go_on()
        _plan_or_stop(target, job_id, asked, told, schedule)


def _asked(target: Target, job_id: str, schedule: Schedule) -> Flow[tuple[Seen, Told] | Trouble]:
    """Poll once. A reply that tells no state, as the page of a gateway, is trouble like one that did not come."""
    seen = yield from look(target, "poll", job_id, remaining=schedule.remaining)
    if isinstance(seen, Trouble):
        return seen
    try:
        return seen, states.told(target, job_id, seen)
    except errors.UnexpectedReply as error:
        return Trouble(cause=error)


def ended(
    target: Target, job_id: str, seen: Seen, told: Told, schedule: Schedule, *, whole: bool = False
) -> Flow[results.Delivered | None]:
    """Return the result of a job that succeeded, None for one that goes on, and raise how every other one ended.

    whole: the reply is the one with the result, which need not tell a state.
    """
    match told.phase:
        case "succeeded":
            return (yield from _result(target, job_id, seen, told, schedule, whole=whole))
        case None if whole:
            return (yield from _result(target, job_id, seen, told, schedule, whole=whole))
        case "failed" | "cancelled" | "moderated" as phase:
            raise (yield from _failure(target, job_id, seen, told, phase, schedule=schedule))
        case "expired":
            raise endings.expired(job_id, seen.reply, target=target)
        case "queued" | "running" | None:
            return None


def _news(target: Target, job_id: str, told: Told, schedule: Schedule, polls: int) -> Update:
    return Update(
        job_id=job_id,
        phase=told.phase or "unknown",
        state=told.state,
        shown=target.discretion.shown_state(str(told.state)),
        elapsed=schedule.elapsed,
        polls=polls,
    )


def _result(
    target: Target, job_id: str, polled: Seen, told: Told, schedule: Schedule, *, whole: bool
) -> Flow[results.Delivered]:
    """Return the result of a job that succeeded, collected where that takes a call of its own."""
    job = target.job
    reported = replies.numbers(job.poll.reports, polled.document)
    final = polled
    if job.collect is not None:
        if not whole:
            target = _linked(target, polled, job_id)
            final = yield from _collect(target, job_id, told, schedule)
        reported |= replies.numbers(job.collect.reports, final.document)
    found = yield from resolving.resolved(target, _found(target, job_id, final, told), schedule, job_id=job_id)
    told_cost = replies.cost(None if job.collect is None else job.collect.cost, final.document)
    return results.Delivered(
        reply=final.reply,
        document=final.document,
        found=replace(found, items=tuple(replace(one, job_id=job_id) for one in found.items)),
        reported=reported,
        cost=told_cost or replies.cost(job.poll.cost, polled.document),
        headers=replies.kept_headers(target.provider.reply_headers, final.reply),
    )


def _found(target: Target, job_id: str, final: Seen, told: Told) -> results.Found:
    job = target.job
    try:
        return results.read(job.results, job.empty, final.document, final.reply, target=target, job_id=job_id)
    except errors.NoResult as error:
        error.state = told.state
        raise


def _linked(target: Target, polled: Seen, job_id: str) -> Target:
    """Return a target that knows where the result is, as the poll may be what tells it."""
    known = replace(target, links={**target.links, **links.told(target.job, polled.document)})
    collect = target.job.collect
    if collect is not None and collect.call is None and "collect" not in known.links:
        expected = f"the address of the result at {collect.address}"
        raise refusals.unexpected(polled.reply, expected, target=target, job_id=job_id)
    return known


def _collect(target: Target, job_id: str, polled: Told, schedule: Schedule) -> Flow[Seen]:
    """Fetch the final reply until it comes. It may still say that the job failed."""
    while True:
        seen = yield from look(target, "collect", job_id, remaining=schedule.remaining)
        if isinstance(seen, Seen):
            told = states.repeated(target, seen)
            match told.phase:
                case "failed" | "cancelled" | "moderated" as phase:
                    raise _failed(target, job_id, seen, told.state, phase)
                case "expired":
                    raise endings.expired(job_id, seen.reply, target=target)
                case "queued" | "running":
                    schedule.go_on()  # status and result may be kept by different servers
                case "succeeded" | None:
                    return seen
        _plan_or_stop(target, job_id, seen, polled, schedule)
        if pause := schedule.pause():
            yield Pause(seconds=pause)


def _failure(
    target: Target, job_id: str, polled: Seen, told: Told, phase: protocol.Phase, *, schedule: Schedule
) -> Flow[errors.JobFailed]:
    """Return the exception for a failed job; where the poll gives no reason, collect it once."""
    error = _failed(target, job_id, polled, told.state, phase)
    if error.code is None and error.message is None and target.job.collect is not None:
        try:
            target = _linked(target, polled, job_id)
            seen = yield from look(target, "collect", job_id, remaining=schedule.remaining)
        except errors.ProviderError:
            return error  # the reason is an extra; that the job failed is certain
        if isinstance(seen, Seen):
            return _failed(target, job_id, seen, told.state, phase)
    return error


def _failed(target: Target, job_id: str, seen: Seen, state: protocol.Scalar, phase: protocol.Phase) -> errors.JobFailed:
    failure = target.job.failure or protocol.Failure()
    return endings.failed(
        job_id,
        seen.reply,
        target=target,
        state=state,
        phase=phase,
        code=replies.first_code(failure.code, seen.document),
        message=replies.first_text(failure.message, seen.document),
    )


def _plan_or_stop(target: Target, job_id: str, seen: object, told: Told | None, schedule: Schedule) -> None:
    """Plan the next question, or raise WaitTimeout when the deadline has come.

    Where nothing that came could be read, UnexpectedReply says more.
    """
    trouble = seen if isinstance(seen, Trouble) else None
    if schedule.over:
        if trouble is not None and told is None and isinstance(trouble.cause, errors.UnexpectedReply):
            raise trouble.cause
        raise goes_on(target, job_id, told, schedule, trouble) from (None if trouble is None else trouble.cause)
    if trouble is not None:
        news.troubled(target.provider.name, job_id, trouble.cause)
        schedule.step_back(trouble.retry_after)


def goes_on(
    target: Target, job_id: str, told: Told | None, schedule: Schedule, trouble: Trouble | None = None
) -> errors.WaitTimeout:
    """Return the exception for a job that has not ended when nobody waits any longer."""
    state = None if told is None else told.state
    cause = None if trouble is None else trouble.cause
    if told is None or state is None:
        known = "no state was seen"
    elif told.phase is None:
        known = f"its last state was {target.discretion.shown_state(str(state))}, which is not documented"
    else:
        known = f"its last state was {target.discretion.shown_state(str(state))}"
    failed = "" if cause is None else f"; the last poll failed ({type(cause).__name__})"
    error = errors.WaitTimeout(
        f"{target.provider.name}: job {job_id!r} has not ended after {schedule.elapsed:.1f} s; {known}{failed}. "
        f"Do not submit it again: {links.taken_up(target.links, job_id)} takes it up",
        provider=target.provider.name,
        job_id=job_id,
    )
    error.state = state
    error.waited = schedule.elapsed
    return error
