"""Ask about a job once: a free call, whose trouble on the way is worth asking again."""

from __future__ import annotations

from dataclasses import dataclass

from proviso_runtime import endings, errors, protocol, refusals
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow, Lost, Request, ask
from proviso_runtime.target import Target

_PATIENCE = 60.0  # seconds that one question may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A question without a usable reply, worth asking again. retry_after: in seconds, as the provider says."""

    cause: Exception
    retry_after: float | None = None


def look(target: Target, call: protocol.Fetch, job_id: str, *, remaining: float) -> Flow[Seen | Trouble]:
    """Ask once. Documented refusals and broken replies are raised, passing trouble is returned.

    remaining: seconds until the deadline.
    """
    verb, url = target.address(call.call, job_id=job_id)
    # A question that is asked near the deadline still gets a moment to be answered.
    patience = min(_PATIENCE, max(remaining, 10.0))
    answer = yield from ask(
        Request(verb=verb, url=url, headers=target.headers(url, accept="application/json"), patience=patience)
    )
    if isinstance(answer, Lost):
        return Trouble(cause=answer.error)
    if answer.status in call.expired:
        raise endings.expired(job_id, answer, target=target)
    if answer.status in call.reads or answer.succeeded:
        document = refusals.document(answer, "a JSON reply about the job", target=target, job_id=job_id)
        inside = refusals.inside(document, answer, target=target, job_id=job_id) if answer.succeeded else None
        if inside is None:
            return Seen(reply=answer, document=document)
        error = inside
    else:
        error = refusals.refusal(answer, target=target, job_id=job_id)
    if refusals.passes(error):
        return Trouble(cause=error, retry_after=error.retry_after if isinstance(error, errors.Refused) else None)
    raise error
