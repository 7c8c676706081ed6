"""What the mock answers about a job: the documented replies with its id, its numbers and its results in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from proviso import ir
from proviso.answers import courses, documented, immediate, made, planting
from proviso.answers.courses import Sign
from proviso.answers.documented import Answer, Shape
from proviso.mock import adapting, handing
from proviso.mock import works as making
from proviso.mock.adapting import Stage, Told
from proviso.mock.handing import Delivery
from proviso.mock.jobs import Job
from proviso.oracle.exact import plain
from proviso.oracle.subject import Subject


def accepted(job: Job, stage: Stage) -> Answer:
    """Return the acceptance of a job."""
    course = courses.job(job.subject)
    witness = documented.acceptance(job.subject)
    body = plain(witness.body)
    if course.id != ir.CHOSEN_ID:
        body = planting.planted(course.id, witness.body, job.wire_id)
    return _told(job, replace(_acceptance(job.subject), body=body), course.submit, stage)


@cache
def _acceptance(subject: Subject) -> Sign:
    return courses.sign(courses.job(subject), documented.acceptance(subject))


def accepted_late(job: Job, stage: Stage) -> Answer:
    """Return the acceptance of a job that was waited for, which tells what a poll would."""
    if job.phase == "queued" or not courses.job(job.subject).like_poll:
        return accepted(job, stage)
    return replace(polled(job, stage), status=documented.acceptance(job.subject).status)


def all_accepted(subject: Subject, jobs: Sequence[Job], stage: Stage, told: Sequence[Told]) -> Answer:
    """Return the acceptance of all the jobs that one call started. told: the numbers of each."""
    course, witness = courses.job(subject), documented.acceptance(subject)
    body = adapting.adapted(plain(witness.body), jobs[0], stage)
    if course.id != ir.CHOSEN_ID:
        body = planting.planted(course.id, body, *(job.wire_id for job in jobs))
    return documented.answer(witness, adapting.numbered(body, course.submit, *told))


def polled(job: Job, stage: Stage) -> Answer:
    """Return what a poll tells of a job."""
    course = courses.job(job.subject)
    if job.phase == "succeeded" and course.collect is None and job.life.shape is not None:
        return collected(job, stage)
    sign = job.step.sign
    if job.stopped is not None:
        known = courses.signs(job.subject)
        sign = next((one for phase in ("cancelled", "failed") for one in known if one.phase == phase), sign)
    return _told(job, sign, course.poll, stage)


def collected(job: Job, stage: Stage) -> Answer:
    """Return the final reply of a job: its results, or why there are none."""
    subject, shape = job.subject, job.life.shape
    course = courses.job(subject)
    if shape is None or job.phase != "succeeded":
        return _unfinished(job, stage)
    if shape.place.forms == ("bytes",):
        media_type = job.works[0].media_type
        return Answer(status=shape.reply.status, content=stage.draw(job.works[0]), media_type=media_type)
    sign = documented.succeeding(subject, shape, job.step.sign.state)
    body = adapting.adapted(plain(sign.body), job, stage)
    delivery = Delivery(subject=subject, params=job.params, works=job.works, token=job.token, failing=job.failing)
    body = _with_results(delivery, shape, body, stage)
    return _numbered(sign, body, course.collect or course.poll, stage)


def cancelled(job: Job, stage: Stage) -> Answer:
    """Return what the call that cancels a job tells."""
    shown = next((one for one in job.subject.model.replies if one.of == "cancel" and one.status < 300), None)
    if shown is None:
        return Answer(content=b"{}")
    course = courses.job(job.subject)
    return _told(job, courses.sign(course, shown), course.poll, stage)


def at_once(delivery: Delivery, shape: Shape, stage: Stage) -> Answer:
    """Return JSON that holds results at once."""
    call = immediate.call(delivery.subject)
    body = _with_results(delivery, shape, plain(shape.reply.body), stage)
    return documented.answer(shape.reply, adapting.numbered(body, call.operation, stage.told))


def _with_results(delivery: Delivery, shape: Shape, body: object, stage: Stage) -> object:
    """Put results at their places, those of what the model is for after some that failed."""
    subject, main = delivery.subject, shape.place.kind or delivery.subject.model.output.kind
    failed = made.failures(subject, shape.place)[:1] * delivery.failing
    mine = [one for one in delivery.works if one.kind == main]
    results = handing.handed(shape.place, mine, stage, token=delivery.token)
    body = made.planted(shape.place, body, results, before=failed)
    for place in making.beside(subject, delivery.params, shape):
        others = [one for one in delivery.works if one.kind == place.kind]
        body = made.planted(place, body, handing.handed(place, others, stage, token=delivery.token))
    return body


def _unfinished(job: Job, stage: Stage) -> Answer:
    """Return what a job without results answers to whoever collects them."""
    course = courses.job(job.subject)
    if job.life.withheld is not None and job.has_ended:
        withheld = job.life.withheld.reply
        return documented.answer(withheld, adapting.adapted(plain(withheld.body), job, stage))
    shown = (one for one in job.subject.model.replies if one.of == "collect" and one.body is not None)
    told = (courses.sign(course, one) for one in shown)
    sign = next((one for one in told if one.phase == job.phase), None)
    return polled(job, stage) if sign is None else _told(job, sign, course.collect or course.poll, stage)


def _told(job: Job, sign: Sign, call: ir.Operation | ir.Fetch, stage: Stage) -> Answer:
    return _numbered(sign, adapting.adapted(plain(sign.body), job, stage), call, stage)


def _numbered(sign: Sign, body: object, call: ir.Operation | ir.Fetch, stage: Stage) -> Answer:
    return replace(documented.answer(sign.source, adapting.numbered(body, call, stage.told)), status=sign.status)
