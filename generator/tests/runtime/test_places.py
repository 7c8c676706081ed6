"""So many calls of a client at once, from their submission to their end; the others wait for their turn."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import httpx2
import pytest

from proviso_runtime import calls, clients, errors, jobs, media

from . import scripted


class Painter(calls.AsyncCalls[media.AsyncImage]):
    """Calls of a model whose request is the name of its job."""

    model = scripted.ACME_MODEL

    async def generate(self, job: str, *, timeout: float | None = None) -> jobs.AsyncDone[media.AsyncImage]:
        """Submit a job and wait for it."""
        return await self._generate({"job": job}, {}, timeout=timeout, on_update=None)


class Client(clients.AsyncClient):
    """A client with the one model."""

    provider = scripted.ACME

    @property
    def painter(self) -> Painter:
        """The calls of the model."""
        return Painter(self)


class Studio:
    """A provider whose jobs take a while, and which counts those at work."""

    def __init__(self, *, broken: frozenset[str] = frozenset()) -> None:
        self.broken = broken
        self.working: set[str] = set()
        self.most = 0
        self.order: list[str] = []
        self.polls: Counter[str] = Counter()
        self.second = asyncio.Event()

    async def answer(self, request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0)
        if request.method == "POST":
            job = str(json.loads(request.content)["job"])
            if job in self.broken:
                return httpx2.Response(400, json={"code": 400})
            self.order.append(job)
            self.working.add(job)
            if job == name(1):
                self.second.set()
            self.most = max(self.most, len(self.working))
            return httpx2.Response(200, json={"code": 200, "data": {"id": job}})
        job = str(request.url.params["id"])
        self.polls[job] += 1
        state = "done" if self.polls[job] == 3 else "working"
        if state == "done":
            self.working.discard(job)
        result = '{"urls": ["https://cdn.files.test/a.png"]}'
        return httpx2.Response(200, json={"code": 200, "data": {"state": state, "result": result}})

    def client(self, concurrency: int | None) -> Client:
        """Make a client of it."""
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self.answer))
        return Client(scripted.KEY, http_client=http, clock=Yielding(), ledger=None, concurrency=concurrency)


class Yielding(scripted.Clock):
    """A clock that costs no time, and lets others run."""

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)


@pytest.mark.parametrize(("concurrency", "most"), [(1, 1), (4, 4), (None, 30)])
def test_no_more_jobs_are_at_work_than_the_client_lets_in(concurrency: int | None, most: int) -> None:
    studio = Studio()

    async def all_of_them() -> None:
        async with studio.client(concurrency) as client:
            other = client.with_options(reference="the same account")
            made = [(client, other)[number % 2].painter.generate(name(number)) for number in range(30)]
            done = await asyncio.gather(*made)
        assert [one.job_id for one in done] == [name(number) for number in range(30)]

    asyncio.run(all_of_them())
    assert studio.most == most
    assert studio.order == [name(number) for number in range(30)]


def test_calls_that_fail_or_are_cancelled_free_their_places() -> None:
    studio = Studio(broken=frozenset({name(0), name(3)}))

    async def all_of_them() -> list[object]:
        async with studio.client(1) as client:
            tasks = [asyncio.ensure_future(client.painter.generate(name(number))) for number in range(6)]
            await asyncio.sleep(0)
            tasks[4].cancel()  # in line
            await studio.second.wait()
            tasks[1].cancel()  # at work
            return list(await asyncio.gather(*tasks, return_exceptions=True))

    ended = [type(one).__name__ for one in asyncio.run(all_of_them())]
    assert ended == ["BadRequest", "CancelledError", "AsyncDone", "BadRequest", "CancelledError", "AsyncDone"]
    assert studio.order == [name(1), name(2), name(5)]


def test_a_call_whose_turn_does_not_come_within_its_timeout_has_sent_nothing() -> None:
    studio = Studio()

    async def two() -> None:
        async with studio.client(1) as client:
            # The first one stays at work until it is cancelled.
            studio.polls[name(0)] = 3
            first = asyncio.ensure_future(client.painter.generate(name(0), timeout=1e9))
            await asyncio.sleep(0)
            with pytest.raises(errors.Unreachable, match=r"its turn did not come within 0\.01 seconds") as caught:
                await client.painter.generate(name(1), timeout=0.01)
            assert caught.value.billed is False
            assert caught.value.worth_retry is True
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)

    asyncio.run(two())
    assert studio.order == [name(0)]


@pytest.mark.parametrize("concurrency", [0, -1])
def test_a_limit_that_lets_nobody_in_is_refused(concurrency: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Studio().client(concurrency)


def name(number: int) -> str:
    return f"job-{number:02}"
