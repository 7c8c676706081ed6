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
HABITS = [
    ("resend", "lost", {"paid-again"}),
    ("resend", "dropped", {"paid-again"}),
    ("resend", "bad-gateway", {"paid-again"}),
    ("resend", "silent", {"paid-again"}),
    ("shrug", "lost", {"charge-unseen"}),
    ("shrug", "job-fails", {"end-missed"}),
    ("forget", "polls-fail", {"job-lost"}),
    ("forget", "poll-silent", {"job-lost"}),
    ("forget", "job-stuck", {"job-lost"}),
    ("trust", "job-fails", {"end-missed"}),
    ("trust", "job-moderated", {"end-missed"}),
    ("trust", "job-expires", {"end-missed"}),
    ("deaf", "job-fails", {"end-missed"}),
    ("wait", "job-stuck", {"waits-on"}),
    ("hurry", "limited", {"polls-fast", "too-soon"}),
    ("show", "clean", {"key-astray"}),
    ("tell", "clean", {"key-astray"}),
    ("overdo", "clean", {"refused", "fails-alone"}),
    ("leave", "clean", {"result-left"}),
    ("wander", "clean", {"elsewhere", "key-astray"}),
]


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


def rules(found: Audited) -> set[str]:
    return {one.rule for one in found.report.findings if one.kind != "pass"}


@pytest.mark.parametrize("door", [(), ("by-proxy",)], ids=["by address", "by proxy"])
def test_a_careful_program_passes_every_run(door: tuple[str, ...]) -> None:
    found = audited(*door, runs=list(NAMES))
    assert rules(found) == set(), [(one.rule, one.message, one.details) for one in found.report.findings]
    assert {one.scenario.name for one in found.runs} == set(NAMES) - {"collect-fails"}
    assert {one.door for run in found.runs for one in run.record.seen} == {"proxy" if door else "address"}


@pytest.mark.parametrize(("habit", "run", "expected"), HABITS)
def test_a_bad_habit_is_found_where_it_does_harm(habit: str, run: str, expected: set[str]) -> None:
    found = audited(habit, runs=[run], timeout=2.5 if habit == "wait" else 20)
    assert rules(found) == expected, [(one.rule, one.message, one.details) for one in found.report.findings]
