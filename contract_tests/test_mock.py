"""The mock of a provider is as good as its documents: clients that were generated from them are satisfied by it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from harness.effort import rare
from harness.faces import AtOnce, Done, Face
from harness.mocked import Mocked
from harness.subjects import Params, Subject
from proviso.drawing import strategies
from proviso.oracle import asked
from proviso_runtime import jobs

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
        assert money["charges_of_unknown_price"] == 1
        return
    charged = Decimal(money["charged"])
    assert done.quote.least <= charged
    assert done.quote.most is None or charged <= done.quote.most
    assert done.cost is None or done.cost.amount == charged
    assert done.charge is None or done.charge.amount == charged
