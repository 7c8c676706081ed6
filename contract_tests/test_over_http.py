"""Generated clients against the mock over real HTTP: whatever goes wrong at whatever step, nothing is paid twice and no job is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from harness import witnessed
from harness.subjects import SUBJECTS, Params, Subject
from proviso import ir
from proviso.mock import faults, handing, lives, serving
from proviso.mock.clock import ByPoll
from proviso.mock.options import KEY, SECRET, Options
from proviso.mock.provider_mock import Mock
from proviso.oracle import access
from proviso.testing.books import Books
from proviso_runtime import errors
from proviso_runtime.ledger import MemoryLedger

OURS = tuple(one for one in SUBJECTS if not one.house.is_invented)
_SPEED = 200.0  # times as fast as documented
_LONG, _SHORT = 600.0, 60.0  # seconds that a job may take
_PATIENCE = 0.5  # real seconds that a reply may take; a picture is drawn first, and may take longer

# What goes wrong, what a blocking `generate` makes of it, and how many requests the provider took on for money.
PAID: tuple[tuple[str, tuple[type[Exception], ...], int], ...] = (
    ("submit:drop x1", (errors.OutcomeUnknown,), 0),
    ("submit:lost x1", (errors.OutcomeUnknown,), 1),
    ("submit:half x1", (errors.OutcomeUnknown,), 1),
    ("submit:hang 2s x1", (errors.OutcomeUnknown,), 1),
    ("submit:slow 2s x1", (errors.OutcomeUnknown,), 1),
    ("submit:garbage x1", (errors.UnexpectedReply,), 1),
    ("submit:502 x1", (errors.OutcomeUnknown,), 0),
    ("submit:401 x1", (errors.Refused,), 0),
    ("submit:429", (errors.RateLimited,), 0),
    ("job:failed", (errors.JobFailed,), 1),
    ("job:moderated", (errors.JobFailed,), 1),
    ("job:expired", (errors.JobExpired, errors.JobFailed), 1),
    ("job:stuck", (errors.WaitTimeout,), 1),
)
FREE = ("drop", "half", "hang 2s", "garbage", "502", "429")


class Hurried:
    """The time of a client whose provider is in a hurry, too: nothing is waited for longer than a moment."""

    def now(self) -> float:
        """Tell the seconds since 1970, which are real."""
        return time.time()

    def monotonic(self) -> float:
        """Tell the seconds since some moment."""
        return time.monotonic() * _SPEED

    def sleep(self, seconds: float) -> None:
        """Wait a fraction of the time."""
        time.sleep(max(seconds, 0) / _SPEED)

    async def asleep(self, seconds: float) -> None:
        """Wait a fraction of the time."""
        await asyncio.sleep(max(seconds, 0) / _SPEED)


class Server:
    """Every provider of ours behind one port."""

    def __init__(self) -> None:
        providers = tuple({one.provider.name: one.provider for one in OURS}.values())
        self.mock = Mock(providers, Options(clock=ByPoll(1)))
        self.origin = ""

    def books(self, subject: Subject) -> Books:
        """Return what the provider of a model has in its books."""
        return Books(lambda: self.mock.books()[subject.provider.name])

    def begin(self, subject: Subject, *written: str) -> None:
        """Forget everything, and let something go wrong."""
        self.mock.reset()
        self.mock.desks[subject.provider.name].faults.replace([faults.parse(one) for one in written])

    def line(self, subject: Subject, ledger: MemoryLedger, http: Any) -> Any:
        """Return the calls of a model, which ask this server."""
        module = subject.provider_module
        kind: Any = module.AsyncClient if isinstance(http, httpx2.AsyncClient) else module.Client
        signed = isinstance(subject.provider.auth[0], ir.Signature | ir.Jwt)
        client = kind(
            api_key=KEY,
            **({"api_secret": SECRET} if signed else {}),
            **access.settings(subject.provider),
            base_url=self.mock.base_url(subject.provider.name, origin=self.origin),
            http_client=http,
            clock=Hurried(),
            ledger=ledger,
        )
        return getattr(client, subject.attribute)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = Server()
    with serving.running(found.mock) as running:
        found.origin = running.origin
        yield found


@pytest.fixture(params=["blocking", "awaited"])
def generate(request: pytest.FixtureRequest, server: Server) -> Any:
    """Run a call of a model from its submission to the bytes of its results. Returns what was raised, or None."""

    def blocking(subject: Subject, ledger: MemoryLedger, timeout: float = _LONG) -> Exception | None:
        with httpx2.Client(trust_env=False, event_hooks={"request": [_hurry]}) as http:
            try:
                done = _call(server.line(subject, ledger, http), subject, timeout)
                for one in _results(done):
                    one.read()
            except errors.ProviderError as raised:
                return raised
        return None

    async def awaited(subject: Subject, ledger: MemoryLedger, timeout: float = _LONG) -> Exception | None:
        async def hurry(asked: httpx2.Request) -> None:
            _hurry(asked)

        async with httpx2.AsyncClient(trust_env=False, event_hooks={"request": [hurry]}) as http:
            try:
                done = await _call(server.line(subject, ledger, http), subject, timeout)
                for one in _results(done):
                    await one.read()
            except errors.ProviderError as raised:
                return raised
        return None

    if request.param == "blocking":
        return blocking
    return lambda *asked: asyncio.run(awaited(*asked))


def _hurry(asked: httpx2.Request) -> None:
    if handing.FILES not in asked.url.path:
        asked.extensions["timeout"] |= {"read": _PATIENCE}


def _params(subject: Subject) -> Params:
    return witnessed.requests(subject, subject.model.witnesses[0])[0]


def _call(calls: Any, subject: Subject, timeout: float) -> Any:
    if subject.model.job is None:
        return calls.generate_sync(**_params(subject))
    return calls.generate(**_params(subject), timeout=timeout)


def _results(done: Any) -> tuple[Any, ...]:
    return getattr(done, "results", ())


def _agree(server: Server, subject: Subject, ledger: MemoryLedger) -> None:
    """Hold that no job is lost: each that the provider knows stands in the ledger, or is told to be unknown there."""
    entries = list(ledger.find())
    known = {one.id for one in server.books(subject).jobs}
    named = {one.job_id for one in entries if one.job_id is not None}
    nameless = sum(one.state in ("unknown", "sending") for one in entries if one.job_id is None)
    assert named <= known
    assert len(known - named) <= nameless, "a job that was paid is nowhere to be found"


def _can_happen(subject: Subject, fault: str) -> bool:
    """Say whether the documents show how a job fails, where a fault is that."""
    step, _, what = fault.partition(":")
    ends: dict[str, ir.Phase] = {"failed": "failed", "moderated": "moderated", "expired": "expired"}
    if step != "job" or what not in ends:
        return True
    return any(lives.ending(subject, phase, None) is not None for phase in (ends[what], ends["failed"]))


@pytest.mark.parametrize("ours", OURS, ids=str)
def test_what_is_asked_for_comes_and_is_paid_once(server: Server, generate: Any, ours: Subject) -> None:
    server.begin(ours)
    ledger = MemoryLedger()
    assert generate(ours, ledger) is None
    books = server.books(ours)
    books.paid_once()
    assert [one.state for one in ledger.find()] == ["succeeded"]
    assert books.held == 0
    _agree(server, ours, ledger)


@pytest.mark.parametrize(
    ("ours", "case"),
    [
        pytest.param(one, case, id=f"{one}-{case[0]}")
        for one in OURS
        if one.model.job is not None
        for case in PAID
        if _can_happen(one, case[0])
    ],
)
def test_a_paid_request_that_goes_wrong_is_paid_once_at_most_and_told(
    server: Server, generate: Any, ours: Subject, case: tuple[str, tuple[type[Exception], ...], int]
) -> None:
    written, expected, accepted = case
    server.begin(ours, written)
    ledger = MemoryLedger()
    raised = generate(ours, ledger, _SHORT if written == "job:stuck" else _LONG)
    assert isinstance(raised, expected), repr(raised)
    books = server.books(ours)
    assert books.accepted == accepted
    assert books.submits == 1 or isinstance(raised, errors.RateLimited), "what may have been paid is not sent again"
    assert len(list(ledger.find())) == 1
    _agree(server, ours, ledger)


@pytest.mark.parametrize("what", FREE)
@pytest.mark.parametrize("ours", [one for one in OURS if one.model.job is not None], ids=str)
def test_a_poll_that_goes_wrong_is_asked_again_and_the_job_arrives(
    server: Server, generate: Any, ours: Subject, what: str
) -> None:
    steps = ["poll"] + (["collect"] if ours.model.job is not None and ours.model.job.collect is not None else [])
    server.begin(ours, *(f"{step}:{what} x1" for step in steps))
    ledger = MemoryLedger()
    assert generate(ours, ledger) is None
    books = server.books(ours)
    books.paid_once()
    assert {one.operation for one in books.requests if one.fault} == set(steps)
    assert [one.state for one in ledger.find()] == ["succeeded"]
    _agree(server, ours, ledger)


@pytest.mark.parametrize("what", ["half", "502", "garbage"])
@pytest.mark.parametrize("ours", [one for one in OURS if one.model.job is not None], ids=str)
def test_a_download_that_goes_wrong_is_told_and_the_job_stays_known(
    server: Server, generate: Any, ours: Subject, what: str
) -> None:
    server.begin(ours, f"file:{what} x1")
    ledger = MemoryLedger()
    assert isinstance(generate(ours, ledger), errors.ProviderError)
    server.books(ours).paid_once()
    assert [one.state for one in ledger.find()] == ["succeeded"]


@pytest.mark.parametrize("what", ["drop", "lost", "half", "hang 2s", "garbage", "502", "401"])
@pytest.mark.parametrize("ours", [one for one in OURS if one.model.immediate is not None], ids=str)
def test_an_answer_at_once_that_goes_wrong_is_paid_once_at_most(server: Server, ours: Subject, what: str) -> None:
    server.begin(ours, f"immediate:{what} x1")
    ledger = MemoryLedger()
    with (
        httpx2.Client(trust_env=False, event_hooks={"request": [_hurry]}) as http,
        pytest.raises(errors.Refused if what == "401" else errors.ProviderError) as raised,
    ):
        server.line(ours, ledger, http).generate_sync(**_params(ours))
    books = server.books(ours)
    assert books.count("immediate") == 1, repr(raised.value)
    assert books.accepted == (0 if what in ("drop", "502", "401") else 1)
    assert len(list(ledger.find())) == 1
