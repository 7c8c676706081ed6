"""What succeeded hands over all that came, and tells what did not come and why."""

from __future__ import annotations

import dataclasses
import json

from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few
from harness.faces import AtOnce, Done, Face
from harness.failing import wait_fails
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import reply_paths
from proviso.answers import courses, documented, made
from proviso.answers.documented import Answer
from proviso.drawing import at_once, strategies, transcripts
from proviso_runtime import errors, jobs, jsontext

_UNHEARD = {"unheard_of": [1.50, {"deep": None, "ä": 2**70}], "": True}


@few(data=st.data())
def test_results_that_failed_are_told_beside_those_that_came(
    failing_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(failing_subject))
    life = data.draw(transcripts.transcripts(failing_subject, params=params, phases=("succeeded",)))
    failed = made.failures(failing_subject, life.shape.place)
    # Where one result is all there is, one that failed leaves nothing beside it.
    most = 3 if reply_paths.is_plural(life.shape.place.at) else 0
    broken = data.draw(st.lists(st.sampled_from(failed), max_size=most)) if failed else []
    life = dataclasses.replace(life, failures=tuple(broken))
    clock = FakeClock()
    with ProviderMock(failing_subject, life.script(failing_subject), library=face.library, clock=clock)():
        line = face.line(failing_subject, clock)
        done = line.generate(params, timeout=1e5)
        assert line.handed(done, failing_subject.model.output.kind) == life.handed
    told = [(one.index, one.code, one.message) for one in done.failures]
    assert told == [(index, *made.reasons(life.shape.place, item)) for index, item in enumerate(broken)]


@few(data=st.data())
def test_results_that_failed_are_told_beside_those_that_came_at_once(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    answering = data.draw(at_once.answers(immediate_subject, params, failing=True))
    clock = FakeClock()
    with ProviderMock(immediate_subject, answering.script(immediate_subject), library=face.library, clock=clock)():
        line = face.line(immediate_subject, clock)
        done = line.generate_sync(params)
        assert line.handed(done, immediate_subject.model.output.kind) == answering.handed
    if isinstance(done, jobs.Instant) or answering.shape is None:
        return
    told = [(one.index, one.code, one.message) for one in done.failures]
    broken = enumerate(answering.failures)
    assert told == [(index, *made.reasons(answering.shape.place, item)) for index, item in broken]


@few(data=st.data())
def test_a_success_in_which_every_single_result_failed_has_none(
    failing_subject: Subject, face: Face, data: st.DataObject
) -> None:
    for shape in documented.shapes(failing_subject):
        failed = made.failures(failing_subject, shape.place)
        if not failed:
            continue
        broken = data.draw(st.lists(st.sampled_from(failed), min_size=1, max_size=3))
        life = data.draw(transcripts.transcripts(failing_subject, phases=("succeeded",)))
        empty = dataclasses.replace(life, shape=shape, made=(), failures=tuple(broken), before=())
        error = wait_fails(failing_subject, face, life.id, empty.script(failing_subject))
        assert isinstance(error, errors.NoResult)
        assert [one.index for one in error.failures] == list(range(len(broken)))
        assert (error.job_id, error.phase) == (life.id, "succeeded")
        assert courses.job(failing_subject).results


@few(data=st.data())
def test_members_of_replies_that_nobody_documented_are_kept(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    told, clock = life.script(job_subject, files=life.files), FakeClock()
    collected = courses.job(job_subject).collect is not None
    *before, last = told.collects if collected else told.polls
    assert isinstance(last, Answer)
    strange = _with_more(last)
    ends = [*before, strange]
    script = dataclasses.replace(told, collects=ends) if collected else dataclasses.replace(told, polls=ends)
    with ProviderMock(job_subject, script, library=face.library, clock=clock)():
        line = face.line(job_subject, clock)
        done = line.generate(params, timeout=1e5)
        assert line.handed(done, job_subject.model.output.kind) == life.handed
    _is_kept(done, strange, whole=life.shape.place.forms == ("bytes",))


@few(data=st.data())
def test_members_of_answers_at_once_that_nobody_documented_are_kept(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    answering = data.draw(at_once.answers(immediate_subject, params, in_json=True))
    strange, clock = answering.reply if answering.shape is None else _with_more(answering.reply), FakeClock()
    script = dataclasses.replace(answering.script(immediate_subject), immediate=strange)
    with ProviderMock(immediate_subject, script, library=face.library, clock=clock)():
        done = face.line(immediate_subject, clock).generate_sync(params)
    if not isinstance(done, jobs.Instant):
        _is_kept(done, strange, whole=answering.shape is None)


def _with_more(answer: Answer) -> Answer:
    """Return a reply with members that nobody documented, at its top and in all objects of its lists."""
    if not answer.media_type.endswith("json"):
        return answer
    return dataclasses.replace(answer, content=json.dumps(_more(json.loads(answer.content))).encode())


def _more(value: object) -> object:
    match value:
        case dict():
            return {**{name: _more(one) for name, one in value.items()}, **_UNHEARD}
        case list():
            return [_more(one) for one in value]
        case _:
            return value


def _is_kept(done: Done | AtOnce, answer: Answer, *, whole: bool) -> None:
    assert not isinstance(done, jobs.Instant)
    assert done.raw == (None if whole else jsontext.read(answer.content))
    assert whole or "unheard_of" in answer.content.decode()
