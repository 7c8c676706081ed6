"""Wait for a job: poll until it ends, then collect where the result stands apart.

Polls and collects are free, so what goes wrong on the way is asked again until the deadline. The
job ends exactly when the documents say so; a state that they do not name is neither end nor
failure. Every exception carries the job id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NoReturn

from proviso_runtime import errors, jsontext, paths, protocol, refusals, replies
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.schedule import Schedule
from proviso_runtime.steps import Flow, Lost, Pause, Request, ask
from proviso_runtime.target import Target, web_address

_PATIENCE = 60.0  # seconds that one poll may take
_TRANSIENT: tuple[protocol.Means, ...] = ("rate-limited", "server", "unavailable", "timeout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """News of a job after one poll.

    phase: what its state means, or "unknown". state: the provider's word.
    elapsed: seconds since the wait began. polls: how many were sent.
    """

    job_id: str
    phase: protocol.Phase | Literal["unknown"]
    state: protocol.Scalar
    elapsed: float
    polls: int


OnUpdate = Callable[[Update], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A job that succeeded, and where its results are."""

    reply: Reply = field(repr=False)
    document: Json = field(repr=False)
    addresses: tuple[str, ...] = field(repr=False)
    reported: Mapping[str, Decimal]
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A reply that could be read."""

    reply: Reply
    document: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """A question without a usable reply, worth asking again."""

    cause: Exception
    retry_after: float | None = None


def wait(target: Target, job_id: str, *, schedule: Schedule, on_update: OnUpdate | None) -> Flow[Finished]:
    """Poll until the job ends and return its result.

    Raises JobFailed, JobExpired, WaitTimeout, Refused, or UnexpectedReply.
    """
    job = target.job
    state: protocol.Scalar = None
    polls = 0
    while True:
        if pause := schedule.pause():
            yield Pause(seconds=pause)
        seen = yield from _look(target, job.poll, job_id, schedule)
        polls += 1
        if isinstance(seen, _Read):
            state = _state(target, job_id, seen)
            phase = _phase(job.state, state)
            if on_update is not None:
                elapsed = schedule.elapsed
                on_update(Update(job_id=job_id, phase=phase or "unknown", state=state, elapsed=elapsed, polls=polls))
            match phase:
                case "succeeded":
                    return (yield from _result(target, job_id, seen, state, schedule))
                case "failed" | "cancelled":
                    raise (yield from _failure(target, job_id, seen, state=state, phase=phase, schedule=schedule))
                case "expired":
                    raise refusals.expired(job_id, seen.reply, target=target)
                case "queued" | "running" | None:
                    schedule.go_on()
        _plan_or_stop(target, job_id, seen, state, schedule)


def _look(target: Target, call: protocol.Fetch, job_id: str, schedule: Schedule) -> Flow[_Read | _Trouble]:
    """Ask once. Documented refusals and broken replies are raised, passing trouble is returned."""
    verb, url = target.address(call.call, job_id=job_id)
    # A poll that starts near the deadline still gets a moment to be answered.
    patience = min(_PATIENCE, max(schedule.remaining, 10.0))
    answer = yield from ask(Request(verb=verb, url=url, headers={"accept": "application/json"}, patience=patience))
    if isinstance(answer, Lost):
        return _Trouble(cause=answer.error)
    if answer.status in call.expired:
        raise refusals.expired(job_id, answer, target=target)
    if answer.status in call.reads or answer.succeeded:
        document = refusals.document(answer, "a JSON reply about the job", target=target, job_id=job_id)
        if answer.succeeded:
            refusals.open_envelope(document, answer, target=target, job_id=job_id)
        return _Read(reply=answer, document=document)
    error = refusals.refusal(answer, target=target, job_id=job_id)
    if _passes(target, answer.status):
        return _Trouble(cause=error, retry_after=_retry_after(answer))
    raise error


def _passes(target: Target, status: int) -> bool:
    documented = target.errors.statuses.get(status)
    if documented is not None and (documented.means in _TRANSIENT or documented.retry):
        return True
    return status in (408, 429) or status >= 500


def _retry_after(reply: Reply) -> float | None:
    seconds = reply.headers.get("retry-after", "").strip()
    return float(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 7 else None


def _state(target: Target, job_id: str, seen: _Read) -> protocol.Scalar:
    place = target.job.state.at
    found = refusals.look(place, seen.document, seen.reply, target=target, job_id=job_id)
    if not found or isinstance(found[0], list | dict):
        raise refusals.unexpected(seen.reply, f"the state of the job at {place}", target=target, job_id=job_id)
    return found[0]


def _phase(states: protocol.State, state: protocol.Scalar) -> protocol.Phase | None:
    return next((phase for word, phase in states.phases.items() if jsontext.same(word, state)), None)


def _result(target: Target, job_id: str, polled: _Read, state: protocol.Scalar, schedule: Schedule) -> Flow[Finished]:
    """Return the result of a job that succeeded, collected where that takes a call of its own."""
    job = target.job
    reported = replies.numbers(job.poll.reports, polled.document)
    final = polled
    if job.collect is not None:
        final = yield from _collect(target, job.collect, job_id, state, schedule)
        reported |= replies.numbers(job.collect.reports, final.document)
    places = (refusals.look(place, final.document, final.reply, target=target, job_id=job_id) for place in job.results)
    found = (tuple(address for value in values if (address := web_address(value))) for values in places)
    addresses = next(filter(None, found), ())
    if not addresses:
        expected = f"the address of a result at {' or '.join(job.results)}, as the job has succeeded"
        raise refusals.unexpected(final.reply, expected, target=target, job_id=job_id)
    return Finished(
        reply=final.reply,
        document=final.document,
        addresses=addresses,
        reported=reported,
        headers=replies.kept_headers(target.provider.reply_headers, final.reply),
    )


def _collect(
    target: Target, call: protocol.Fetch, job_id: str, state: protocol.Scalar, schedule: Schedule
) -> Flow[_Read]:
    """Fetch the final reply until it comes. It may still say that the job failed."""
    while True:
        seen = yield from _look(target, call, job_id, schedule)
        if isinstance(seen, _Read):
            final = _final_state(target, seen)
            match phase := _phase(target.job.state, final):
                case "failed" | "cancelled":
                    raise _failed(target, job_id, seen, phase, state=final)
                case "expired":
                    raise refusals.expired(job_id, seen.reply, target=target)
                case "queued" | "running":
                    schedule.go_on()  # status and result may be kept by different servers
                case "succeeded" | None:
                    return seen
        _plan_or_stop(target, job_id, seen, state, schedule)
        if pause := schedule.pause():
            yield Pause(seconds=pause)


def _failure(
    target: Target,
    job_id: str,
    polled: _Read,
    *,
    state: protocol.Scalar,
    phase: protocol.Phase,
    schedule: Schedule,
) -> Flow[errors.JobFailed]:
    """Return the exception for a failed job; where the poll gives no reason, collect it once."""
    error = _failed(target, job_id, polled, phase, state=state)
    if error.code is None and error.message is None and target.job.collect is not None:
        try:
            seen = yield from _look(target, target.job.collect, job_id, schedule)
        except errors.ProviderError:
            return error  # the reason is an extra; that the job failed is certain
        if isinstance(seen, _Read):
            return _failed(target, job_id, seen, phase, state=state)
    return error


def _final_state(target: Target, seen: _Read) -> protocol.Scalar:
    """Return the state that the final reply repeats; None when it does not."""
    try:
        found = paths.find(target.job.state.at, seen.document)
    except jsontext.BrokenJson:
        return None
    return None if not found or isinstance(found[0], list | dict) else found[0]


def _failed(
    target: Target, job_id: str, seen: _Read, phase: protocol.Phase, *, state: protocol.Scalar
) -> errors.JobFailed:
    failure = target.job.failure or protocol.Failure()
    return refusals.failed(
        job_id,
        seen.reply,
        target=target,
        state=state,
        phase=phase,
        code=replies.first_code(failure.code, seen.document),
        message=replies.first_text(failure.message, seen.document),
    )


def _plan_or_stop(
    target: Target, job_id: str, seen: _Read | _Trouble, state: protocol.Scalar, schedule: Schedule
) -> None:
    """Plan the next question, or raise WaitTimeout when the deadline has come."""
    trouble = seen.cause if isinstance(seen, _Trouble) else None
    if schedule.over:
        _give_up(target, job_id, state, trouble, schedule)
    if isinstance(seen, _Trouble):
        schedule.step_back(seen.retry_after)


def _give_up(
    target: Target, job_id: str, state: protocol.Scalar, trouble: Exception | None, schedule: Schedule
) -> NoReturn:
    if state is None:
        known = "no state was seen"
    elif _phase(target.job.state, state) is None:
        known = f"its last state was {target.discretion.shown_state(str(state))}, which is not documented"
    else:
        known = f"its last state was {state}"
    told = f"; the last poll failed ({type(trouble).__name__})" if trouble else ""
    error = errors.WaitTimeout(
        f"{target.provider.name}: job {job_id!r} has not ended after {schedule.elapsed:.1f} s; {known}{told}. "
        f"Do not submit it again: resume({job_id!r}) takes it up",
        provider=target.provider.name,
        job_id=job_id,
    )
    error.state = state
    error.waited = schedule.elapsed
    raise error from trouble
