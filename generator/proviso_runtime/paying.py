"""Send a paid request: it is yielded once and never again, whatever comes back.

Where nobody can know whether it was accepted, OutcomeUnknown says so.
"""

from __future__ import annotations

import hashlib
import time

from proviso_runtime import errors, refusals
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Flow, Lost, Request, ask
from proviso_runtime.target import Target

_SHOWN = 20  # ids that a message lists


def pay(target: Target, request: Request, *, sent_at: float, chosen: tuple[str, ...] = ()) -> Flow[Reply]:
    """Send a paid request once and return its reply if it has a status of success.

    chosen: the ids that the client has chosen for its jobs.
    """
    answer = yield from ask(request)
    if isinstance(answer, Lost):
        if answer.sent == "no":
            raise errors.Unreachable(
                f"{target.provider.name}: {target.model.id} was not asked, the request never left "
                f"({type(answer.error).__name__}). Sending it again is safe",
                provider=target.provider.name,
                billed=False,
                worth_retry=True,
            ) from answer.error
        told = f"its answer was lost ({type(answer.error).__name__})"
        raise unknown(target, request, sent_at, told, chosen=chosen) from answer.error
    if answer.succeeded:
        return answer
    refused = refusals.refusal(answer, target=target)
    if (
        answer.status >= 500
        and answer.status not in target.errors.statuses
        and str(refused.code) not in target.errors.codes
    ):
        # A gateway may have given up on a request that the provider accepted.
        told = f"a gateway may have answered for the provider ({answer!r})"
        raise unknown(target, request, sent_at, told, reply=answer, chosen=chosen)
    if answer.status >= 500 and refused.billed is not False:
        # A server that fails may have accepted first; only a document that says "not billed" settles it.
        error = unknown(target, request, sent_at, f"the answer was: {refused}", reply=answer, chosen=chosen)
        error.code, error.message = refused.code, refused.message
        raise error
    raise refused


def unknown(
    target: Target,
    request: Request,
    sent_at: float,
    told: str,
    *,
    reply: Reply | None = None,
    chosen: tuple[str, ...] = (),
) -> errors.OutcomeUnknown:
    """Return the exception for a paid request of which nobody knows what became.

    told: what came back. chosen: the ids that the client has chosen for its jobs.
    """
    digest = hashlib.sha256(request.body or b"").hexdigest()
    settled = "Look at the provider's list of jobs or at the balance"
    if len(chosen) == 1:
        settled = f"Ask for the job by the id that was chosen for it, resume({chosen[0]!r}),"
    elif chosen:
        shown = ", ".join(map(repr, chosen[:_SHOWN])) + (", ..." if len(chosen) > _SHOWN else "")
        settled = f"Ask for the jobs by the ids that were chosen for them, resume() of each of {shown} (.job_ids),"
    moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(sent_at))
    error = errors.OutcomeUnknown(
        f"{target.provider.name}: the paid request for {target.model.id} was sent at {moment} and {told}. It may have "
        f"been accepted and billed. {settled} before you send it again. SHA-256 of its body: {digest}",
        provider=target.provider.name,
        job_id=chosen[0] if len(chosen) == 1 else None,
        status=None if reply is None else reply.status,
        reply=reply,
    )
    error.job_ids = chosen
    error.model = target.model.id
    error.sent_at = sent_at
    error.body_sha256 = digest
    return error
