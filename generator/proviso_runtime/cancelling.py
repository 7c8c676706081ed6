"""Stop a job. The wish is free, and is repeated until it was heard."""

from __future__ import annotations

from proviso_runtime import endings, errors, jsontext, links, protocol, refusals
from proviso_runtime.asking import Trouble, send, troubled
from proviso_runtime.steps import Answer, Flow, Lost, Pause
from proviso_runtime.target import Target

_PATIENCE = 30.0  # seconds that one try may take
_PAUSES = (1.0, 3.0)  # seconds between tries
_LONGEST = 30.0  # seconds that a provider may make us wait in between


def cancel(target: Target, job_id: str) -> Flow[None]:
    """Ask the provider to stop a job. How it ended is told by the next poll.

    Raises TypeError where no way to stop a job is documented, ValueError where its address is not
    known, Refused, JobExpired, Unreachable, or UnexpectedReply where no answer came.
    """
    call = links.calls(target.job).get("cancel")
    if call is None:
        raise TypeError(f"{target.provider.name} documents no way to cancel a job")
    for pause in (*_PAUSES, None):
        answer = yield from send(target, "cancel", job_id, patience=_PATIENCE)
        trouble = _trouble(target, call, job_id, answer)
        if trouble is None:
            return
        if pause is None:
            raise trouble.cause
        yield Pause(seconds=min(max(pause, trouble.retry_after or 0.0), _LONGEST))


def _trouble(target: Target, call: protocol.Fetch, job_id: str, answer: Answer) -> Trouble | None:
    """Return what kept the wish from being heard and may pass; None where it was heard."""
    if isinstance(answer, Lost):
        return Trouble(cause=_lost(target, job_id, answer))
    if answer.status in call.expired:
        raise endings.expired(job_id, answer, target=target)
    if answer.status in call.reads:
        return None
    if answer.succeeded:
        try:
            document = answer.json()
        except jsontext.BrokenJson:
            return None  # the status says that the wish was heard
        inside = refusals.inside(document, answer, target=target, job_id=job_id)
        return None if inside is None else troubled(inside)
    return troubled(refusals.refusal(answer, target=target, job_id=job_id))


def _lost(target: Target, job_id: str, answer: Lost) -> errors.ProviderError:
    kind = errors.Unreachable if answer.sent == "no" else errors.UnexpectedReply
    error = kind(
        f"{target.provider.name}: job {job_id!r} may go on, no answer to its cancellation came "
        f"({type(answer.error).__name__}); cancelling again is free",
        provider=target.provider.name,
        job_id=job_id,
        billed=False,
        worth_retry=True,
    )
    if isinstance(error, errors.UnexpectedReply):
        error.expected = "an answer to the cancellation"
    error.__cause__ = answer.error
    return error
