"""Whatever comes back, the caller gets a result or an exception of ours that tells what it means for the money."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import documented, junk, planting, refusals, strategies, transcripts
from harness.clock import FakeClock
from harness.documented import Answer, Broken
from harness.effort import FEW, ONCE
from harness.faces import Face, Line
from harness.provider_mock import ProviderMock, Script
from harness.subjects import Params, Subject
from harness.transcripts import Transcript
from proviso_runtime import errors

_TIMEOUT = 5.0
_LEFT = ("ReadTimeout", "ReadError", "WriteError", "WriteTimeout", "RemoteProtocolError", "CloseError")
_NEVER_LEFT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")
_NO_ID: tuple[object, ...] = (None, "", "  ", {}, [], ["id"], True, 1.5)
_NO_ADDRESS: tuple[object, ...] = (None, "", "example.com/a.png", "ftp://example.com/a.png", {}, [], 7, "http://")


@FEW
@given(data=st.data())
def test_an_acceptance_that_cannot_be_read_is_unexpected(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, params = _drawn(job_subject, data)
    good = life.script(job_subject)
    assert isinstance(good.submit, Answer)
    strange = data.draw(junk.no_json(good.submit))
    error = _submit_fails(job_subject, face, params, dataclasses.replace(good, submit=strange))
    assert type(error) is errors.UnexpectedReply
    assert error.expected
    assert error.expected in str(error)
    assert error.reply is not None
    assert error.reply.content == strange.content


@FEW
@given(data=st.data())
def test_an_acceptance_without_an_id_is_unexpected(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, params = _drawn(job_subject, data)
    course = documented.job(job_subject)
    witness = documented.acceptance(job_subject)
    lost = data.draw(st.sampled_from(_NO_ID))
    gone = planting.without(course.id, witness.body)
    body = data.draw(st.sampled_from([gone, planting.planted(course.id, witness.body, lost)]))
    script = dataclasses.replace(life.script(job_subject), submit=documented.answer(witness, body))
    error = _submit_fails(job_subject, face, params, script)
    assert type(error) is errors.UnexpectedReply
    assert course.id in error.expected


@FEW
@given(data=st.data())
def test_a_poll_that_cannot_be_read_is_unexpected_and_keeps_the_job_id(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = _drawn(job_subject, data)
    good = life.script(job_subject)
    assert isinstance(good.polls[-1], Answer)
    error = _wait_fails(
        job_subject, face, life.id, dataclasses.replace(good, polls=[data.draw(junk.no_json(good.polls[-1]))])
    )
    assert type(error) is errors.UnexpectedReply
    assert error.job_id == life.id
    assert error.expected in str(error)


@FEW
@given(data=st.data())
def test_a_poll_without_a_state_is_unexpected_and_keeps_the_job_id(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = _drawn(job_subject, data)
    good, place = life.script(job_subject), documented.job(job_subject).state.at
    assert isinstance(good.polls[-1], Answer)
    shown = json.loads(good.polls[-1].content)
    no_state = planting.planted(place, shown, data.draw(st.sampled_from([[], {}, ["x"], {"name": "x"}])))
    body = data.draw(st.sampled_from([planting.without(place, shown), no_state]))
    polled = dataclasses.replace(good.polls[-1], content=json.dumps(body).encode())
    error = _wait_fails(job_subject, face, life.id, dataclasses.replace(good, polls=[polled]))
    assert type(error) is errors.UnexpectedReply
    assert error.job_id == life.id
    assert place in error.expected


@FEW
@given(data=st.data())
def test_a_success_without_a_result_is_unexpected_and_keeps_the_job_id(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, _ = _drawn(job_subject, data)
    shape, course = life.shape, documented.job(job_subject)
    empty: object = planting.without(shape.path, shape.reply.body)
    if data.draw(st.booleans()):
        empty = planting.planted(shape.path, shape.reply.body, data.draw(st.sampled_from(_NO_ADDRESS)))
    elif shape.plural and data.draw(st.booleans()):
        empty = planting.planted(shape.path, shape.reply.body)
    final = documented.answer(shape.reply, empty)
    good = life.script(job_subject)
    collected = course.collect is not None
    script = dataclasses.replace(good, collects=[final]) if collected else dataclasses.replace(good, polls=[final])
    error = _wait_fails(job_subject, face, life.id, script)
    assert type(error) is errors.UnexpectedReply
    assert error.job_id == life.id
    assert error.reply is not None
    assert error.reply.content == final.content


@FEW
@given(data=st.data())
def test_a_documented_reply_with_a_strange_value_never_ends_in_a_traceback(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, params = _drawn(job_subject, data)
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
        submitted = _attempt(lambda: line.submit(params))
        waited = _attempt(lambda: line.wait(line.resume(script.job_id), timeout=_TIMEOUT))
    assert mock.count("submit") == 1
    assert waited is None or waited.job_id == script.job_id
    for error in (submitted, waited):
        assert error is None or (str(error) and error.provider == subject.provider.name)


@ONCE
@given(data=st.data())
def test_a_documented_refusal_raises_its_exception_with_code_and_message(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, params = _drawn(job_subject, data)
    for meaning in refusals.documented(job_subject.model):
        said = "the words of the provider"
        refused, code, message = refusals.refusal(job_subject, meaning.status, code=4711, message=said)
        submit = _submit_fails(job_subject, face, params, Script(job_id=life.id, submit=refused))
        assert type(submit) is refusals.expected(job_subject.model, meaning.status)
        assert (submit.status, submit.code, submit.message) == (meaning.status, code, message)
        assert message is None or said in str(submit)
        course = documented.job(job_subject).poll
        if meaning.status in (*course.expired, *course.reads):
            continue
        poll = _wait_fails(job_subject, face, life.id, Script(job_id=life.id, polls=[refused]))
        passing = meaning.means in refusals.PASSING or meaning.retry
        assert type(poll) is (errors.WaitTimeout if passing else refusals.expected(job_subject.model, meaning.status))
        assert poll.job_id == life.id


@ONCE
@given(data=st.data())
def test_a_job_that_is_no_longer_known_is_expired(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, _ = _drawn(job_subject, data)
    for status in documented.job(job_subject).poll.expired:
        error = _wait_fails(job_subject, face, life.id, Script(job_id=life.id, polls=[Answer(status=status)]))
        assert type(error) is errors.JobExpired
        assert error.job_id == life.id


@FEW
@given(data=st.data())
def test_a_gateway_that_answers_for_the_provider_leaves_a_paid_request_unknown(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    known = {meaning.status for meaning in refusals.documented(subject.model)}
    status = data.draw(st.sampled_from([one for one in (500, 502, 503, 504, 520, 524, 599) if one not in known]))
    page = Answer(status=status, content=b"<html>bad gateway</html>", media_type="text/html")
    for error, sent in _paid_calls_fail(subject, face, params, page):
        assert type(error) is errors.OutcomeUnknown
        assert error.status == status
        assert error.body_sha256 == hashlib.sha256(sent).hexdigest()


@FEW
@given(data=st.data())
def test_a_connection_lost_after_a_paid_request_leaves_it_unknown(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    for error, sent in _paid_calls_fail(subject, face, params, Broken(error=data.draw(st.sampled_from(_LEFT)))):
        assert type(error) is errors.OutcomeUnknown
        assert error.body_sha256 == hashlib.sha256(sent).hexdigest()
        assert error.billed is None


@FEW
@given(data=st.data())
def test_a_connection_that_was_never_made_costs_nothing(subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    for error, _ in _paid_calls_fail(subject, face, params, Broken(error=data.draw(st.sampled_from(_NEVER_LEFT)))):
        assert type(error) is errors.Unreachable
        assert error.billed is False


@FEW
@given(data=st.data())
def test_polls_that_break_are_asked_again_until_one_is_read(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(job_subject, phases=("succeeded",)))
    broken = data.draw(st.lists(st.sampled_from([*_LEFT, *_NEVER_LEFT]), min_size=1, max_size=4))
    good = life.script(job_subject)
    script = dataclasses.replace(good, polls=[*(Broken(error=name) for name in broken), *good.polls])
    clock = FakeClock()
    with ProviderMock(job_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        done = line.wait(line.resume(life.id), timeout=1e7)
    assert tuple(image.url for image in done.images) == life.urls
    assert mock.count("poll") == len(broken) + len(life.before) + 1


@FEW
@given(data=st.data())
def test_an_immediate_reply_that_is_no_result_is_unexpected(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    strange = data.draw(
        st.sampled_from(
            [
                Answer(content=b'{"image": "https://example.com/a.png"}'),
                Answer(content=b"<html></html>", media_type="text/html"),
                Answer(content=b"", media_type="image/png"),
                Answer(content=b"", media_type=""),
            ]
        )
    )
    ((error, _),) = _immediate_fails(immediate_subject, face, params, strange)
    assert type(error) is errors.UnexpectedReply
    assert error.reply is not None
    assert error.reply.content == strange.content


def _drawn(subject: Subject, data: st.DataObject) -> tuple[Transcript, Params]:
    """Draw a job that succeeds at the first poll."""
    life = data.draw(transcripts.transcripts(subject, phases=("succeeded",)))
    return dataclasses.replace(life, before=()), data.draw(strategies.params(subject))


def _attempt(call: Callable[[], object]) -> errors.ProviderError | None:
    """Return the exception of ours that a call ends with, if it does; every other one goes through."""
    try:
        call()
    except errors.ProviderError as error:
        return error
    return None


Failure = tuple[errors.ProviderError, bytes]


def _paid_calls_fail(subject: Subject, face: Face, params: Params, answer: Answer | Broken) -> list[Failure]:
    found: list[Failure] = []
    if subject.model.job is not None:
        found += _fails(subject, face, Script(submit=answer), lambda line: line.submit(params))
    if subject.model.immediate is not None:
        found += _immediate_fails(subject, face, params, answer)
    return found


def _immediate_fails(subject: Subject, face: Face, params: Params, answer: Answer | Broken) -> list[Failure]:
    return _fails(subject, face, Script(immediate=answer), lambda line: line.generate_sync(params))


def _submit_fails(subject: Subject, face: Face, params: Params, script: Script) -> errors.ProviderError:
    ((error, _),) = _fails(subject, face, script, lambda line: line.submit(params))
    return error


def _wait_fails(subject: Subject, face: Face, job_id: str, script: Script) -> errors.ProviderError:
    clock = FakeClock()
    with ProviderMock(subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        with pytest.raises(errors.ProviderError) as failed:
            line.wait(line.resume(job_id), timeout=_TIMEOUT)
    assert mock.count("submit", "immediate") == 0
    return failed.value


def _fails(subject: Subject, face: Face, script: Script, call: Callable[[Line], object]) -> list[Failure]:
    """Make a paid call that fails, and hold it to one request."""
    clock = FakeClock()
    mock = ProviderMock(subject, script, library=face.library, clock=clock)
    with mock(), pytest.raises(errors.ProviderError) as failed:
        call(face.line(subject, clock))
    (sent,) = mock.sent
    return [(failed.value, sent.body)]
