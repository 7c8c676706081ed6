"""A reply that no document describes is an unexpected reply: it is kept whole, with the id of the job."""

from __future__ import annotations

import dataclasses
import json

from hypothesis import strategies as st

from harness import junk
from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face
from harness.failing import TIMEOUT, attempt, drawn, immediate_fails, submit_fails, wait_fails
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import courses, documented, immediate, made, planting
from proviso.answers.documented import Answer
from proviso.answers.scripts import Script
from proviso.drawing import at_once, strategies
from proviso_runtime import errors

_NO_ID: tuple[object, ...] = (None, "", "  ", {}, [], ["id"], True, 1.5)
_NO_RESULT: tuple[object, ...] = (None, "", {}, [], 7)
_BROKEN: dict[ir.Form, tuple[object, ...]] = {
    "url": (*_NO_RESULT, "example.com/a.png", "ftp://example.com/a.png", "http://"),
    "base64": (*_NO_RESULT, " ", "=", "a", "no base64!", "ä", "data:image/png;base64,"),
    "data-uri": (
        *_NO_RESULT,
        "data:",
        "data:,",
        "data:image/png;base64",
        "data:;base64,?",
        "https://example.com/a.png",
    ),
    "text": _NO_RESULT,
    "file": (None, "", " ", ".", {}, [], True, 1.5),
    "bytes": (None,),
}


def _broken(place: ir.ResultsAt) -> list[object]:
    """Return what none of the forms of a place is."""
    every = [value for form in place.forms for value in _BROKEN[form]]
    return [value for value in every if "url" not in place.forms or value != "https://example.com/a.png"]


@few(data=st.data())
def test_an_acceptance_that_cannot_be_read_is_unexpected(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, params = drawn(job_subject, data)
    good = life.script(job_subject)
    assert isinstance(good.submit, Answer)
    strange = data.draw(junk.no_json(good.submit))
    error = submit_fails(job_subject, face, params, dataclasses.replace(good, submit=strange))
    assert type(error) is errors.UnexpectedReply
    assert error.expected
    assert error.expected in str(error)
    assert error.reply is not None
    assert error.reply.content == strange.content


@few(data=st.data())
def test_an_acceptance_without_an_id_is_unexpected(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, params = drawn(job_subject, data)
    course = courses.job(job_subject)
    if course.id == ir.CHOSEN_ID:
        return  # the client knows it without being told
    witness = documented.acceptance(job_subject)
    lost = data.draw(st.sampled_from(_NO_ID))
    gone = planting.without(course.id, witness.body)
    body = data.draw(st.sampled_from([gone, planting.planted(course.id, witness.body, lost)]))
    script = dataclasses.replace(life.script(job_subject), submit=documented.answer(witness, body))
    error = submit_fails(job_subject, face, params, script)
    assert type(error) is errors.UnexpectedReply
    assert course.id in error.expected


@few(data=st.data())
def test_a_poll_that_cannot_be_read_is_unexpected_and_keeps_the_job_id(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = drawn(job_subject, data)
    good = life.script(job_subject)
    assert isinstance(good.polls[-1], Answer)
    error = wait_fails(
        job_subject, face, life.id, dataclasses.replace(good, polls=[data.draw(junk.no_json(good.polls[-1]))])
    )
    assert type(error) is errors.UnexpectedReply
    assert error.job_id == life.id
    assert error.expected in str(error)


@few(data=st.data())
def test_a_poll_without_a_state_is_unexpected_and_keeps_the_job_id(
    stated_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = drawn(stated_subject, data)
    good, states = life.script(stated_subject), courses.job(stated_subject).state
    place = states.at
    assert isinstance(good.polls[-1], Answer)
    shown = json.loads(good.polls[-1].content)
    no_state = planting.planted(place, shown, data.draw(st.sampled_from([[], {}, ["x"], {"name": "x"}])))
    body = (
        no_state
        if states.absent is not None
        else data.draw(st.sampled_from([planting.without(place, shown), no_state]))
    )
    polled = dataclasses.replace(good.polls[-1], content=json.dumps(body).encode())
    error = wait_fails(stated_subject, face, life.id, dataclasses.replace(good, polls=[polled]))
    assert type(error) is errors.UnexpectedReply
    assert error.job_id == life.id
    assert place in error.expected


@few(data=st.data())
def test_a_success_without_a_result_is_unexpected_unless_documented_and_keeps_the_job_id(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = drawn(job_subject, data)
    shape, course = life.shape, courses.job(job_subject)
    empty: object = planting.without(shape.place.at, shape.reply.body)
    if data.draw(st.booleans()):
        empty = made.with_values(shape.place, shape.reply.body, data.draw(st.sampled_from(_broken(shape.place))))
    elif shape.plural and data.draw(st.booleans()):
        empty = planting.planted(shape.place.at, shape.reply.body)
    final = documented.answer(shape.reply, empty)
    good = life.script(job_subject)
    collected = course.collect is not None
    script = dataclasses.replace(good, collects=[final]) if collected else dataclasses.replace(good, polls=[final])
    error = wait_fails(job_subject, face, life.id, script)
    why = None if made.unreadable(shape.place, empty) else made.no_result(course.empty, course.results, empty)
    assert type(error) is (errors.UnexpectedReply if why is None else errors.NoResult)
    assert error.job_id == life.id
    assert error.reply is not None
    assert error.reply.content == final.content


@few(data=st.data())
def test_a_documented_reply_with_a_strange_value_never_ends_in_a_traceback(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, params = drawn(job_subject, data)
    good = life.script(job_subject)
    spoilt = (
        dataclasses.replace(good, submit=data.draw(junk.spoilt(good.submit))),
        dataclasses.replace(good, polls=[data.draw(junk.spoilt(good.polls[-1]))]),
        dataclasses.replace(good, collects=[data.draw(junk.spoilt(good.collects[-1]))]),
    )
    for script in spoilt:
        _ends_well_or_with_an_exception_of_ours(job_subject, face, params, script)


def _ends_well_or_with_an_exception_of_ours(subject: Subject, face: Face, params: Params, script: Script) -> None:
    clock = FakeClock()
    with ProviderMock(subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        submitted = attempt(lambda: line.submit(params))
        waited = attempt(lambda: line.wait(line.resume(script.job_id, addresses=script.links), timeout=TIMEOUT))
    assert mock.count("submit") == 1
    assert waited is None or waited.job_id == script.job_id
    for error in (submitted, waited):
        assert error is None or (str(error) and error.provider == subject.provider.name)


@few(data=st.data())
def test_an_immediate_reply_that_is_no_result_is_unexpected(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    strange = data.draw(
        st.sampled_from(
            [
                Answer(content=b'{"picture": "https://example.com/a.png"}'),
                Answer(content=b"<html></html>", media_type="text/html"),
                Answer(content=b"", media_type="image/png"),
                Answer(content=b"", media_type=""),
                *(
                    [data.draw(junk.no_json(_right(immediate_subject, params, data)))]
                    if _in_json(immediate_subject)
                    else []
                ),
            ]
        )
    )
    ((error, _),) = immediate_fails(immediate_subject, face, params, strange)
    assert type(error) is errors.UnexpectedReply
    assert error.reply is not None
    assert error.reply.content == strange.content


@few(data=st.data())
def test_an_answer_with_a_strange_value_never_ends_in_a_traceback(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    if not _in_json(immediate_subject):
        return
    params = data.draw(strategies.params(immediate_subject))
    strange = data.draw(junk.spoilt(_right(immediate_subject, params, data)))
    clock = FakeClock()
    script = Script(immediate=strange)
    with ProviderMock(immediate_subject, script, library=face.library, clock=clock)() as mock:
        error = attempt(lambda: face.line(immediate_subject, clock).generate_sync(params))
    assert mock.count("immediate") == 1
    if error is not None:
        assert str(error)
        assert error.reply is not None
        assert error.reply.content == strange.content


def _in_json(subject: Subject) -> bool:
    return bool(immediate.call(subject).results)


def _right(subject: Subject, params: Params, data: st.DataObject) -> Answer:
    return data.draw(at_once.answers(subject, params, in_json=True)).reply
