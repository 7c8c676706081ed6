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


def pay(target: Target, request: Request, *, sent_at: float) -> Flow[Reply]:
    """Send a paid request once and return its reply if it has a status of success."""
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
        raise unknown(target, request, sent_at, told) from answer.error
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
        raise unknown(target, request, sent_at, told, reply=answer)
    if answer.status >= 500 and refused.billed is not False:
        # A server that fails may have accepted first; only a document that says "not billed" settles it.
        error = unknown(target, request, sent_at, f"the answer was: {refused}", reply=answer)
        error.code, error.message = refused.code, refused.message
        raise error
    raise refused


def unknown(
    target: Target, request: Request, sent_at: float, told: str, reply: Reply | None = None
) -> errors.OutcomeUnknown:
    """Return the exception for a paid request of which nobody knows what became. told: what came back."""
    digest = hashlib.sha256(request.body or b"").hexdigest()
    moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(sent_at))
    error = errors.OutcomeUnknown(
        f"{target.provider.name}: the paid request for {target.model.id} was sent at {moment} and {told}. It may have "
        "been accepted and billed. Look at the provider's list of jobs or at the balance before you send it again. "
        f"SHA-256 of its body: {digest}",
        provider=target.provider.name,
        status=None if reply is None else reply.status,
        reply=reply,
    )
    error.model = target.model.id
    error.sent_at = sent_at
    error.body_sha256 = digest
    return error
