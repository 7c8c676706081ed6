"""Ask about a job once: a free call, whose trouble on the way is worth asking again."""

from __future__ import annotations

from dataclasses import dataclass

from proviso_runtime import protocol, refusals
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Flow, Lost, Request, ask
from proviso_runtime.target import Target

_PATIENCE = 60.0  # seconds that one question may take
_TRANSIENT: tuple[protocol.Means, ...] = ("rate-limited", "server", "unavailable", "timeout")


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
    answer = yield from ask(Request(verb=verb, url=url, headers={"accept": "application/json"}, patience=patience))
    if isinstance(answer, Lost):
        return Trouble(cause=answer.error)
    if answer.status in call.expired:
        raise refusals.expired(job_id, answer, target=target)
    if answer.status in call.reads or answer.succeeded:
        document = refusals.document(answer, "a JSON reply about the job", target=target, job_id=job_id)
        if answer.succeeded:
            refusals.open_envelope(document, answer, target=target, job_id=job_id)
        return Seen(reply=answer, document=document)
    error = refusals.refusal(answer, target=target, job_id=job_id)
    if _passes(target, answer.status):
        return Trouble(cause=error, retry_after=_retry_after(answer))
    raise error


def _passes(target: Target, status: int) -> bool:
    documented = target.errors.statuses.get(status)
    if documented is not None and (documented.means in _TRANSIENT or documented.retry):
        return True
    return status in (408, 429) or status >= 500


def _retry_after(reply: Reply) -> float | None:
    seconds = reply.headers.get("retry-after", "").strip()
    return float(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 7 else None
