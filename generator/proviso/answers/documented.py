"""The replies of a provider, made from those that its documents print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from proviso import ir, reply_paths
from proviso.answers import courses, made, planting
from proviso.answers.courses import Sign, job
from proviso.answers.made import Made
from proviso.oracle.exact import encoded
from proviso.oracle.subject import Params, Subject

_CODES = (None, "CONTENT_VIOLATION", "SomethingNew", "E_42")
_REASONS = (None, "the picture was blocked", "out of memory", "Prompt is Mandatory and must be string")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A reply on its way: status, body and headers.

    chunks: the body in pieces. breaks: how the connection breaks after them, by an exception of the HTTP library.
    """

    status: int = 200
    content: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    chunks: tuple[bytes, ...] = ()
    breaks: str | None = None


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A connection that breaks with an exception of the HTTP library, by its name."""

    error: str


Reaction = Answer | Broken


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A documented way to hand over results: the reply that shows it and where they stand in it."""

    reply: ir.ReplyWitness
    place: ir.ResultsAt

    @property
    def plural(self) -> bool:
        """Whether there may be several results."""
        return reply_paths.is_plural(self.place.at)


def answer(witness: ir.ReplyWitness, body: object) -> Answer:
    """Return a documented reply with another body."""
    return Answer(
        status=witness.status,
        content=encoded(body),
        media_type=witness.media_type,
        headers=dict(witness.headers),
    )


def accepted(
    subject: Subject, *, job_id: object, reports: Mapping[str, Decimal], links: Mapping[str, str] | None = None
) -> Answer:
    """Return the documented acceptance of a job, with this id, these numbers and these addresses."""
    return identified(subject, acceptance(subject), job_id=job_id, reports=reports, links=links)


def identified(
    subject: Subject,
    witness: ir.ReplyWitness,
    *,
    job_id: object,
    reports: Mapping[str, Decimal],
    links: Mapping[str, str] | None = None,
) -> Answer:
    """Return a documented reply to submit, with this id, these numbers and these addresses."""
    chosen = job(subject).id == ir.CHOSEN_ID
    body = witness.body if chosen else planting.planted(job(subject).id, witness.body, job_id)
    return answer(witness, linked(subject, _reported(body, job(subject).submit, reports), links or {}))


@cache
def acceptance(subject: Subject) -> ir.ReplyWitness:
    """Return the documented acceptance of a job that goes on."""
    course = job(subject)
    shown = [one for one in _replies(subject, "submit") if _accepts(course, one)]
    ended = ("succeeded", "failed", "cancelled", "moderated", "expired")
    return next(one for one in shown if not course.like_poll or courses.sign(course, one).phase not in ended)


def _accepts(course: ir.Job, reply: ir.ReplyWitness) -> bool:
    if course.id == ir.CHOSEN_ID:
        return reply.status < 400 and not reply.refuses
    return planting.has(course.id, reply.body)


def linked(subject: Subject, body: object, links: Mapping[str, str]) -> object:
    """Return a reply with these addresses for the calls about its job, as far as it has places for them."""
    for what, place in courses.links(job(subject)).items():
        if what in links and planting.has(place, body):
            body = planting.planted(place, body, links[what])
    return body


def polled(sign: Sign) -> Answer:
    """Return the reply to a poll that tells something."""
    return Answer(status=sign.status, content=encoded(sign.body), media_type=sign.source.media_type)


def resolves(subject: Subject, results: Sequence[Made], place: ir.ResultsAt) -> dict[str, Reaction]:
    """Return what the provider answers when it is asked where the files of results are: id -> reply."""
    if place.resolve is None:
        return {}
    witness = next(one for one in _replies(subject, "resolve") if planting.has(place.resolve.at, one.body))
    return {one.wire: answer(witness, planting.planted(place.resolve.at, witness.body, one.url)) for one in results}


def typed(shape: Shape, result: Made) -> Made:
    """Return a result with the type that its reply names, where the body is the result itself."""
    return replace(result, media_type=shape.reply.media_type) if shape.place.forms == ("bytes",) else result


def filed(places: Sequence[ir.ResultsAt], body: object) -> list[Made]:
    """Return the results that a documented reply names by the ids of their files, each with some address."""
    return [
        Made(wire=str(file), content=b"", url=f"https://files.test/{number}")
        for place in places
        if place.resolve is not None
        for number, file in enumerate(reply_paths.find(place.whole, body))
    ]


def shapes(subject: Subject, params: Params | None = None) -> Iterator[Shape]:
    """Yield the documented ways to hand over what the model is for, to a request where one is given."""
    course = job(subject)
    last = "poll" if course.collect is None else "collect"
    for witness in subject.model.replies:
        if witness.of == last and witness.body is None and courses.sign(course, witness).phase == "succeeded":
            yield from (Shape(reply=witness, place=one) for one in course.results if one.forms == ("bytes",))
    for witness in _replies(subject, last):
        told = courses.sign(course, witness)
        if told.phase != "succeeded" and not (told.state is None and course.collect is not None):
            continue
        for place in made.fitting(course.results, params):
            items = [one for one in reply_paths.find(place.at, witness.body) if not made.failed(place, one)]
            found = [value for one in items for value in reply_paths.find(place.value, one)]
            wanted = (place.kind or subject.model.output.kind) == subject.model.output.kind
            if wanted and found and all(isinstance(one, str) for one in found):
                yield Shape(reply=witness, place=place)


def finished(
    subject: Subject,
    shape: Shape,
    *,
    results: tuple[Made, ...],
    state: object,
    reports: Mapping[str, Decimal],
    failures: Sequence[object] = (),
) -> Answer:
    """Return the documented reply that hands over results, with these and this word for success in it.

    failures: failed results that come before them, as the documents show such.
    """
    course = job(subject)
    if shape.place.forms == ("bytes",):
        return Answer(status=shape.reply.status, content=results[0].content, media_type=shape.reply.media_type)
    body = made.planted(shape.place, succeeding(subject, shape, state).body, results, before=failures)
    return answer(shape.reply, _reported(body, course.collect or course.poll, reports))


def succeeding(subject: Subject, shape: Shape, state: object) -> Sign:
    """Return the reply that hands over results, with this word for success as far as the reply can say it."""
    sign = courses.sign(job(subject), shape.reply)
    said = courses.saying(job(subject), sign, state)
    return sign if said is None or said.phase != "succeeded" else said


@dataclass(frozen=True, kw_only=True)
class Failing:
    """A reply about a failed job, and the reasons that it gives."""

    reply: Answer
    code: object
    message: object


def failing(subject: Subject, sign: Sign) -> list[Failing]:
    """Return replies about a failed job: that of the page, and those with other reasons or none at their places."""
    course = job(subject)
    bodies = [_reasoned(course, sign.body, code, message) for code in _CODES for message in _REASONS]
    return [
        Failing(reply=polled(replace(sign, body=body)), code=code, message=message)
        for body in (sign.body, *bodies)
        if courses.phase(course, sign.status, body) == sign.phase  # the code may be what tells one failure from another
        for code, message in [reasons(course, body)]
    ]


def _reasoned(course: ir.Job, body: object, code: str | None, message: str | None) -> object:
    if isinstance(course.failure, ir.Failure):
        for paths, reason in ((course.failure.code, code), (course.failure.message, message)):
            for path in paths:
                if planting.has(path, body):
                    body = planting.without(path, body) if reason is None else planting.planted(path, body, reason)
    return body


def reasons(course: ir.Job, body: object) -> tuple[object, object]:
    """Return the code and the message that a reply about a failed job has at the documented places."""
    if not isinstance(course.failure, ir.Failure):
        return None, None
    codes, messages = (
        [[value for value in reply_paths.find(path, body) if isinstance(value, str | int | Decimal)] for path in paths]
        for paths in (course.failure.code, course.failure.message)
    )
    code = next((found[0] for found in codes if found), None)
    return code, next(("; ".join(map(str, found)) for found in messages if found), None)


def reported(operation: ir.Operation | ir.Fetch, body: object) -> dict[str, Decimal]:
    """Return the numbers that a documented reply reports."""
    found = {name: reply_paths.find(path, body) for name, path in operation.reports}
    return {name: Decimal(str(values[0])) for name, values in found.items() if values}


def _reported(body: object, operation: ir.Operation | ir.Fetch, reports: Mapping[str, Decimal]) -> object:
    for name, path in operation.reports:
        found = reply_paths.find(path, body)
        if found and name in reports:
            body = planting.planted(path, body, str(reports[name]) if isinstance(found[0], str) else reports[name])
    return body


def _replies(subject: Subject, operation: str) -> Iterator[ir.ReplyWitness]:
    return (one for one in subject.model.replies if one.of == operation and one.body is not None)
