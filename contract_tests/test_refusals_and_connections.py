"""A refusal is the documented one, a connection that breaks costs at most one request, and polls are free."""

from __future__ import annotations

import dataclasses
import hashlib

from hypothesis import strategies as st

from harness import refusals
from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import Face
from harness.failing import drawn, immediate_fails, paid_calls_fail, submit_fails, wait_fails
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses, documented
from proviso.answers.documented import Answer, Broken
from proviso.answers.scripts import Script
from proviso.drawing import strategies, transcripts
from proviso_runtime import errors

_LEFT = ("ReadTimeout", "ReadError", "WriteError", "WriteTimeout", "RemoteProtocolError", "CloseError")
_NEVER_LEFT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")


@once(data=st.data())
def test_a_documented_refusal_raises_its_exception_with_code_and_message(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, params = drawn(job_subject, data)
    for meaning in refusals.documented(job_subject.model):
        said = "the words of the provider"
        refused, code, message = refusals.refusal(job_subject, meaning.status, code=4711, message=said)
        submit = submit_fails(job_subject, face, params, Script(job_id=life.id, submit=refused))
        assert type(submit) is refusals.expected_of_paid(job_subject.model, meaning.status)
        assert (submit.status, submit.code, submit.message) == (meaning.status, code, message)
        assert message is None or said in str(submit)
        course = courses.job(job_subject).poll
        if meaning.status in (*course.expired, *course.reads):
            continue
        poll = wait_fails(job_subject, face, life.id, Script(job_id=life.id, links=life.links, polls=[refused]))
        passing = meaning.means in refusals.PASSING or meaning.retry
        assert type(poll) is (errors.WaitTimeout if passing else refusals.expected(job_subject.model, meaning.status))
        assert poll.job_id == life.id


@once(data=st.data())
def test_a_documented_code_says_what_a_refusal_means_whatever_its_status(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    model = subject.model
    for one in (*(meaning.code for meaning in refusals.codes(model)), "no-such-code"):
        for witness, body in refusals.with_code(subject, one):
            answer = documented.answer(witness, body)
            if witness.of == "submit":
                error = submit_fails(subject, face, params, Script(submit=answer))
            else:
                ((error, _),) = immediate_fails(subject, face, params, answer)
            assert str(error.code) == one
            assert type(error) is refusals.expected_of_paid(model, witness.status, one)
            if isinstance(error, errors.Refused):
                assert error.billed == refusals.billed(model, witness.status, one)
                assert error.worth_retry == refusals.retry(model, witness.status, one)


@once(data=st.data())
def test_polls_wait_as_long_as_the_provider_asks(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, _ = drawn(job_subject, data)
    good = life.script(job_subject)
    clock = FakeClock()
    for header, unit in refusals.waits(job_subject):
        # As long as no schedule of ours would wait by itself.
        busy = Answer(status=429, content=b"{}", headers={header: refusals.spelled(unit, 3600, clock)})
        with ProviderMock(
            job_subject, dataclasses.replace(good, polls=[busy, *good.polls]), library=face.library, clock=clock
        )() as mock:
            line = face.line(job_subject, clock)
            line.wait(line.resume(life.id, addresses=life.links), timeout=1e5)
        first, second, *_ = (one.at for one in mock.sent if one.operation == "poll")
        assert 3599 <= second - first <= 3601


@once(data=st.data())
def test_a_job_that_is_no_longer_known_is_expired(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, _ = drawn(job_subject, data)
    for status in courses.job(job_subject).poll.expired:
        error = wait_fails(
            job_subject, face, life.id, Script(job_id=life.id, links=life.links, polls=[Answer(status=status)])
        )
        assert type(error) is errors.JobExpired
        assert error.job_id == life.id


@few(data=st.data())
def test_a_gateway_that_answers_for_the_provider_leaves_a_paid_request_unknown(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    known = {meaning.status for meaning in refusals.documented(subject.model)}
    status = data.draw(st.sampled_from([one for one in (500, 502, 503, 504, 520, 524, 599) if one not in known]))
    page = Answer(status=status, content=b"<html>bad gateway</html>", media_type="text/html")
    for error, sent in paid_calls_fail(subject, face, params, page):
        assert type(error) is errors.OutcomeUnknown
        assert error.status == status
        assert error.body_sha256 == hashlib.sha256(sent).hexdigest()


@few(data=st.data())
def test_a_connection_lost_after_a_paid_request_leaves_it_unknown(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    for error, sent in paid_calls_fail(subject, face, params, Broken(error=data.draw(st.sampled_from(_LEFT)))):
        assert type(error) is errors.OutcomeUnknown
        assert error.body_sha256 == hashlib.sha256(sent).hexdigest()
        assert error.billed is None


@few(data=st.data())
def test_a_connection_that_was_never_made_costs_nothing(subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    for error, _ in paid_calls_fail(subject, face, params, Broken(error=data.draw(st.sampled_from(_NEVER_LEFT)))):
        assert type(error) is errors.Unreachable
        assert error.billed is False


@few(data=st.data())
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
        done = line.wait(line.resume(life.id, addresses=life.links), timeout=1e5)
    assert line.handed(done, job_subject.model.output.kind) == life.handed
    assert mock.count("poll") == len(broken) + len(life.before) + 1
