"""A client that nobody here wrote works against the mock, and the audit finds its weaknesses and no other."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from segmind import SegmindClient
from segmind.exceptions import SegmindError
from segmind.v2 import InferenceFailed, InferenceTimeout

from proviso import ir, pipeline
from proviso.audit import auditing, scenarios
from proviso.audit.auditing import Audited
from proviso.mock import faults, serving
from proviso.mock.clock import Held
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock

HERE = Path(__file__).parent
SLUG = "seedream-v5-lite-text-to-image"
NAMES = {one.name: one for one in scenarios.scenarios()}
PROVIDERS: tuple[ir.Provider, ...] = tuple(
    one for one in pipeline.read(HERE.parents[2] / "specs").providers if one.name == "segmind"
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A mock, its time, and the official client of it."""

    mock: Mock
    clock: Held
    client: SegmindClient

    @property
    def books(self) -> dict[str, Any]:
        found: dict[str, Any] = self.mock.books()["segmind"]
        return found


@contextmanager
def desk(*wrong: str, key: str = "mock-key", by_poll: bool = True, **settings: Any) -> Iterator[Desk]:
    clock = Held(by_poll=by_poll)
    mock = Mock(PROVIDERS, Options(clock=clock, faults=[faults.parse(text) for text in wrong], **settings))
    with serving.running(mock) as server:
        client = SegmindClient(api_key=key, base_url=f"{server.origin}/v1", timeout=5)
        try:
            yield Desk(mock=mock, clock=clock, client=client)
        finally:
            client._client.close()


def wait(job: Any, **within: float) -> dict[str, Any]:
    found: dict[str, Any] = job.wait(interval=0.01, **within)
    return found


def test_run_submits_polls_and_returns_the_final_body() -> None:
    with desk(by_poll=False) as at:
        job = at.client.submit_async(SLUG, prompt="a boat", max_images=2)
        at.clock.move(60)
        done = wait(job)
        assert done["status"] == "COMPLETED"
        assert [at.client._client.get(url).headers["content-type"] for url in done["output"]] == ["image/jpeg"] * 2
        assert at.books["requests"]["by_call"] == {"submit": 1, "poll": 1, "collect": 1, "file": 2}
        assert at.books["jobs"]["known"][0]["phase"] == "succeeded"


def test_a_job_goes_through_the_documented_states_while_it_is_waited_for() -> None:
    with desk() as at:
        job = at.client.submit_async(SLUG, prompt="a boat")
        assert job.submit_response["status"] == "QUEUED"
        assert job.request_id in job.status_url
        assert [job.status()["status"] for _ in range(3)] == ["QUEUED", "PROCESSING", "COMPLETED"]
        assert job.result()["output"].startswith("http://127.0.0.1:")
        assert at.client.run(SLUG, prompt="a boat")["status"] == "COMPLETED"


def test_run_sync_returns_the_image_and_the_balance() -> None:
    with desk(balance=Decimal(3), price=Decimal("0.5")) as at:
        done = at.client.run_sync(SLUG, prompt="a boat")
        assert (done.headers["content-type"], done.headers["x-remaining-credits"]) == ("image/jpeg", "2.5")
        assert done.content[:3] == b"\xff\xd8\xff"
        assert at.books["money"]["charged"] == "0.5"


@pytest.mark.parametrize("end", ["failed", "moderated"])
def test_a_failure_is_seen_as_one_whatever_its_status(end: str) -> None:
    with desk(f"job:{end}") as at:
        job = at.client.submit_async(SLUG, prompt="a boat")
        with pytest.raises(InferenceFailed, match="Prompt is Mandatory") as failed:
            wait(job)
        assert failed.value.status_body["status"] == "FAILED"
        assert job.result()["status"] == "FAILED"
        assert at.books["money"]["charged"] == "0"


def test_a_job_that_is_no_longer_kept_is_a_404() -> None:
    with desk(by_poll=False) as at:
        job = at.client.submit_async(SLUG, prompt="a boat")
        at.clock.move(3599)
        assert wait(job)["status"] == "COMPLETED"
        at.clock.move(2)
        for asked in (job.status, job.result):
            with pytest.raises(SegmindError) as gone:
                asked()
            assert gone.value.status == 404


def test_a_job_that_never_ends_is_waited_for_no_longer_than_it_is_said() -> None:
    with desk("job:stuck", by_poll=False) as at:
        job = at.client.submit_async(SLUG, prompt="a boat")
        with pytest.raises(InferenceTimeout) as late:
            wait(job, timeout=0.05)
        assert late.value.request_id == job.request_id


@pytest.mark.parametrize(
    ("settings", "params", "status"),
    [
        ({"key": "another"}, {"prompt": "a boat"}, 401),
        ({"balance": Decimal(0)}, {"prompt": "a boat"}, 406),
        ({}, {"prompt": "a boat", "size": "9K"}, 400),
    ],
    ids=["wrong key", "no credit", "wrong size"],
)
def test_what_is_refused_is_an_error_with_the_documented_status_and_costs_nothing(
    settings: dict[str, Any], params: dict[str, Any], status: int
) -> None:
    with desk(**settings) as at:
        for call in (at.client.submit_async, at.client.run_sync):
            with pytest.raises(SegmindError) as refused:
                call(SLUG, **params)
            assert refused.value.status == status
            assert refused.value.detail
        assert at.books["jobs"]["accepted"] == 0


def audited(program: str, *arguments: str, runs: list[str], timeout: float = 30) -> Audited:
    order = auditing.Order(
        command=(sys.executable, str(HERE / program), *arguments),
        providers=PROVIDERS,
        scenarios=tuple(NAMES[name] for name in runs),
        timeout=timeout,
        at_once=4,
    )
    return asyncio.run(auditing.audit(order))


def found(by: Audited) -> dict[str, set[str]]:
    names = {one.scenario.title: one.scenario.name for one in by.runs}
    said: dict[str, set[str]] = {name: set() for name in names.values()}
    for one in by.report.findings:
        if one.kind != "pass":
            said[names[one.what]].add(one.verdict)
    return said


def test_the_audit_finds_what_the_official_client_does_wrong_and_nothing_else() -> None:
    expected: dict[str, set[str]] = {
        "clean": set(),
        "bad-gateway": set(),
        "job-fails": set(),
        "job-forgotten": set(),
        # Whoever calls run() is not told the id of a job, or that it was paid for, when a poll fails.
        "polls-fail": {"loses a job"},
        "collect-fails": {"loses a job"},
    }
    by = audited("sdk_customer.py", "by-address", runs=list(expected))
    assert found(by) == expected, by.report.findings
    assert {one.door for run in by.runs for one in run.record.seen} == {"address"}


def test_it_is_the_same_program_that_is_audited_through_the_proxy_without_knowing_of_it() -> None:
    expected: dict[str, set[str]] = {
        "clean": set(),
        "lost": set(),
        "poll-silent": {"loses a job"},
        # It would wait for ten minutes, as documented; so short a run cannot say that it never stops.
        "job-stuck": {"waits on (open)"},
    }
    by = audited("sdk_customer.py", runs=list(expected), timeout=8)
    assert found(by) == expected, by.report.findings
    assert {one.door for run in by.runs for one in run.record.seen} == {"proxy"}
    assert any("a run of 600 seconds would tell" in one.message for one in by.report.findings)


def test_a_blocking_call_of_the_official_client_is_paid_once_whatever_goes_wrong() -> None:
    by = audited("sdk_customer.py", "by-address", "sync", runs=["lost", "limited"])
    assert found(by) == {"clean": set(), "lost": set(), "limited": set()}, by.report.findings
    assert [len(run.paid) for run in by.runs] == [1, 1, 1]


def test_the_generated_client_passes_where_the_official_one_does_not() -> None:
    runs = ["bad-gateway", "polls-fail", "collect-fails", "job-fails"]
    by = audited("own_customer.py", runs=runs)
    assert found(by) == {name: set() for name in ("clean", *runs)}, by.report.findings
    assert [run.ended.status for run in by.runs] == [0, 1, 0, 0, 1]
