"""What a reply tells at first sight: that something was accepted or refused, and why as far as documents say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso import ir, reply_matches, reply_paths
from proviso.answers import courses
from proviso.conform.exchanges import Reply
from proviso.oracle.exact import same
from proviso.oracle.subject import Subject

Sort = Literal["accepted", "refused", "unauthorized", "elsewhere", "busy", "odd"]
"""refused: the request itself. unauthorized: the key. elsewhere: there is no such call. busy: not now. odd: none of these."""

ENDS = ("succeeded", "failed", "cancelled", "expired", "moderated")
"""Phases in which a job stays."""
_USUAL = {
    401: "unauthorized",
    402: "out-of-credit",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    408: "timeout",
    410: "retired",
    429: "rate-limited",
}
_SORTS: dict[str, Sort] = {
    "unauthorized": "unauthorized",
    "not-found": "elsewhere",
    "method-not-allowed": "elsewhere",
    "retired": "elsewhere",
    "rate-limited": "busy",
    "out-of-credit": "busy",
    "timeout": "busy",
    "server": "busy",
    "unavailable": "busy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reply to a paid call tells. means: the word for a refusal. job_id: of the job that was started."""

    sort: Sort
    means: str | None = None
    job_id: str | None = None


def of_paid(subject: Subject, reply: Reply, *, job: bool) -> Told:
    """Return what the reply to a paid call tells. job: whether it starts a job, or answers at once."""
    means = refusal(subject, reply)
    course = subject.model.job if job else None
    found = None if course is None or reply.status >= 400 else job_id(course, reply)
    if found is not None:
        return Told(sort="accepted", job_id=found)
    if means is not None:
        return Told(sort=_SORTS.get(means, "refused"), means=means)
    return Told(sort="odd" if reply.status >= 300 or reply.text is not None else "accepted")


def refusal(subject: Subject, reply: Reply) -> str | None:
    """Return the word for what a refusal means, the status's where no document says more; None where it refuses nothing."""
    errors = subject.model.errors
    codes: dict[str, str] = {}
    statuses: dict[int, str] = {}
    in_success: ir.Matches = ()
    if not isinstance(errors, ir.Unknown):
        codes = {one.code: one.means for one in errors.codes}
        statuses = {one.status: one.means for one in errors.statuses}
        in_success = errors.in_success
        for path in errors.code:
            for value in reply_paths.find(path, reply.body):
                if str(value) in codes and (reply.status >= 400 or not is_ok(subject, reply)):
                    return codes[str(value)]
    if reply.status in statuses:
        return statuses[reply.status]
    if reply.status >= 400:
        return _USUAL.get(reply.status, "server" if reply.status >= 500 else "invalid")
    if in_success and reply_matches.hold(in_success, reply.body):
        return "invalid"
    return None if is_ok(subject, reply) else "invalid"


def is_ok(subject: Subject, reply: Reply) -> bool:
    """Tell whether the envelope of a reply says yes, or is not there to say anything."""
    envelope = subject.provider.envelope
    if envelope is None or reply.content is not None:
        return True
    found = reply_paths.find(envelope.at, reply.body)
    return not found or any(same(found[0], one) for one in envelope.ok)


def job_id(course: ir.Job, reply: Reply) -> str | None:
    """Return the id of a job that was started; None where a reply has none."""
    if course.id == ir.CHOSEN_ID:
        return None
    found = [one for one in reply_paths.find(course.id, reply.body) if isinstance(one, str | int) and one != ""]
    return None if not found or isinstance(found[0], bool) else str(found[0])


def phase(course: ir.Job, reply: Reply) -> ir.Phase | None:
    """Return the phase that a reply to a poll means; None where nobody documented it."""
    return courses.phase(course, reply.status, reply.body)


def word(course: ir.Job, reply: Reply) -> object:
    """Return the provider's word for the state of a job; None where a reply has none."""
    return courses.state(course, reply.status, reply.body)
