"""A job that is finished in the reply to its submission needs no poll, and a submission waits as long as it is asked to."""

from __future__ import annotations

import math
from functools import partial
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import Face
from harness.failing import attempt
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import ir
from proviso.answers import courses, documented, made
from proviso.answers.documented import Broken
from proviso.answers.scripts import Script
from proviso.drawing import strategies, transcripts
from proviso.oracle import meaning
from proviso.oracle.exact import plain
from proviso_runtime import errors

_ID = "id-of-the-tests"


@once(data=st.data())
def test_a_job_that_is_finished_in_the_reply_to_submit_needs_no_poll(
    instant_subject: Subject, face: Face, data: st.DataObject
) -> None:
    course, params = courses.job(instant_subject), data.draw(strategies.params(instant_subject))
    for witness, phase in _ended(instant_subject):
        body = plain(witness.body)
        submit = documented.identified(instant_subject, witness, job_id=_ID, reports={})
        clock = FakeClock()
        mock = ProviderMock(instant_subject, Script(job_id=_ID, submit=submit), library=face.library, clock=clock)
        with mock():
            line = face.line(instant_subject, clock)
            job = line.submit(params)
            assert job.id == _ID
            if phase == "succeeded":
                done = line.wait(job)
                kind = instant_subject.model.output.kind
                handed = [what for what, _ in line.handed(done, kind)]
                assert handed == made.documented(instant_subject, course.results, body, kind)
            else:
                ended = attempt(partial(line.wait, job))
                assert isinstance(ended, errors.JobExpired if phase == "expired" else errors.JobFailed)
                assert ended.job_id == _ID
        assert mock.count("submit") == len(mock.sent) == 1


def _ended(subject: Subject) -> list[tuple[ir.ReplyWitness, ir.Phase]]:
    course = courses.job(subject)
    replies = [one for one in subject.model.replies if one.of == "submit" and one.status < 300]
    told = [(one, courses.repeated(course, one.status, plain(one.body))) for one in replies]
    found = [(one, phase) for one, phase in told if phase in transcripts.ENDS]
    assert "succeeded" in [phase for _, phase in found]
    return found


@few(data=st.data())
def test_a_reply_to_submit_is_news_once_and_then_the_job_is_asked_about(
    instant_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(instant_subject, phases=("succeeded",)))
    witness = next(one for one, phase in _ended(instant_subject) if phase == "succeeded")
    script = life.script(instant_subject)
    submit = documented.identified(instant_subject, witness, job_id=life.job_id, reports={}, links=life.links)
    clock = FakeClock()
    mock = ProviderMock(
        instant_subject, Script(job_id=life.id, links=life.links, submit=submit, polls=script.polls[-1:]),
        library=face.library, clock=clock,
    )  # fmt: skip
    with mock():
        line = face.line(instant_subject, clock)
        job = line.submit(data.draw(strategies.params(instant_subject)))
        line.wait(job)
        assert mock.count("poll") == 0
        line.wait(job)
    assert mock.count("submit", "poll") == 2


@few(data=st.data())
def test_a_submission_waits_for_as_long_as_it_is_asked_to(
    patient_subject: Subject, face: Face, data: st.DataObject
) -> None:
    mode = _mode(patient_subject)
    patience = data.draw(st.sampled_from([0.5, 1, 7.5, float(mode.most)]))
    life = data.draw(transcripts.transcripts(patient_subject, phases=("succeeded",)))
    params = data.draw(strategies.params(patient_subject))
    script = life.script(patient_subject)
    clock = FakeClock()
    slow = Script(job_id=life.id, links=life.links, slow=patience, submit=script.submit, polls=script.polls)
    with ProviderMock(patient_subject, slow, library=face.library, clock=clock)() as mock:
        line = face.line(patient_subject, clock)
        job = line.submit(params, patience=patience)
        heard = clock.monotonic()
        line.wait(job, timeout=1e5)
    submitted, first, *_ = mock.sent
    text = mode.value.replace("{seconds}", str(math.ceil(patience)))
    if mode.where == "header":
        assert submitted.headers[mode.name.lower()] == text
    else:
        assert f"{mode.name}={quote(text, safe='')}" in urlsplit(submitted.url).query.split("&")
    assert submitted.patience >= 60 + patience
    pace = meaning.pace(patient_subject.model, params)
    if pace.every is not None:
        start = submitted.at + float(pace.every if pace.first is None else pace.first)
        assert first.at == pytest.approx(max(start, heard + meaning.pause(pace, heard - submitted.at)))


@once(data=st.data())
def test_nothing_is_asked_to_wait_that_nobody_wants_to(
    patient_subject: Subject, data: st.DataObject, face: Face
) -> None:
    mode = _mode(patient_subject)
    life = data.draw(transcripts.transcripts(patient_subject))
    clock = FakeClock()
    script = life.script(patient_subject)
    with ProviderMock(patient_subject, script, library=face.library, clock=clock)() as mock:
        face.line(patient_subject, clock).submit(data.draw(strategies.params(patient_subject)))
    (sent,) = mock.sent
    assert mode.name.lower() not in sent.headers
    assert "?" not in sent.url


@once(data=st.data())
def test_a_patience_that_cannot_be_is_refused_before_anything_is_paid(
    patient_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(patient_subject))
    clock = FakeClock()
    with ProviderMock(patient_subject, Script(), library=face.library, clock=clock)() as mock:
        line = face.line(patient_subject, clock)
        for wrong in (0, -1, math.nan, math.inf, float(_mode(patient_subject).most) + 1, "5", True):
            with pytest.raises((TypeError, ValueError)):
                line.submit(params, patience=wrong)
            with pytest.raises((TypeError, ValueError)):
                line.generate(params, patience=wrong)
    assert mock.sent == []


@few(data=st.data())
def test_a_wait_whose_answer_is_lost_leaves_the_paid_request_unknown(
    patient_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(patient_subject))
    lost = Script(submit=Broken(error=data.draw(st.sampled_from(["ReadTimeout", "ReadError"]))), slow=5)
    clock = FakeClock()
    with ProviderMock(patient_subject, lost, library=face.library, clock=clock)() as mock:
        error = attempt(lambda: face.line(patient_subject, clock).submit(params, patience=5))
    assert type(error) is errors.OutcomeUnknown
    assert mock.count("submit") == len(mock.sent) == 1


def _mode(subject: Subject) -> ir.Patience:
    mode = courses.job(subject).wait
    assert mode is not None
    return mode
