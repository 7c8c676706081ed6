"""What one reply tells holds back all submissions of a client, through the doors that send them."""

from __future__ import annotations

import asyncio
import time

import httpx2
import pytest

from proviso_runtime import errors, ledger

from . import scripted
from .scripted import ACME_MODEL


class Busy:
    """A provider that refuses all for a while, and counts whom it had to refuse."""

    def __init__(self, clock: scripted.Clock) -> None:
        self.clock = clock
        self.until: float | None = None
        self.refused = 0
        self.taken: list[float] = []

    async def answer(self, request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0.001)
        if self.until is None:
            self.until = self.clock.monotonic() + 20.0
        left = self.until - self.clock.monotonic()
        if left > 0:
            self.refused += 1
            return httpx2.Response(429, headers={"Retry-After": f"{left:.3f}"}, json={"code": 429})
        self.taken.append(self.clock.monotonic())
        return httpx2.Response(200, json={"code": 200, "data": {"id": f"job-{len(self.taken)}"}})


class Racing(scripted.Clock):
    """A clock on which a thousand seconds pass in one, for many tasks at once."""

    def monotonic(self) -> float:
        return 1000.0 * time.monotonic()

    async def asleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 1000.0)

    def now(self) -> float:
        return 1_800_000_000.0 + self.monotonic()


def test_one_refusal_holds_back_all_tasks_of_the_client_and_of_its_copies() -> None:
    async def many() -> tuple[Busy, list[object]]:
        clock = Racing()
        busy = Busy(clock)
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(busy.answer))
        async with scripted.AsyncClient(scripted.KEY, http_client=http, clock=clock, ledger=None) as client:
            other = client.with_options(start_within=0.0)
            first = await asyncio.gather(other.painter.submit(), return_exceptions=True)
            others = (one.painter.submit() for one in [client, other] * 50)
            return busy, [*first, *await asyncio.gather(*others, return_exceptions=True)]

    busy, (first, *others) = asyncio.run(many())
    assert isinstance(first, errors.RateLimited)
    assert busy.refused == 1
    assert [type(one).__name__ for one in others] == ["AsyncJob"] * 100
    assert busy.until is not None
    assert min(busy.taken) >= busy.until


def test_a_paid_request_in_line_is_neither_written_down_nor_sent() -> None:
    kept = ledger.MemoryLedger()
    clock = scripted.Clock()
    http = httpx2.Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(500)))
    with scripted.Client(scripted.KEY, http_client=http, clock=clock, ledger=kept) as client:
        gate = client.target(ACME_MODEL).gate
        assert gate is not None
        gate.close(10_000.0)
        with pytest.raises(errors.Unreachable, match="asked to be left alone"):
            client.painter.submit()
    assert list(kept.find()) == []
    assert clock.slept == []
