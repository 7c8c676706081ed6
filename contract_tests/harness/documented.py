"""The replies of a provider, made from those that its documents print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from harness import planting
from harness.exact import encoded, plain, same
from harness.subjects import Subject
from proviso import ir, reply_paths


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A reply on its way: status, body and headers."""

    status: int = 200
    content: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A connection that breaks with an exception of the HTTP library, by its name."""

    error: str


Reaction = Answer | Broken


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A documented way to hand over results: the reply that shows it and the path to them."""

    reply: ir.ReplyWitness
    path: str

    @property
    def plural(self) -> bool:
        """Whether there may be several results."""
        return reply_paths.is_plural(self.path)


def job(subject: Subject) -> ir.Job:
    """Return the course of a subject's jobs."""
    assert subject.model.job is not None
    return subject.model.job


def answer(witness: ir.ReplyWitness, body: object) -> Answer:
    """Return a documented reply with another body."""
    return Answer(
        status=witness.status,
        content=encoded(body),
        media_type=witness.media_type,
        headers=dict(witness.headers),
    )


def accepted(subject: Subject, *, job_id: object, reports: Mapping[str, Decimal]) -> Answer:
    """Return the documented acceptance of a job, with this id and these numbers."""
    witness = acceptance(subject)
    body = planting.planted(job(subject).id, witness.body, job_id)
    return answer(witness, _reported(body, job(subject).submit, reports))


def acceptance(subject: Subject) -> ir.ReplyWitness:
    """Return the documented acceptance of a job."""
    return next(one for one in _replies(subject, "submit") if planting.has(job(subject).id, one.body))


def polled(subject: Subject, state: ir.Scalar) -> Answer:
    """Return what a poll says of a job in a state that is no success, or success to be collected."""
    course = job(subject)
    wanted = phase(course, state)
    shown = list(_replies(subject, "poll"))
    alike = [one for one in shown if phase(course, _state(course, one)) == wanted]
    waiting = [one for one in shown if phase(course, _state(course, one)) in ("queued", "running")]
    witness = [*alike, *waiting, *shown][0]
    body = planting.planted(course.state.at, witness.body, plain(state))
    for path in () if wanted == "succeeded" else course.results:
        body = planting.without(path, body)
    return Answer(status=witness.status if alike else course.poll.reads[0], content=encoded(body))


def shapes(subject: Subject) -> Iterator[Shape]:
    """Yield the documented ways to hand over results."""
    course = job(subject)
    for witness in _replies(subject, "poll" if course.collect is None else "collect"):
        for path in course.results:
            found = reply_paths.find(path, witness.body)
            if found and all(isinstance(one, str) for one in found) and _succeeded(course, witness):
                yield Shape(reply=witness, path=path)


def finished(
    subject: Subject, shape: Shape, *, urls: tuple[str, ...], state: ir.Scalar, reports: Mapping[str, Decimal]
) -> Answer:
    """Return the documented reply that hands over results, with these in it."""
    course = job(subject)
    body = planting.planted(shape.path, shape.reply.body, *urls)
    if planting.has(course.state.at, body):
        body = planting.planted(course.state.at, body, plain(state))
    return answer(shape.reply, _reported(body, course.collect or course.poll, reports))


def failed(subject: Subject, state: ir.Scalar, *, code: str | None, message: str | None) -> Answer:
    """Return the documented reply about a failed job, with these reasons in it."""
    course = job(subject)
    shown = [one for one in _replies(subject, "poll") if phase(course, _state(course, one)) == phase(course, state)]
    if not shown or not isinstance(course.failure, ir.Failure):
        return polled(subject, state)
    body = planting.planted(course.state.at, shown[0].body, plain(state))
    for paths, reason in ((course.failure.code, code), (course.failure.message, message)):
        for path in paths:
            if planting.has(path, body):
                body = planting.without(path, body) if reason is None else planting.planted(path, body, reason)
    return answer(shown[0], body)


def failure_says(subject: Subject, state: ir.Scalar) -> tuple[bool, bool]:
    """Say whether the documented reply about a failed job has a code, and whether it has a message."""
    course = job(subject)
    if not isinstance(course.failure, ir.Failure):
        return False, False
    shown = [one for one in _replies(subject, "poll") if phase(course, _state(course, one)) == phase(course, state)]
    body = shown[0].body if shown else None
    return (
        any(planting.has(path, body) for path in course.failure.code),
        any(planting.has(path, body) for path in course.failure.message),
    )


def reported(operation: ir.Operation, body: object) -> dict[str, Decimal]:
    """Return the numbers that a documented reply reports."""
    found = {name: reply_paths.find(path, body) for name, path in operation.reports}
    return {name: Decimal(str(values[0])) for name, values in found.items() if values}


def phase(course: ir.Job, state: object) -> ir.Phase | None:
    """Return what a state means; None for one that is not documented."""
    return next((known for word, known in course.state.phases if same(plain(word), plain(state))), None)


def _reported(body: object, operation: ir.Operation, reports: Mapping[str, Decimal]) -> object:
    for name, path in operation.reports:
        found = reply_paths.find(path, body)
        if found and name in reports:
            body = planting.planted(path, body, str(reports[name]) if isinstance(found[0], str) else reports[name])
    return body


def _replies(subject: Subject, operation: str) -> Iterator[ir.ReplyWitness]:
    return (one for one in subject.model.replies if one.of == operation and one.body is not None)


def _state(course: ir.Job, witness: ir.ReplyWitness) -> object:
    return next(iter(reply_paths.find(course.state.at, witness.body)), None)


def _succeeded(course: ir.Job, witness: ir.ReplyWitness) -> bool:
    state = _state(course, witness)
    return state is None or phase(course, state) == "succeeded"
