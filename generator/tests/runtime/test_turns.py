"""A paid request that waits for its turn has not left: it costs nothing, and it does not leave too late."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from proviso_runtime import errors, options
from proviso_runtime.ledger import MemoryLedger

from . import scripted


class Crowd:
    """A client of one connection, over which the first request takes its time."""

    def __init__(self) -> None:
        self.sent = 0
        self.go = asyncio.Event()
        self.ledger = MemoryLedger()
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        self.client = scripted.AsyncClient(scripted.KEY, http_client=http, ledger=self.ledger, connections=1)

    async def _answer(self, _: httpx2.Request) -> httpx2.Response:
        self.sent += 1
        await self.go.wait()
        return httpx2.Response(200, content=scripted.ACCEPTED.content)

    @property
    def states(self) -> list[str]:
        return sorted(entry.state for entry in self.ledger.find())


def test_a_request_that_is_cancelled_while_it_waits_for_its_turn_was_not_sent() -> None:
    async def run() -> None:
        crowd = Crowd()
        tasks = [asyncio.create_task(crowd.client.painter.submit()) for _ in range(3)]
        await asyncio.sleep(0.2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert crowd.sent == 1
        assert crowd.states == ["unknown", "unsent", "unsent"]

    asyncio.run(run())


def test_a_request_leaves_in_the_time_in_which_it_is_to_start_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        crowd = Crowd()
        first = asyncio.create_task(crowd.client.painter.submit())
        await asyncio.sleep(0.05)
        with pytest.raises(errors.Unreachable):
            await crowd.client.with_options(start_within=0.1).painter.submit()
        crowd.go.set()
        await first
        assert crowd.sent == 1
        assert crowd.states == ["accepted", "unsent"]

    monkeypatch.setattr("proviso_runtime.paying._FIRST", 0.1)
    asyncio.run(asyncio.wait_for(run(), 10))


def test_a_closed_client_sends_nothing_and_writes_so() -> None:
    ledger = MemoryLedger()
    client = scripted.Client(scripted.KEY, ledger=ledger)
    client.close()
    with pytest.raises(errors.Unreachable):
        client.painter.submit()

    assert [entry.state for entry in ledger.find()] == ["unsent"]


def test_the_time_in_which_a_request_is_to_start_ends() -> None:
    with pytest.raises(ValueError, match="that end"):
        options.Options(start_within=float("inf"))
