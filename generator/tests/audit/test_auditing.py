"""Every bad habit of a program is found in the run that brings it out, and a careful program passes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from proviso import ir, pipeline
from proviso.audit import auditing, scenarios
from proviso.audit.auditing import Audited

HERE = Path(__file__).parent
NAMES = {one.name: one for one in scenarios.scenarios()}
HABITS: dict[str, dict[str, set[str]]] = {
    "resend": {
        "lost": {"paid-again"},
        "dropped": {"paid-again"},
        "bad-gateway": {"paid-again"},
        "silent": {"paid-again"},
        "polls-fail": set(),
    },
    "shrug": {"lost": {"charge-unseen"}, "job-fails": {"end-missed"}, "result-late": {"result-broken"}},
    "forget": {"polls-fail": {"job-lost"}, "poll-silent": {"job-lost"}, "job-stuck": {"job-lost"}, "job-fails": set()},
    "trust": {"job-fails": {"end-missed"}, "job-moderated": {"end-missed"}, "job-expires": {"end-missed"}},
    "deaf": {"job-fails": {"end-missed"}},
    "wait": {"job-stuck": {"waits-on"}},
    "hurry": {"clean": {"polls-fast"}, "limited": {"too-soon"}},
    "show": {"clean": {"key-astray"}},
    "tell": {"clean": {"key-astray"}},
    "overdo": {"clean": {"refused", "fails-alone"}},
    "leave": {"clean": {"result-left"}},
    "gulp": {"result-half": {"result-broken"}, "result-late": set()},
    "wander": {"clean": {"elsewhere", "key-astray"}},
}


@cache
def providers() -> tuple[ir.Provider, ...]:
    found = pipeline.read(HERE / "specs")
    assert not found.complaints
    return found.providers


def audited(*habits: str, runs: Sequence[str], timeout: float = 20) -> Audited:
    order = auditing.Order(
        command=(sys.executable, str(HERE / "customer.py"), *habits),
        providers=providers(),
        scenarios=tuple(NAMES[name] for name in runs),
        timeout=timeout,
        at_once=6,
    )
    return asyncio.run(auditing.audit(order))


def rules(found: Audited) -> dict[str, set[str]]:
    """Return what was found, run by run."""
    names = {one.scenario.title: one.scenario.name for one in found.runs}
    said: dict[str, set[str]] = {name: set() for name in names.values()}
    for one in found.report.findings:
        if one.kind != "pass":
            said[names[one.what]].add(one.rule)
    return said


def test_a_careful_program_passes_every_run() -> None:
    found = audited(runs=list(NAMES))
    assert rules(found) == {name: set() for name in NAMES if name != "collect-fails"}, found.report.findings
    assert not found.report.fails
    assert {one.door for run in found.runs for one in run.record.seen} == {"address"}


def test_a_program_that_knows_nothing_of_the_mock_comes_to_it_by_the_proxy() -> None:
    runs = ["lost", "silent", "polls-fail", "result-half"]
    found = audited("by-proxy", runs=runs)
    assert rules(found) == {name: set() for name in ("clean", *runs)}, found.report.findings
    assert {one.door for run in found.runs for one in run.record.seen} == {"proxy"}
    assert {one.host for one in found.runs[0].record.seen} == {"api.acme.example:443", "acme-results.example:443"}


@pytest.mark.parametrize("habit", HABITS)
def test_a_bad_habit_is_found_where_it_does_harm_and_nowhere_else(habit: str) -> None:
    expected = HABITS[habit]
    found = audited(habit, runs=list(expected), timeout=2.5 if habit == "wait" else 20)
    assert rules(found) == {"clean": set(), **expected}, found.report.findings


def test_a_repeated_payment_is_told_with_its_price_its_course_and_what_would_be_right() -> None:
    found = audited("resend", runs=["lost"])
    [one] = [one for one in found.report.findings if one.kind == "fail"]
    assert one.title == "acme/still-1"
    assert one.message == (
        "when the reply to the paid request is lost: the program sent the paid request again, once, and may be billed "
        "each time"
    )
    told = [value for _, value in one.details]
    assert dict(one.details)["cost"] == "0.04 USD"
    assert [text.split(" -> ")[1] for text in told if text.startswith("POST")] == [
        "no whole reply [submit:lost]",
        "200 running",
    ]
    assert told[-2] == "it ended with status 0"
    assert dict(one.details)["a careful client"].startswith("It stops, says that the outcome is unknown")
    assert found.runs[1].jobs[0].id not in found.report.title
