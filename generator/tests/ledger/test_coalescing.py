"""Whoever waits for a write hears of its end, whatever becomes of the ledger, the task and the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from proviso_runtime.ledger import Change, Ended, MemoryLedger
from proviso_runtime.ledger.coalescing import Coalescing


class Slow(MemoryLedger):
    """A ledger that writes when it may, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()
        self.written: list[Change] = []

    def write(self, changes: Sequence[Change], /) -> None:
        assert self.may.wait(10)
        self.written += changes


class Broken(MemoryLedger):
    """A ledger that raises what it should not, once."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._errors = [error]

    def write(self, changes: Sequence[Change], /) -> None:
        if self._errors:
            raise self._errors.pop()


def change(at: float) -> tuple[Change, ...]:
    return (Ended(provider="acme", at=at, state="failed", job_id="job-1"),)


@pytest.mark.parametrize("error", [OSError("boom"), ValueError("no"), TypeError("no")], ids=repr)
def test_what_a_ledger_raises_reaches_whoever_waits_and_the_next_is_written(error: Exception) -> None:
    async def run() -> None:
        coalescing = Coalescing(Broken(error))
        both = await asyncio.gather(*(coalescing.write(change(at)) for at in (1, 2)), return_exceptions=True)
        assert both == [error, error]
        await coalescing.write(change(3))

    asyncio.run(asyncio.wait_for(run(), 10))


def test_a_loop_that_ends_amid_a_write_keeps_all_that_its_tasks_had_to_say() -> None:
    ledger = Slow()

    async def tells(at: float) -> None:
        try:
            await coalescing.write(change(at))
        finally:
            await coalescing.write(change(-at))

    async def run() -> None:
        tasks.extend(asyncio.create_task(tells(at)) for at in (1, 2))
        await asyncio.sleep(0.05)
        tasks.append(asyncio.create_task(tells(3)))
        await asyncio.sleep(0.05)
        threading.Timer(0.1, ledger.may.set).start()

    coalescing, tasks = Coalescing(ledger), list[asyncio.Task[None]]()
    running = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    running.start()
    running.join(10)

    assert not running.is_alive()
    assert all(task.cancelled() for task in tasks)
    assert sorted(one.at for one in ledger.written) == [-3, -2, -1, 1, 2, 3]


def test_what_a_loop_that_stopped_has_left_is_written_by_the_next() -> None:
    async def tells(at: float) -> None:
        await coalescing.write(change(at))

    ledger = Slow()
    coalescing, stopped = Coalescing(ledger), asyncio.new_event_loop()
    try:
        left = [stopped.create_task(tells(1))]
        stopped.run_until_complete(asyncio.sleep(0.05))
        left.append(stopped.create_task(tells(2)))
        stopped.run_until_complete(asyncio.sleep(0.05))
        threading.Timer(0.1, ledger.may.set).start()
        asyncio.run(asyncio.wait_for(tells(3), 10))
        assert {one.at for one in ledger.written} == {1, 2, 3}
        stopped.run_until_complete(asyncio.wait_for(asyncio.gather(*left), 10))
    finally:
        stopped.close()
