"""Callbacks: jobs that have ended are told to whoever asked for it, again and again until it is acknowledged."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from proviso import ir
from proviso.answers import planting
from proviso.mock import replies
from proviso.mock.books import Delivery, Entry
from proviso.mock.desk import Desk
from proviso.mock.jobs import Job
from proviso.mock.posting import CannotPost, Forbidden, Post
from proviso.mock.provider_mock import Mock
from proviso.oracle import signing
from proviso.oracle.exact import encoded

TICK = 0.05
"""Real seconds between two looks at what has ended by itself."""

_RETRIES = 3
_WITHIN = 10.0
_PAUSE = 5.0  # seconds of the provider's time before the first retry; each one is twice the one before

_AT_ONCE = 50  # deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """A callback about a job. own: what the documents say of it. id: of the message, the same in every attempt."""

    desk: Desk
    job: Job
    own: ir.Callback
    address: str
    id: str
    body: bytes


class Courier:
    """What sends the callbacks of a mock. told: hears of every attempt."""

    def __init__(self, mock: Mock, *, told: Callable[[Entry | Delivery], None] | None = None) -> None:
        self._mock = mock
        self._told = told
        self._post = Post(private=mock.options.private_callbacks)
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def work(self) -> None:
        """Finish jobs that nobody asks about, and deliver callbacks, for ever."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    self._ticked()
                    for desk in self._mock.desks.values():
                        while desk.orders.finished and not self._room.locked():
                            await self._room.acquire()
                            group.create_task(self._guarded(desk, desk.orders.finished.popleft()))
                    await asyncio.sleep(TICK)
        finally:
            await self._post.close()

    def _ticked(self) -> None:
        try:
            self._mock.tick()
        except Exception as defect:
            self._mock.defects.append(f"the end of a job: {type(defect).__name__}")

    async def _guarded(self, desk: Desk, job: Job) -> None:
        try:
            await self._delivered(desk, job)
        except Exception as defect:
            self._mock.defects.append(f"the callback of {job.id}: {type(defect).__name__}")
        finally:
            self._room.release()

    async def _delivered(self, desk: Desk, job: Job) -> None:
        message = _message(desk, job, self._mock.options.clock.now())
        if message is None:
            return
        for attempt in range(1, retries(message.own) + 2):
            if await self._attempted(message, attempt):
                return
            await asyncio.sleep(self._mock.options.clock.real(_PAUSE * 2.0 ** (attempt - 1)))

    async def _attempted(self, message: _Message, attempt: int) -> bool:
        """Send a callback once; say whether it is over with it."""
        fault = message.desk.faults.next("callback")
        match None if fault is None else fault.what:
            case "lost":
                self._noted(message, attempt, None, "lost on purpose")
                return False
            case "slow" if fault is not None:
                await asyncio.sleep(self._mock.options.clock.real(fault.seconds))
            case _:
                pass
        over = await self._sent(message, attempt)
        if fault is not None and fault.what == "twice":
            await self._sent(message, attempt)
        return over

    async def _sent(self, message: _Message, attempt: int) -> bool:
        own = message.own
        headers = {"Content-Type": "application/json", "User-Agent": "proviso-mock"}
        if own.proof is not None:
            secret = self._mock.options.secret
            headers |= signing.headers(own.proof, message.body, moment=time.time(), secret=secret, message=message.id)
        try:
            status = await self._post(message.address, headers=headers, body=message.body, seconds=within(own))
        except Forbidden as forbidden:
            self._noted(message, attempt, None, f"not sent: {forbidden}")
            return True
        except CannotPost as failed:
            self._noted(message, attempt, None, str(failed))
            return False
        well = status == own.acknowledge if own.acknowledge is not None else 200 <= status < 300
        self._noted(message, attempt, status, "acknowledged" if well else f"not acknowledged: {status}")
        return well

    def _noted(self, message: _Message, attempt: int, status: int | None, outcome: str) -> None:
        delivery = Delivery(
            at=self._mock.options.clock.now(),
            provider=message.desk.provider.name,
            job=message.job.id,
            to=shown(message.address),
            attempt=attempt,
            status=status,
            outcome=outcome,
        )
        message.desk.books.deliveries.append(delivery)
        if self._told is not None:
            self._told(delivery)


def retries(callback: ir.Callback) -> int:
    """Say how often a callback is sent again: as documented, or three times."""
    return _RETRIES if callback.retries is None else callback.retries


def within(callback: ir.Callback) -> float:
    """Say within how many real seconds a callback has to be acknowledged: as documented, or ten."""
    return _WITHIN if callback.within is None else float(callback.within)


def _message(desk: Desk, job: Job, now: float) -> _Message | None:
    own = job.subject.model.callback
    if own is None or job.callback is None:
        return None
    stage = desk.stage(job, now=now, origin=job.origin)
    told = replies.collected(job, stage) if own.body == "collect" else replies.polled(job, stage)
    content = told.content
    if told.media_type == "application/json":
        body = json.loads(content)
        if own.id is not None and planting.has(own.id, body):
            body = planting.planted(own.id, body, job.wire_id)
        content = encoded(body)
    return _Message(desk=desk, job=job, own=own, address=job.callback, id=f"msg_{uuid.uuid4().hex}", body=content)


def shown(address: str) -> str:
    """Return an address without what may be secret in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "what is no address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
