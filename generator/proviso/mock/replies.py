"""What the mock answers about a job: the documented replies with its id, its numbers and its results in them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from proviso import ir
from proviso.answers import courses, documented, made, planting
from proviso.answers.courses import Sign
from proviso.answers.documented import Answer, Shape
from proviso.answers.made import Made
from proviso.mock import adapting
from proviso.mock.adapting import Stage, Told
from proviso.mock.jobs import Job
from proviso.mock.works import Work
from proviso.oracle.exact import encoded, plain
from proviso.oracle.subject import Subject

FILES = "/__proviso__/files"
"""Where the mock serves results."""


def accepted(job: Job, stage: Stage) -> Answer:
    """Return the acceptance of a job."""
    course = courses.job(job.subject)
    witness = documented.acceptance(job.subject)
    body = plain(witness.body)
    if course.id != ir.CHOSEN_ID:
        body = planting.planted(course.id, witness.body, job.wire_id)
    return _told(job, replace(courses.sign(course, witness), body=body), course.submit, stage)


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
    results = handed(shape.place, job.works, stage, token=job.token)
    if shape.place.forms == ("bytes",):
        return Answer(status=shape.reply.status, content=results[0].content, media_type=job.works[0].media_type)
    failed = made.failures(subject, shape.place)[:1] * job.failing
    sign = documented.succeeding(subject, shape, job.step.sign.state)
    body = made.planted(shape.place, adapting.adapted(plain(sign.body), job, stage), results, before=failed)
    return _numbered(sign, body, course.collect or course.poll, stage)


def cancelled(job: Job, stage: Stage) -> Answer:
    """Return what the call that cancels a job tells."""
    shown = next((one for one in job.subject.model.replies if one.of == "cancel" and one.status < 300), None)
    if shown is None:
        return Answer(content=b"{}")
    course = courses.job(job.subject)
    return _told(job, courses.sign(course, shown), course.poll, stage)


def at_once(subject: Subject, shape: Shape, works: Sequence[Work], stage: Stage, *, token: str) -> Answer:
    """Return JSON that holds results at once."""
    call = subject.model.immediate
    assert call is not None
    results = handed(shape.place, works, stage, token=token)
    body = made.planted(shape.place, shape.reply.body, results)
    body = adapting.numbered(body, call.operation, stage.told)
    return Answer(status=shape.reply.status, content=encoded(body), media_type=shape.reply.media_type)


def handed(place: ir.ResultsAt, works: Sequence[Work], stage: Stage, *, token: str) -> tuple[Made, ...]:
    """Write results as a place documents them."""
    return tuple(_handed(place, one, stage, token) for one in works)


def address(work: Work, *, token: str, origin: str) -> str:
    """Return where a result is served."""
    return f"{origin}{FILES}/{token}/{work.number}.{work.ending}"


def file_id(work: Work, *, token: str) -> str:
    """Return the id of the file of a result."""
    return f"{token}-{work.number}"


def _handed(place: ir.ResultsAt, work: Work, stage: Stage, token: str) -> Made:
    form, url = place.forms[0], address(work, token=token, origin=stage.shelf)
    match form:
        case "url":
            return Made(wire=url, content=b"", url=url, type_=work.media_type)
        case "file":
            return Made(wire=file_id(work, token=token), content=b"", url=url, type_=work.media_type)
        case "base64":
            return Made(wire=base64.b64encode(stage.draw(work)).decode(), content=b"", type_=work.media_type)
        case "data-uri":
            wire = f"data:{work.media_type};base64,{base64.b64encode(stage.draw(work)).decode()}"
            return Made(wire=wire, content=b"", type_=work.media_type)
        case "text":
            return Made(wire=stage.draw(work).decode(), content=b"", type_=work.media_type)
        case "bytes":
            return Made(wire="", content=stage.draw(work), media_type=work.media_type)
        case _:
            assert_never(form)


def _unfinished(job: Job, stage: Stage) -> Answer:
    """Return what a job without results answers to whoever collects them."""
    course = courses.job(job.subject)
    shown = (one for one in job.subject.model.replies if one.of == "collect" and one.body is not None)
    told = (courses.sign(course, one) for one in shown)
    sign = next((one for one in told if one.phase == job.phase), None)
    return polled(job, stage) if sign is None else _told(job, sign, course.collect or course.poll, stage)


def _told(job: Job, sign: Sign, call: ir.Operation | ir.Fetch, stage: Stage) -> Answer:
    return _numbered(sign, adapting.adapted(plain(sign.body), job, stage), call, stage)


def _numbered(sign: Sign, body: object, call: ir.Operation | ir.Fetch, stage: Stage) -> Answer:
    return replace(documented.answer(sign.source, adapting.numbered(body, call, stage.told)), status=sign.status)
