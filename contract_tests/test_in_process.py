"""Whoever tests against a mock in process, by whatever door, gets what the provider documents, and sees it in its books."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest
import respx
from hypothesis import strategies as st

from harness import witnessed
from harness.effort import rare
from harness.subjects import Params, Subject
from proviso.testing import Mock, requests, routes
from proviso_runtime import errors


def _documented(subject: Subject) -> Params:
    return witnessed.requests(subject, subject.model.witnesses[0])[0]


def _mock(subject: Subject, **options: Any) -> Mock:
    return Mock(subject.provider, package=subject.house.package, **options)


def _made(subject: Subject, client: Any, params: Params) -> Any:
    calls = getattr(client, subject.attribute)
    return calls.generate(**params) if subject.model.job is not None else calls.generate_sync(**params)


@pytest.mark.parametrize("speed", ["poll", "time"])
def test_a_client_of_the_mock_is_served_and_billed_once_and_no_time_passes(subject: Subject, speed: Any) -> None:
    start = time.monotonic()
    mock = _mock(subject, speed=speed)
    done = _made(subject, mock.client(subject.provider_module.Client), _documented(subject))
    mock.books.paid_once()
    assert done.differences == ()
    assert mock.books.held == 0
    assert mock.books.count("submit") + mock.books.count("immediate") == 1
    if subject.model.job is not None:
        (job,) = mock.books.jobs
        assert (job.id, job.phase, job.polls) == (done.job_id, "succeeded", mock.books.polls)
        assert mock.clock.monotonic() > 0
    assert time.monotonic() - start < 20  # seconds; jobs take more by the documents


def test_a_client_that_is_awaited_is_served_all_the_same(subject: Subject) -> None:
    mock = _mock(subject)

    async def use() -> None:
        await _made(subject, mock.async_client(subject.provider_module.AsyncClient), _documented(subject))

    asyncio.run(use())
    mock.books.paid_once()


def test_code_that_asks_the_documented_address_is_answered_through_respx(subject: Subject) -> None:
    mock = _mock(subject)
    with respx.mock(assert_all_called=False) as router, httpx.Client() as http:
        routes(mock, router)
        _made(subject, mock.client(base_url=None, http_client=http), _documented(subject))
    mock.books.paid_once()


def test_code_with_an_http_client_of_its_own_is_answered_by_the_asgi_application(immediate_subject: Subject) -> None:
    mock = _mock(immediate_subject)

    async def use() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(mock.app)) as http:
            client = mock.async_client(http_client=http)
            await getattr(client, immediate_subject.attribute).generate_sync(**_documented(immediate_subject))

    asyncio.run(use())
    mock.books.paid_once()


def test_a_lost_reply_is_paid_once_whatever_the_client_makes_of_it(job_subject: Subject) -> None:
    mock = _mock(job_subject, faults=["submit:lost x1"])
    client, params = mock.client(), _documented(job_subject)
    if job_subject.model.resend_for is None:
        with pytest.raises(errors.OutcomeUnknown):
            _made(job_subject, client, params)
    else:  # the same request with the same id starts nothing new
        _made(job_subject, client, params)
        assert mock.books.submits == 2
    mock.books.paid_once()


def test_strategies_are_of_the_model_that_its_module_and_its_name_name(subject: Subject) -> None:
    specs = subject.house.specs
    name = f"{subject.provider.name}/{subject.model.name}"
    assert requests(subject) is requests(subject)
    for model in (name, subject.module_name.replace(".", "/"), subject.module):
        drawn: Any = model
        assert requests(drawn, specs=specs) is requests(name, specs=specs)


@rare(data=st.data())
def test_requests_keep_what_is_fixed_and_every_limit(subject: Subject, data: st.DataObject) -> None:
    some = data.draw(requests(subject))
    fixed: dict[str, Any] = (
        {name: some[name] for name in data.draw(st.sets(st.sampled_from(sorted(some))))} if some else {}
    )
    drawn = data.draw(requests(subject, **fixed))
    assert {name: drawn[name] for name in fixed} == fixed
    assert not [one for one in subject.module.violations(drawn) if one.severity == "error"]


def test_a_value_that_no_request_may_have_is_refused_when_it_is_fixed(subject: Subject) -> None:
    name = subject.model.parameters[0].name
    wrong: dict[str, Any] = {name: object()}
    with pytest.raises(ValueError, match=rf"no request of .* has this {name}"):
        requests(subject, **wrong)
