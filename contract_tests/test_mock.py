"""The mock of a provider is as good as its documents: clients that were generated from them are satisfied by it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import strategies as st

from harness import several
from harness.effort import few, once, rare
from harness.faces import AtOnce, Done, Face
from harness.mocked import Mocked
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import courses, made
from proviso.drawing import strategies, streams
from proviso.mock import faults, withheld
from proviso.oracle import asked
from proviso_runtime import errors, jobs

_LONG = 1e6  # seconds


@rare(data=st.data())
def test_a_job_at_the_mock_is_all_that_its_client_expects(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    with Mocked(job_subject, face, by_poll=data.draw(st.booleans()))() as mocked:
        job = mocked.line.submit(params)
        done = mocked.line.wait(job, timeout=_LONG)
        _is_right(mocked, params, done)
    (known,) = mocked.books["jobs"]["known"]
    assert (known["id"], known["phase"], known["polls"]) == (job.id, "succeeded", mocked.count("poll"))
    assert mocked.count("submit") == 1
    if known["model"] == job_subject.model.name:  # two models may document the same request
        _is_paid(mocked, done)


@rare(data=st.data())
def test_an_answer_at_once_of_the_mock_is_all_that_its_client_expects(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    with Mocked(immediate_subject, face)() as mocked:
        done = mocked.line.generate_sync(params)
        _is_right(mocked, params, done)
    assert mocked.count("immediate") == 1
    _is_paid(mocked, done)


@once(data=st.data())
def test_a_job_at_the_mock_ends_in_every_way_that_is_documented(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    shown = {one.phase for one in courses.signs(job_subject)}
    for phase in ("failed", "moderated", "expired"):
        with _going_wrong(job_subject, face, f"job:{phase}")() as mocked:
            job = mocked.line.submit(params)
            nothing = withheld.by_job(job_subject) if phase == "moderated" and phase not in shown else None
            if phase not in shown and nothing is None and "failed" not in shown:
                assert mocked.line.wait(job, timeout=_LONG).job_id == job.id
                continue
            with pytest.raises(errors.JobExpired if phase == "expired" and phase in shown else errors.JobFailed) as end:
                mocked.line.wait(job, timeout=_LONG)
            assert end.value.job_id == job.id
            _ended_as(end.value, phase if phase in shown else "failed", nothing)
        if nothing is None or nothing.why.billed is not True:
            assert mocked.charged == 0
            assert mocked.held == 0


def _ended_as(end: errors.ProviderError, phase: str, nothing: withheld.Withheld | None) -> None:
    if nothing is not None:
        assert isinstance(end, errors.NoResult)
        assert nothing.why.says.rstrip(".") in str(end)
    elif isinstance(end, errors.JobFailed):
        assert end.phase == phase


@once(data=st.data())
def test_a_job_at_the_mock_of_which_a_part_fails_is_told_and_paid_as_such(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = _asking_for_many(job_subject, data.draw(strategies.params(job_subject)))
    with _going_wrong(job_subject, face, "job:partial")() as mocked:
        job = mocked.line.submit(params)
        done = mocked.line.wait(job, timeout=_LONG)
        results = mocked.line.results(done, job_subject.model.output.kind)
    known = mocked.desk.orders.find(job.id)
    assert known is not None
    assert len(results) == sum(one.kind == job_subject.model.output.kind for one in known.works)
    if known.failing:
        shown = any(made.failures(job_subject, place) for place in courses.job(job_subject).results)
        assert len(done.failures) == int(shown)
        least, _ = asked.count(job_subject.model, params) or (0, 0)
        assert len(done.differences) == int(not shown and len(results) < least)
    if done.charge is not None and job.cost is None and known.subject.model is job_subject.model:
        assert mocked.charged == done.charge.amount


@once(data=st.data())
def test_an_answer_at_once_of_the_mock_goes_wrong_as_documented(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = _asking_for_many(immediate_subject, data.draw(strategies.params(immediate_subject)))
    with _going_wrong(immediate_subject, face, "job:moderated")() as mocked:
        nothing = withheld.at_once(immediate_subject)
        with pytest.raises(errors.BadRequest if nothing is None else errors.NoResult) as end:
            mocked.line.generate_sync(params)
        paid = nothing is not None and nothing.why.billed is True
        assert (mocked.charged > 0 or mocked.money()["charges_of_unknown_price"] > 0) == paid
        assert isinstance(end.value, errors.NoResult) or mocked.charged == mocked.held == 0
    with _going_wrong(immediate_subject, face, "job:partial")() as mocked:
        done = mocked.line.generate_sync(params)
        assert isinstance(done, jobs.Instant) or len(done.failures) <= 1
        assert done.charge is None or mocked.charged == done.charge.amount
    with _going_wrong(immediate_subject, face, "job:failed")() as mocked:
        with pytest.raises((errors.ServerError, errors.OutcomeUnknown)):
            mocked.line.generate_sync(params)
        assert mocked.charged == mocked.held == 0


@once(data=st.data())
def test_a_job_is_cancelled_at_the_mock_and_costs_nothing(
    stoppable_subject: Subject, face: Face, data: st.DataObject
) -> None:
    with Mocked(stoppable_subject, face)() as mocked:
        job = mocked.line.submit(data.draw(strategies.params(stoppable_subject)))
        mocked.line.cancel(job)
        assert mocked.charged == mocked.held == 0
        shown = {one.phase for one in courses.signs(stoppable_subject)}
        if "cancelled" in shown:
            with pytest.raises(errors.JobFailed) as end:
                mocked.line.wait(job, timeout=_LONG)
            assert end.value.phase == "cancelled"
    (known,) = mocked.books["jobs"]["known"]
    assert known["phase"] == "cancelled"


@once(data=st.data())
def test_the_mock_forgets_a_job_when_its_documents_say_so(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    course = courses.job(job_subject)
    with Mocked(job_subject, face)() as mocked:
        job = mocked.line.submit(data.draw(strategies.params(job_subject)))
        mocked.line.wait(job, timeout=_LONG)
        if isinstance(course.retention, ir.Retention):
            mocked.clock.sleep(float(course.retention.seconds) + 1)
            with pytest.raises((errors.JobExpired, errors.NotFound)) as gone:
                mocked.line.wait(job, timeout=0)
            if course.poll.expired:
                assert isinstance(gone.value, errors.JobExpired)
            assert mocked.books["jobs"]["known"] == []


@few(data=st.data())
def test_the_mock_streams_what_is_asked_for(streamed_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = streams.asking(streamed_subject, data.draw(strategies.params(streamed_subject)))
    seen: list[object] = []
    with Mocked(streamed_subject, face)() as mocked:
        done = mocked.line.generate_stream(params, on_partial=seen.append)
        _is_right(mocked, params, done)
    _is_paid(mocked, done)
    stream = streams.stream(streamed_subject)
    assert bool(seen) == (stream is not None and stream.partial is not None)


@few(data=st.data())
def test_the_mock_starts_as_many_jobs_as_a_call_carries(many_subject: Subject, face: Face, data: st.DataObject) -> None:
    given = data.draw(several.requests(many_subject))
    with Mocked(many_subject, face)() as mocked:
        started = mocked.line.submit_many(given)
        done = [mocked.line.wait(job, timeout=_LONG) for job in started]
    assert mocked.count("submit") == 1
    assert [one["id"] for one in mocked.books["jobs"]["known"]] == [job.id for job in started]
    quote = several.quote(many_subject, given)
    assert quote.most is None or mocked.charged == quote.most
    for one, params in zip(done, given, strict=True):
        counted = asked.count(many_subject.model, params)
        assert counted is None or len(mocked.line.results(one, many_subject.model.output.kind)) == counted[1]


@once(data=st.data())
def test_the_mock_lets_a_customer_wait_for_the_end(patient_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(patient_subject))
    most = float(_mode(patient_subject).most)
    with Mocked(patient_subject, face)() as mocked:
        before = mocked.clock.monotonic()
        job = mocked.line.submit(params, patience=most)
        took = mocked.clock.monotonic() - before
        done = mocked.line.wait(job, timeout=_LONG)
        _is_right(mocked, params, done)
    assert 0 < took <= most
    assert mocked.count("poll") == (0 if courses.job(patient_subject).like_poll else 1)


@once(data=st.data())
def test_what_is_sent_again_starts_nothing_new_at_the_mock(
    repeating_subject: Subject, face: Face, data: st.DataObject
) -> None:
    with Mocked(repeating_subject, face)() as mocked:
        job = mocked.line.submit(data.draw(strategies.params(repeating_subject)))
        (sent,) = mocked.asked
        again = mocked.mock.answer(sent).answer
        assert again.content == mocked.replies[0].answer.content
        assert [one["id"] for one in mocked.books["jobs"]["known"]] == [job.id]
        mocked.clock.sleep(float(repeating_subject.model.resend_for or 0))
        mocked.mock.answer(sent)
        assert mocked.books["jobs"]["accepted"] == 2


def _mode(subject: Subject) -> ir.Patience:
    mode = courses.job(subject).wait
    assert mode is not None
    return mode


def _going_wrong(subject: Subject, face: Face, fault: str) -> Mocked:
    return Mocked(subject, face, faults=(faults.parse(fault),))


def _asking_for_many(subject: Subject, params: Params) -> Params:
    """Return a request for more than one result, where that is right."""
    count = subject.model.output.count
    many = {**params, str(count): 3}
    return params if isinstance(count, int) or subject.module.violations(many) else many


def _is_right(mocked: Mocked, params: Params, done: Done | AtOnce) -> None:
    """Hold what is handed over to what was asked for, and to what the mock made."""
    kind = mocked.subject.model.output.kind
    assert mocked.line.check(done) == ()
    if isinstance(done, jobs.Instant):
        assert [done.content] == mocked.made(kind)
        return
    results = mocked.line.results(done, kind)
    counted = asked.count(mocked.subject.model, params)
    assert counted is None or counted[0] <= len(results) <= counted[1]
    assert [mocked.line.read(one) for one in results] == mocked.made(kind)


def _is_paid(mocked: Mocked, done: Done | AtOnce) -> None:
    """Hold the books to the quote, and to what the client was told that it costs."""
    assert done.quote is not None
    money = mocked.money(done.quote.currency)
    assert Decimal(money["held"]) == 0
    if done.quote.least is None:
        assert money["charges_of_unknown_price"] == int(done.cost is None)
        assert done.cost is None or done.cost.amount == mocked.charged
        return
    charged = Decimal(money["charged"])
    assert done.quote.least <= charged
    assert done.quote.most is None or charged <= done.quote.most
    assert done.cost is None or done.cost.amount == charged
    assert done.charge is None or done.charge.amount == charged
