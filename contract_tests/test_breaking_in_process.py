"""What goes wrong on the way to a mock in process is what an HTTP library raises outside, and takes the time it would take."""

from __future__ import annotations

import asyncio
import importlib
import threading
from typing import Any

import httpx2
import pytest

from harness import witnessed
from harness.subjects import FACETS
from proviso.testing import Mock, WaitedClock
from proviso.testing.transports import EndlessWait

SUBJECT = FACETS["job_subject"][0]
PARAMS = witnessed.requests(SUBJECT, SUBJECT.model.witnesses[0])[0]


def _mock(*faults: str) -> Mock:
    return Mock(SUBJECT.provider, package=SUBJECT.house.package, faults=faults)


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> Any:
    return importlib.import_module(request.param)


def _asks(mock: Mock, library: Any, **options: Any) -> Any:
    """Send what a client would send to start a job, by hand. Returns the reply."""
    sent: list[Any] = []

    def note(request: Any) -> None:
        sent.append(request)

    spare = _mock()
    http = httpx2.Client(transport=spare.transport(), trust_env=False, event_hooks={"request": [note]})
    getattr(spare.client(http_client=http), SUBJECT.attribute).submit(**PARAMS)
    headers = {name: text for name, text in sent[0].headers.items() if name not in ("host", "content-length")}
    with library.Client(transport=mock.transport(library.__name__), trust_env=False) as client:
        return client.request(sent[0].method, str(sent[0].url), headers=headers, content=sent[0].content, **options)


@pytest.mark.parametrize(
    ("broken", "error", "accepted"),
    [
        ("submit:drop", "RemoteProtocolError", 0),
        ("submit:lost", "RemoteProtocolError", 1),
        ("submit:half", "RemoteProtocolError", 1),
        ("submit:hang", "ReadTimeout", 1),
        ("submit:slow 31s", "ReadTimeout", 1),
    ],
)
def test_a_fault_is_an_exception_of_the_library_and_the_books_know_what_was_taken_on(
    library: Any, broken: str, error: str, accepted: int
) -> None:
    mock = _mock(broken)
    with pytest.raises(getattr(library, error)):
        _asks(mock, library, timeout=30)
    assert (mock.books.accepted, mock.books.submits) == (accepted, 1)
    assert mock.clock.monotonic() == (30 if error == "ReadTimeout" else 0)
    assert mock.books.requests[0].fault is not None


def test_a_slow_reply_takes_its_time_on_the_clock_of_the_mock_alone(library: Any) -> None:
    mock = _mock("submit:slow 29s")
    assert _asks(mock, library, timeout=30).status_code < 300
    assert mock.clock.monotonic() == 29


def test_a_wait_without_end_fails_the_test_in_place_of_hanging(library: Any) -> None:
    with pytest.raises(EndlessWait, match="has no timeout"):
        _asks(_mock("submit:hang"), library, timeout=None)


def test_nobody_listens_elsewhere(library: Any) -> None:
    mock = _mock()
    with library.Client(transport=mock.transport(library.__name__), trust_env=False) as client:
        for host in ("elsewhere.test", f"{mock.origin.partition('//')[2]}.elsewhere.test"):
            with pytest.raises(library.ConnectError, match="nobody listens"):
                client.get(f"http://{host}/")
    assert mock.books.requests == ()


def test_paying_twice_is_told_with_all_that_came() -> None:
    mock = _mock()
    for _ in range(2):
        getattr(mock.client(), SUBJECT.attribute).submit(**PARAMS)
    with pytest.raises(AssertionError, match=r"2 requests for money, not 1:\n  1\. POST .* -> 200, job .*\n  2\. POST"):
        mock.books.paid_once()


def test_a_served_mock_is_asked_over_a_port_and_keeps_the_same_books() -> None:
    mock = _mock()
    with mock.serving() as address, httpx2.Client(trust_env=False) as http:
        client = mock.client(base_url=address, http_client=http)
        done = getattr(client, SUBJECT.attribute).generate(**PARAMS)
    assert done.job_id == mock.books.jobs[0].id
    mock.books.paid_once()


def test_tasks_wait_side_by_side() -> None:
    clock = WaitedClock(by_poll=False)
    seen: list[tuple[str, float]] = []

    async def wait(name: str, *pauses: float) -> None:
        for one in pauses:
            await clock.asleep(one)
            seen.append((name, clock.monotonic()))

    async def all_of_them() -> None:
        await asyncio.gather(wait("a", 10, 10), wait("b", 15), wait("c", 1, 1, 1), wait("d", 0))

    asyncio.run(all_of_them())
    assert seen == [("d", 0), ("c", 1), ("c", 2), ("c", 3), ("a", 10), ("b", 15), ("a", 20)]


def test_a_task_that_is_cancelled_keeps_nobody_waiting() -> None:
    clock = WaitedClock(by_poll=False)

    async def use() -> None:
        first = asyncio.create_task(clock.asleep(5))
        await asyncio.sleep(0)
        first.cancel()
        await clock.asleep(10)

    asyncio.run(asyncio.wait_for(use(), 20))
    assert clock.monotonic() == pytest.approx(10)


def test_threads_share_a_mock() -> None:
    mock = _mock()
    client = mock.client()
    failed: list[Exception] = []

    def use() -> None:
        try:
            getattr(client, SUBJECT.attribute).generate(**PARAMS)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert failed == []
    assert mock.books.accepted == len(mock.books.jobs) == 8
