"""Batches from Python: what the command does, without it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from proviso_runtime import batches, clients, errors
from proviso_runtime.ledger import Ledger, MemoryLedger

from .provider import Provider


@pytest.fixture
def acme_package(desk: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(desk / "out"), *sys.path])
    return import_module("batch_clients.acme")


def client(package: ModuleType, acme: Provider, ledger: Ledger | None) -> clients.AsyncClient:
    made: clients.AsyncClient = package.AsyncClient(base_url=acme.address, ledger=ledger)
    return made


def test_a_batch_is_a_paragraph_of_python(desk: Path, acme: Provider, acme_package: ModuleType) -> None:
    ledger = MemoryLedger()
    seen: list[tuple[int, int]] = []

    def requests() -> Iterator[dict[str, Any]]:
        yield from ({"prompt": one} for one in ("a", "b", "a"))

    async def work() -> batches.Tally:
        async with client(acme_package, acme, ledger) as async_client:
            with batches.Batch(acme_package.still_1, async_client, out=desk / "pictures") as batch:
                plan = batch.plan(requests(), batches.Choices(max_cost="1.5"))
                return await batch.run(plan, on_progress=lambda tally: seen.append((tally.running, tally.succeeded)))

    for _ in range(2):
        tally = asyncio.run(work())
        assert tally.complete
        assert str(tally.charged) == "1.5 USD"
        assert seen[-1] == (0, 3)
    assert len(acme.accepted) == len(list(ledger.find())) == 3
    assert max(running for running, _ in seen) == 3


def test_a_plan_that_is_refused_is_not_run(desk: Path, acme: Provider, acme_package: ModuleType) -> None:
    found: list[batches.Finding] = []

    async def work(choices: batches.Choices, *requests: dict[str, Any]) -> None:
        async with client(acme_package, acme, MemoryLedger()) as async_client:
            with batches.Batch(acme_package.still_1, async_client, out=desk / "pictures") as batch:
                await batch.run(batch.plan(requests, choices, on_finding=found.append))

    with pytest.raises(batches.LinesInvalid, match="1 line is wrong"):
        asyncio.run(work(batches.Choices(), {"prompt": "a"}, {"prompt": 1}))
    assert [(one.line, one.at) for one in found] == [(2, "/prompt")]
    with pytest.raises(errors.TooDear):
        asyncio.run(work(batches.Choices(max_cost="0.49"), {"prompt": "a"}))
    assert not acme.accepted


def test_a_batch_is_not_made_of_what_cannot_carry_it(desk: Path, acme: Provider, acme_package: ModuleType) -> None:
    model, out = acme_package.still_1, desk / "pictures"
    with pytest.raises(batches.BatchRefused, match="needs a ledger"):
        batches.Batch(model, client(acme_package, acme, None), out=out)
    other = import_module("batch_clients.instant")
    with pytest.raises(TypeError, match="no model of"):
        batches.Batch(model, client(other, acme, MemoryLedger()), out=out)
    with pytest.raises(TypeError, match="is the module of a generated model"):
        batches.Batch(sys.modules["json"], client(acme_package, acme, MemoryLedger()), out=out)
    assert not out.exists()


def test_what_many_jobs_have_in_flight_at_once_is_limited(desk: Path, acme: Provider, acme_package: ModuleType) -> None:
    most = 0

    def look(tally: batches.Tally) -> None:
        nonlocal most
        most = max(most, tally.running)

    async def work(concurrency: int) -> None:
        async with client(acme_package, acme, MemoryLedger()) as async_client:
            with batches.Batch(acme_package.still_1, async_client, out=desk / "pictures") as batch:
                plan = batch.plan({"prompt": str(number)} for number in range(20))
                await batch.run(plan, concurrency=concurrency, on_progress=look)

    with pytest.raises(ValueError, match="concurrency is at least 1"):
        asyncio.run(work(0))
    asyncio.run(work(3))
    assert most == 3
    assert len(acme.accepted) == 20


def test_what_the_caller_raises_breaks_off_nothing_that_is_paid_for(
    desk: Path, acme: Provider, acme_package: ModuleType
) -> None:
    ledger = MemoryLedger()

    def fall_over(tally: batches.Tally) -> None:
        if tally.running == 4:
            raise ZeroDivisionError

    async def work(on_progress: Callable[[batches.Tally], object] | None) -> batches.Tally:
        async with client(acme_package, acme, ledger) as async_client:
            with batches.Batch(acme_package.still_1, async_client, out=desk / "pictures") as batch:
                plan = batch.plan({"prompt": str(number)} for number in range(9))
                return await batch.run(plan, on_progress=on_progress)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(work(fall_over))
    assert {one.state for one in ledger.find()} == {"accepted"}
    assert asyncio.run(work(None)).complete
    assert len(acme.accepted) == 9
