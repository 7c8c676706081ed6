"""The mock of a provider says no where its documents do, and nothing that it refuses costs anything."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from harness import refusals
from harness.by_hand import ByHand
from harness.effort import once
from harness.faces import Face
from harness.mocked import Mocked
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import courses
from proviso.drawing import mutants, strategies
from proviso.drawing.mutants import Mutant
from proviso.oracle import bodies
from proviso_runtime import errors

_LONG = 1e6  # seconds


@once(data=st.data())
def test_the_mock_refuses_a_wrong_key_and_an_account_without_money(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    with Mocked(subject, face, shown=False)() as mocked:
        with pytest.raises(errors.Unauthorized):
            _pays(mocked, params)
        assert mocked.books["jobs"]["accepted"] == mocked.charged == 0
    with Mocked(subject, face, balance=Decimal(0))() as mocked:
        with pytest.raises(errors.OutOfCredit):
            _pays(mocked, params)
        assert mocked.books["jobs"]["accepted"] == mocked.charged == 0


@once(data=st.data())
def test_the_mock_says_no_to_a_job_that_it_does_not_know(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    if courses.job(job_subject).poll.call is None:
        return
    with Mocked(job_subject, face)() as mocked:
        mocked.line.submit(data.draw(strategies.params(job_subject)))
        with pytest.raises((errors.JobExpired, errors.NotFound)):
            mocked.line.wait(mocked.line.resume("74a1f1d0-4a5c-4b43-9a4c-3f5c3c3f2a10"), timeout=0)


@once(data=st.data())
def test_the_mock_refuses_whatever_breaks_a_limit_and_charges_nothing(subject: Subject, data: st.DataObject) -> None:
    provider, taken = ByHand(subject), list[str]()
    nothing = provider.paid
    provider.send(provider.request(data.draw(strategies.params(subject))))
    assert provider.paid != nothing
    for fault in mutants.faults(subject):
        mutant = data.draw(fault.mutants)
        if fault.severity != "error" or mutant.body is None or not _is_seen(subject, mutant):
            continue
        provider.clock.move(_LONG)  # no rate is to be kept
        answer = provider.send(provider.request(mutant.params, mutant.body))
        known = refusals.expected(subject.model, answer.status, refusals.code(subject.model, answer.content))
        if provider.desk.books.accepted > 1 or known not in (errors.BadRequest, errors.NotFound):
            taken.append(f"{fault}: {answer.status}, {mutant.body}")
    assert taken == []


@once(data=st.data())
def test_the_mock_lists_what_is_wrong_where_documents_do(subject: Subject, data: st.DataObject) -> None:
    known = subject.model.errors
    if isinstance(known, ir.Unknown) or known.details is None:
        return
    provider = ByHand(subject)
    for fault in mutants.faults(subject):
        mutant = data.draw(fault.mutants)
        if fault.severity != "error" or mutant.body is None or not _is_seen(subject, mutant):
            continue
        answer = provider.send(provider.request(mutant.params, mutant.body))
        for steps, message, code in refusals.details(subject, json.loads(answer.content)):
            assert f"/{'/'.join(map(str, steps[1:]))}".startswith(mutant.at_wire.rpartition("/")[0])
            assert str(code) in str(message)


@once(data=st.data())
def test_the_mock_keeps_the_documented_rates(limited_subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(limited_subject))
    provider = ByHand(limited_subject)
    limits = [one for rate in (limited_subject.provider.rate, limited_subject.model.rate) for one in _known(rate)]
    for _ in range(min(one.least for one in limits)):
        provider.send(provider.request(params))
    accepted = provider.desk.books.accepted
    assert accepted == min(one.least for one in limits)
    refused = provider.send(provider.request(params))
    code = refusals.code(limited_subject.model, refused.content)
    assert refusals.expected(limited_subject.model, refused.status, code) is errors.RateLimited
    told = [name for name, _ in refusals.waits(limited_subject) if name in refused.headers]
    assert told
    provider.clock.move(max([float(one.per) for one in limits if one.per is not None], default=_LONG))
    provider.send(provider.request(params))
    assert provider.desk.books.accepted == accepted + 1


def _is_seen(subject: Subject, mutant: Mutant) -> bool:
    """Say whether what is wrong can be seen: every text has one type, and none stands for an empty list."""
    in_text = subject.model.encoding != "json" or mutant.at[1:].partition("/")[0] in bodies.are_beside(subject.model)
    return not in_text or mutant.rule not in ("type", "minItems", "format")


def _known(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> tuple[ir.RateLimit, ...]:
    return () if isinstance(rate, ir.Unknown) else rate


def _pays(mocked: Mocked, params: Params) -> object:
    if mocked.subject.model.job is not None:
        return mocked.line.submit(params)
    return mocked.line.generate_sync(params)
