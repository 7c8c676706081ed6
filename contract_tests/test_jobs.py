"""A job ends exactly when its documents say so, and is asked about when they say so."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import FACES, Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import ir
from proviso.answers import courses, documented
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso.oracle import meaning
from proviso_runtime import errors, jobs

_LONG = 1e5  # seconds


@few(data=st.data())
def test_a_job_ends_at_the_first_terminal_state(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params))
    clock, seen = FakeClock(), list[jobs.Update]()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        job = line.submit(params)
        assert job.id == life.id
        assert job.reported == life.submit_reports
        if life.phase == "succeeded":
            done = line.wait(job, timeout=_LONG, on_update=seen.append)
            assert done.job_id == life.id
            assert line.handed(done, job_subject.model.output.kind) == life.handed
            assert done.reported == {**life.submit_reports, **_told_by_the_last_poll(job_subject, life), **life.reports}
        else:
            _ends_badly(life, lambda: line.wait(job, timeout=_LONG, on_update=seen.append))
    assert mock.count("submit") == 1
    assert mock.count("poll") == len(life.before) + 1
    told = [(update.state, update.phase, update.polls, update.job_id) for update in seen]
    assert told == [
        (sign.state, sign.phase or "unknown", number + 1, life.id)
        for number, sign in enumerate((*life.before, life.end))
    ]


def _ends_badly(life: Transcript, wait: Callable[[], object]) -> None:
    expected = errors.JobExpired if life.phase == "expired" else errors.JobFailed
    with pytest.raises(expected) as ended:
        wait()
    assert ended.value.job_id == life.id
    if isinstance(ended.value, errors.JobFailed):
        assert ended.value.state == life.end.state
        assert ended.value.phase == life.phase
        assert ended.value.code == life.failing.code
        assert ended.value.message == life.failing.message


@few(data=st.data())
def test_a_state_that_is_not_documented_is_waited_on_until_the_deadline(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    strange = data.draw(st.sampled_from(courses.unknown(job_subject)))
    life = data.draw(transcripts.transcripts(job_subject, phases=("succeeded",)))
    timeout = data.draw(st.sampled_from([0.0, 1.0, 30.5]))
    endless = dataclasses.replace(life, before=(strange,)).script(job_subject, loop=True)
    clock = FakeClock()
    with ProviderMock(job_subject, endless, library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        job = line.submit(data.draw(strategies.params(job_subject)))
        start = clock.monotonic()
        with pytest.raises(errors.WaitTimeout) as over:
            line.wait(job, timeout=timeout)
    assert over.value.job_id == life.id
    assert over.value.state == strange.state
    assert clock.monotonic() - start == pytest.approx(timeout)
    assert mock.count("submit") == 1
    assert mock.sent[-1].at == pytest.approx(clock.monotonic())


@once(data=st.data())
def test_a_state_that_is_not_documented_is_named_at_the_deadline(job_subject: Subject, data: st.DataObject) -> None:
    face = FACES[0]
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    unnamed: list[object] = []
    for strange in courses.unknown(job_subject):
        endless = dataclasses.replace(life, before=(strange,)).script(job_subject, loop=True)
        clock = FakeClock()
        with ProviderMock(job_subject, endless, library=face.library, clock=clock)():
            line = face.line(job_subject, clock)
            with pytest.raises(errors.WaitTimeout) as over:
                line.wait(line.submit(params), timeout=0)
        if str(strange.state).strip() not in str(over.value):
            unnamed.append(strange.state)
    assert unnamed == []


@once(data=st.data())
def test_a_wait_lasts_as_long_as_documented(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    strange = courses.unknown(job_subject)[0]
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    endless = dataclasses.replace(life, before=(strange,)).script(job_subject, loop=True)
    clock = FakeClock()
    with ProviderMock(job_subject, endless, library=face.library, clock=clock)():
        line = face.line(job_subject, clock)
        job = line.submit(params)
        start = clock.monotonic()
        with pytest.raises(errors.WaitTimeout):
            line.wait(job)
    limit = meaning.pace(job_subject.model, params).limit
    assert clock.monotonic() - start == pytest.approx(jobs.TIMEOUT if limit is None else float(limit))


@few(data=st.data())
def test_polls_keep_the_documented_schedule(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        line.wait(line.submit(params), timeout=_LONG)
    asked = [one.at for one in mock.sent if one.operation in ("submit", "poll")]
    pauses = [after - before for before, after in itertools.pairwise(asked)]
    pace = meaning.pace(job_subject.model, params)
    first = pace.every if pace.first is None else pace.first
    if first is not None:
        assert pauses[0] == pytest.approx(float(first))
    if pace.every is not None:
        assert pauses[1:] == pytest.approx([meaning.pause(pace, at - asked[0]) for at in asked[1:-1]])
    else:
        _grows(pauses[1:], pace)


def _grows(pauses: list[float], pace: ir.Pace) -> None:
    """Where nothing is documented, pauses are never shorter than before and never endless."""
    assert all(0 < pause < 60 for pause in pauses), pace
    assert pauses == sorted(pauses)
    assert not any(math.isnan(pause) for pause in pauses)


@few(data=st.data())
def test_a_job_is_taken_up_by_its_id_and_asked_about_at_once(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(job_subject, phases=("succeeded",)))
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        start = clock.monotonic()
        done = line.wait(line.resume(life.id, addresses=life.links), timeout=_LONG)
    assert line.handed(done, job_subject.model.output.kind) == life.handed
    assert mock.count("submit") == 0
    assert mock.sent[0].at == start
    pace = meaning.pace(job_subject.model, None)
    polls = [one.at for one in mock.sent if one.operation == "poll"]
    if pace.every is not None:
        pauses = [after - before for before, after in itertools.pairwise(polls)]
        assert pauses == pytest.approx([meaning.pause(pace, at - start) for at in polls[:-1]])


@few(data=st.data())
def test_a_wait_that_is_over_can_be_taken_up_again(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",), least=1))
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        job = line.submit(params)
        with pytest.raises(errors.WaitTimeout) as over:
            line.wait(job, timeout=0)
        done = line.wait(job, timeout=_LONG)
    assert over.value.job_id == life.id
    assert line.handed(done, job_subject.model.output.kind) == life.handed
    assert mock.count("submit") == 1
    assert mock.count("poll") == len(life.before) + 1


def _told_by_the_last_poll(subject: Subject, life: Transcript) -> dict[str, Decimal]:
    """Return what the poll reports where the result is fetched by a call of its own."""
    course = courses.job(subject)
    return {} if course.collect is None else documented.reported(course.poll, life.end.body)
