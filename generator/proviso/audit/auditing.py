"""A program in one scenario after the other, and the report on it."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from proviso import ir
from proviso.audit import environment, job_checks, judging, manner_checks, paid_checks, program
from proviso.audit.authority import Authority
from proviso.audit.evidence import Evidence
from proviso.audit.house import House
from proviso.audit.rules import RULES
from proviso.audit.scenarios import CLEAN, Scenario
from proviso.mock.clock import Running
from proviso.mock.jobs import Job
from proviso.mock.options import Options
from proviso.oracle.subject import Subject
from proviso.reports.findings import Finding, Report

MANNERS = manner_checks.RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be audited, and how.

    command: with the placeholders {base_url} and {key}. scenarios: those to run beside the clean one. timeout: the
    seconds of one run. speed: how much faster than documented jobs go on. at_once: runs at the same time.
    price: what is charged where no document gives a price.
    """

    command: tuple[str, ...]
    providers: tuple[ir.Provider, ...]
    scenarios: tuple[Scenario, ...]
    timeout: float = 90
    speed: float = 20
    at_once: int = 1
    price: Decimal | None = None


class NothingSent(Exception):
    """No request of a program reached a provider. run: what was seen instead. base_urls: what it should have asked."""

    def __init__(self, run: Evidence) -> None:
        super().__init__("it sent nothing")
        self.run = run


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What an audit came to: the report, and the runs that it rests on."""

    report: Report
    runs: tuple[Evidence, ...] = field(repr=False)


async def audit(order: Order, *, told: Callable[[Evidence], None] = lambda _run: None) -> Audited:
    """Run a program in every scenario that can go wrong for it, and grade it.

    Args:
        order: what is to be done.
        told: is called after each run.

    Raises NothingSent, program.NotStarted.
    """
    authority = Authority()
    clean = await _run(order, CLEAN, authority)
    told(clean)
    if clean.record.is_empty:
        raise NothingSent(clean)
    chosen = [one for one in order.scenarios if one is not CLEAN and one.applies(clean.used)]
    turns = asyncio.Semaphore(order.at_once)

    async def one(scenario: Scenario) -> Evidence:
        async with turns:
            run = await _run(order, scenario, authority)
        told(run)
        return run

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(scenario)) for scenario in chosen]
    runs = (clean, *(task.result() for task in tasks))
    return Audited(report=_report(order, runs), runs=runs)


async def _run(order: Order, scenario: Scenario, authority: Authority) -> Evidence:
    """Run the program once, in a house of its own."""
    options = Options(
        key=f"audit-{secrets.token_hex(12)}",
        secret=f"audit-{secrets.token_hex(12)}",
        faults=scenario.faults,
        price=order.price,
        clock=Running(order.speed),
    )
    with tempfile.TemporaryDirectory(prefix="proviso-audit-") as name:
        folder = Path(name)
        async with House(order.providers, options, authority=authority) as house:
            alone = next(iter(house.base_urls.values())) if len(house.base_urls) == 1 else None
            variables = environment.variables(
                base_urls=house.base_urls,
                providers=order.providers,
                options=options,
                proxy=house.proxy,
                bundle=authority.bundle(folder),
                folder=folder,
            )
            command = environment.filled(order.command, base_url=alone, key=options.key)
            ended = await program.run(command, environment=variables, timeout=order.timeout)
    return Evidence(
        scenario=scenario,
        ended=ended.without(options.key),
        record=house.record,
        jobs=_jobs(house),
        timeout=order.timeout,
    )


def _jobs(house: House) -> tuple[Job, ...]:
    """Return all jobs that were accepted, also those that are no longer known."""
    found = {job.id: job for mock in house.mocks.values() for desk in mock.desks.values() for job in desk.orders}
    found |= {one.job.id: one.job for one in house.record.seen if one.job is not None}
    return tuple(found.values())


def _report(order: Order, runs: Sequence[Evidence]) -> Report:
    clean = runs[0]
    findings: list[Finding] = []
    for run in runs:
        other = None if run is clean else clean
        found = [*paid_checks.check(run, other), *job_checks.check(run), *manner_checks.check(run)]
        findings += found or [judging.nothing(run, _about(run))]
    left = [one.name for one in order.scenarios if one not in [run.scenario for run in runs]]
    summary = (
        ("runs", str(len(runs))),
        ("does not apply", ", ".join(left)),
        ("failures of the mock", ", ".join(sorted({one for run in runs for one in run.record.defects}))),
    )
    return Report(
        command="proviso audit",
        title=_title(order.command),
        findings=judging.united(findings, everywhere=MANNERS),
        rules={name: rule.about for name, rule in RULES.items()},
        summary=tuple((name, text) for name, text in summary if text),
    )


def _about(run: Evidence) -> Subject | None:
    return next((one.subject for one in run.record.seen if one.subject is not None), None)


def _title(command: Sequence[str]) -> str:
    """Name a program by its own name and that of its script; arguments may hold what is nobody's business."""
    names = [Path(one).name for one in command[:2] if one == command[0] or Path(one).is_file()]
    return " ".join(names)
