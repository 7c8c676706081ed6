"""Figures of paid calls: submit, poll and fetch beside the bare HTTP library, and what a job in flight weighs.

The three calls go to a server of our own on loopback, in a process of its own. Processor time counts, since the rest is
waiting.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from benchmarks import exchange_server, measure, subject
from benchmarks.figures import Figure, span
from benchmarks.measure import Samples
from harness import keys
from harness.houses import HOUSES
from harness.subjects import SUBJECTS, Subject
from proviso import ir
from proviso.answers import documented
from proviso.oracle.exact import plain
from proviso_runtime.clock import SystemClock
from proviso_runtime.ledger import Ledger, SqliteLedger

_BAR, _AIM = 1.2, 1.1
_MANY = 50  # exchanges in a batch
_IN_FLIGHT = 10_000
_KILOBYTES = 10.0
_ADDRESS = re.compile(r'https?://[^"\\\s]+')


class _NoPauses(SystemClock):
    """The clock of the machine, on which nothing waits: the server has finished a job when it is asked."""

    def sleep(self, seconds: float) -> None:
        """Go on at once."""


def figures(*, rounds: int) -> list[Figure]:
    """Measure exchanges in batches, contenders in turn, and then the memory of many jobs."""
    polled = _polled()
    with _server(polled) as base, tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger(Path(folder) / "ledger.db")
        contenders = {
            "bare": _bare(polled, base),
            "plain": _ours(polled, base, None),
            "kept": _ours(polled, base, ledger),
        }
        taken = _taken(contenders, rounds)
        ledger.close()
    return [
        _exchange("no ledger", taken["plain"], taken["bare"], bar=_BAR, aim=_AIM),
        _exchange("a durable SQLite ledger, three commits", taken["kept"], taken["bare"]),
        _weight(_slow()),
    ]


def _polled() -> Subject:
    """Pick the first real model whose poll tells the result."""
    real = [one for one in SUBJECTS if one.house is HOUSES[0] and one.model.job is not None]
    return next(one for one in real if one.model.job is not None and one.model.job.collect is None)


def _slow() -> Subject:
    """Pick the first real model with a documented poll of a job that goes on."""
    real = [one for one in SUBJECTS if one.house is HOUSES[0]]
    return next(
        one
        for one in real
        for reply in one.model.replies
        if one.model.job is not None and reply.of == "poll" and not _ended(one.model.job, reply)
    )


def _replies(of: Subject) -> tuple[str, str]:
    """Return the documented replies to submit and to the last poll, whose result is the server's picture."""
    job = of.model.job
    assert job is not None
    ends = [one for one in of.model.replies if one.of == "poll" and _succeeded(job, one)]
    text = json.dumps(plain(ends[0].body))
    return (
        documented.accepted(of, job_id="job-0123456789", reports={}, links={}).content.decode(),
        _ADDRESS.sub(f"{{base}}{exchange_server.PICTURE}", text),
    )


def _succeeded(job: ir.Job, reply: ir.ReplyWitness) -> bool:
    return _tells(job, reply, ("succeeded",))


def _ended(job: ir.Job, reply: ir.ReplyWitness) -> bool:
    return not _tells(job, reply, ("queued", "running"))


def _tells(job: ir.Job, reply: ir.ReplyWitness, phases: tuple[ir.Phase, ...]) -> bool:
    words = [word for word, phase in job.state.phases if phase in phases]
    return any(json.dumps(plain(word)) in json.dumps(plain(reply.body)) for word in words)


@contextmanager
def _server(of: Subject) -> Iterator[str]:
    command = (sys.executable, exchange_server.__file__, *_replies(of))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


def _ours(of: Subject, base: str, ledger: Ledger | None) -> Callable[[], object]:
    request = subject.documented(of)[0]
    client: Any = of.provider_module.Client
    made = client(**keys.options(of.provider, of.provider.auth[0]), base_url=base, clock=_NoPauses(), ledger=ledger)
    calls = getattr(made, of.attribute)

    def exchange() -> object:
        return calls.submit(**request.params).wait(timeout=60).results[0].read()

    return exchange


def _bare(of: Subject, base: str) -> Callable[[], object]:
    """Do the same three calls as a person does who trusts everything that comes."""
    request, job = subject.documented(of)[0], of.model.job
    assert job is not None
    assert job.poll.call is not None
    submit = job.submit.call.partition(" ")[2].replace("{model}", of.model.id)
    poll = job.poll.call.partition(" ")[2].replace("{id}", "job-0123456789").replace("{model}", of.model.id)
    client = httpx2.Client(base_url=base, headers={"Authorization": "Bearer key"})

    def exchange() -> object:
        client.post(submit, json=request.body).raise_for_status().json()
        address = _ADDRESS.search(client.get(poll).raise_for_status().text)
        assert address is not None
        return client.get(address[0]).raise_for_status().content

    return exchange


def _taken(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, Samples]:
    """Take the processor time of batches, in turn."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for exchange in contenders.values():
        for _ in range(_MANY):
            exchange()
    for _ in range(rounds):
        for name, exchange in contenders.items():
            start = time.process_time()
            for _ in range(_MANY):
                exchange()
            found[name].append((time.process_time() - start) / _MANY)
    return {name: Samples(seconds=tuple(times)) for name, times in found.items()}


def _exchange(how: str, ours: Samples, bare: Samples, *, bar: float | None = None, aim: float | None = None) -> Figure:
    return Figure(
        what=f"Submit, poll and fetch, processor time: {how}",
        ours=span(ours.median),
        rival="httpx2 by itself",
        theirs=span(bare.median),
        value=measure.ratio(ours, bare),
        unit="x",
        bar=bar,
        aim=aim,
    )


def _weight(of: Subject) -> Figure:
    taken = asyncio.run(_in_flight(of)) / 1024
    return Figure(
        what=f"Memory of a job in flight, {_IN_FLIGHT} at once in one process",
        ours=f"{taken:.1f} KB",
        rival="",
        theirs="",
        value=taken,
        unit="KB",
        bar=_KILOBYTES,
    )


async def _in_flight(of: Subject) -> float:
    """Submit many jobs that go on and on, and return the bytes that each of them takes while it waits."""
    accepted = documented.accepted(of, job_id="job-0123456789", reports={}, links={}).content.decode()
    job = of.model.job
    assert job is not None
    goes_on = next(one for one in of.model.replies if one.of == "poll" and not _ended(job, one))
    running, begun, wanted, all_begun = json.dumps(plain(goes_on.body)), 0, 0, asyncio.Event()

    def answer(request: httpx2.Request) -> httpx2.Response:
        nonlocal begun
        begun += request.method == "POST"
        if begun == wanted:
            all_begun.set()
        text = accepted.replace("job-0123456789", f"job-{begun:010d}") if request.method == "POST" else running
        return httpx2.Response(200, text=text, headers={"content-type": "application/json"})

    request, kind = subject.documented(of)[0], of.provider_module.AsyncClient
    options = keys.options(of.provider, of.provider.auth[0])
    client: Any = kind(**options, ledger=None, http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(answer)))
    calls = getattr(client, of.attribute)

    async def started(many: int) -> list[asyncio.Task[object]]:
        nonlocal wanted
        wanted += many
        all_begun.clear()
        tasks = [asyncio.create_task(calls.generate(timeout=86_400, **request.params)) for _ in range(many)]
        await all_begun.wait()
        await asyncio.sleep(0.2)
        return tasks

    tasks = await started(1)  # what is imported and made once is no job's
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tasks += await started(_IN_FLIGHT)
    gc.collect()
    weight = (tracemalloc.get_traced_memory()[0] - before) / _IN_FLIGHT
    tracemalloc.stop()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return weight
