"""The one door to the HTTP library: drive a flow with it, blocking or awaited.

The library is httpx2, imported when the first request is sent; a client of httpx or httpx2 that
the caller brings is used as it is. Nothing is resent here and no redirect is followed (`paying` and
`downloads` say what is asked again), and the key goes to the provider's own origins only.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, TypeVar, assert_never

from proviso_runtime import doors, slots
from proviso_runtime.addresses import Origins
from proviso_runtime.clock import Clock
from proviso_runtime.connections import OfLoops, Shared
from proviso_runtime.credentials import Credentials
from proviso_runtime.doors import AsyncHttpClient, Door, HttpClient, Kept
from proviso_runtime.httplike import Extensions, Timeout
from proviso_runtime.intake import Intake
from proviso_runtime.steps import Answer, Flow, Lost, Pause, Record, Request, Step

if TYPE_CHECKING:
    from proviso_runtime.ledger.coalescing import Coalescing

T = TypeVar("T")

CONNECTIONS = 100
"""Requests that an async client has under way at once, unless it is told otherwise."""


def _made() -> HttpClient:
    import httpx2  # here, because importing a client must not import it

    return httpx2.Client()


def _made_awaited(connections: int) -> AsyncHttpClient:
    import httpx2  # as above

    return httpx2.AsyncClient(limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=connections))


class Blocking(Door):
    """Drives flows with a blocking client; safe to share between threads.

    client: the caller's own, never closed here; None to make one at the first request.
    Raises TypeError for anything else than a blocking client of httpx2 or httpx.
    """

    def __init__(
        self,
        *,
        client: HttpClient | None,
        origins: Origins,
        credentials: Credentials,
        clock: Clock,
        ledger: Kept = None,
    ) -> None:
        super().__init__(origins=origins, credentials=credentials, clock=clock, ledger=ledger)
        if client is not None and (doors.library(client) is None or hasattr(client, "aclose")):
            raise TypeError("http_client must be a blocking client of httpx2 or httpx")
        self._given = client
        self._own = Shared(_made)

    def run(self, flow: Flow[T]) -> T:
        """Drive flow to its end and return its result. Raises what it raises."""
        with contextlib.closing(flow):
            thrown: BaseException | None = None
            while True:
                try:
                    step = flow.send(None) if thrown is None else flow.throw(thrown)
                    while True:
                        step = flow.send(self._do(step))
                except BaseException as error:  # wherever it landed, a flow that is not at its end hears of it
                    if not doors.ended(flow):
                        thrown = error
                    elif isinstance(error, StopIteration):
                        result: T = error.value
                        return result
                    else:
                        raise

    def _do(self, step: Step) -> Answer | None:
        match step:
            case Request():
                return self._send(step)
            case Pause():
                self.clock.sleep(step.seconds)
            case Record():
                self._record(step)
            case _:
                assert_never(step)
        return None

    def close(self) -> None:
        """Close the client that was made here, and take no further requests."""
        self.closed = True
        self._own.close()

    def _client(self) -> HttpClient:
        if self._given is not None:
            doors.check_open(closed=self.closed or self._given.is_closed)
            return self._given
        return self._own.client()

    def _record(self, record: Record) -> None:
        ledger = self.ledger
        if ledger is not None and record.changes:
            with doors.not_vital(record):
                ledger.write(record.changes)

    def _send(self, request: Request) -> Answer:
        with doors.staying(request):
            client = self._client()
            url, headers = self.dressed(request)
            extensions = self.reach.checked(url, client)
        try:
            with (
                self.quiet(client),
                client.stream(
                    request.verb,
                    url,
                    content=request.body,
                    headers=headers,
                    auth=None,
                    follow_redirects=False,
                    timeout=doors.timeout(request),
                    extensions=extensions,
                ) as response,
            ):
                intake = Intake(request, response, self.clock)
                for chunk in response.iter_raw() if intake.packed else response.iter_bytes():
                    if not intake.take(chunk):
                        break
                return intake.reply()
        except BaseException as error:
            if (lost := doors.lost(error, request, client)) is None:
                raise
            return lost


class Awaited(Door):
    """Drives flows with an async client.

    client: the caller's own, never closed here; None to make one at the first request.
    Raises TypeError for anything else than an async client of httpx2 or httpx.
    """

    def __init__(
        self,
        *,
        client: AsyncHttpClient | None,
        origins: Origins,
        credentials: Credentials,
        clock: Clock,
        ledger: Kept = None,
        connections: int = CONNECTIONS,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(origins=origins, credentials=credentials, clock=clock, ledger=ledger)
        if client is not None and (doors.library(client) is None or not hasattr(client, "aclose")):
            raise TypeError("http_client must be an async client of httpx2 or httpx")
        self._given = client
        self._own = OfLoops(functools.partial(_made_awaited, connections))
        self._coalescing: Coalescing | None = None
        self._connections = connections
        self._slots = slots.Slots(connections)
        self._places = None if concurrency is None else slots.Slots(concurrency)

    async def run(self, flow: Flow[T]) -> T:
        """Drive flow to its end and return its result. Raises what it raises."""
        with contextlib.closing(flow):
            thrown: BaseException | None = None
            while True:
                try:
                    step = flow.send(None) if thrown is None else flow.throw(thrown)
                    while True:
                        step = flow.send(await self._do(step))
                except BaseException as error:  # wherever it landed, a flow that is not at its end hears of it
                    if not doors.ended(flow):
                        thrown = error
                    elif isinstance(error, StopIteration):
                        result: T = error.value
                        return result
                    else:
                        raise

    async def _do(self, step: Step) -> Answer | None:
        match step:
            case Request():
                return await self._send(step)
            case Pause():
                await self.clock.asleep(step.seconds)
            case Record():
                await self._record(step)
            case _:
                assert_never(step)
        return None

    @contextlib.asynccontextmanager
    async def place(self, called: str, timeout: float | None = None) -> AsyncGenerator[None]:
        """Hold a place among the calls that are under way at once, where there is a limit to them.

        called: what is called. timeout: seconds to wait for the place. Raises Unreachable where it does not come.
        """
        if self._places is None:
            yield
            return
        async with contextlib.AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._places.one(patience=timeout))
            except slots.NoneFree as error:
                raise doors.crowded(called, timeout) from error
            yield

    async def close(self) -> None:
        """Close the client that was made here, and take no further requests."""
        self.closed = True
        await self._own.close()

    async def _client(self) -> AsyncHttpClient:
        if self._given is not None:
            doors.check_open(closed=self.closed or self._given.is_closed)
            return self._given
        return await self._own.client()

    async def _record(self, record: Record) -> None:
        ledger = self.ledger
        if ledger is None or not record.changes:
            return
        if self._coalescing is None:
            from proviso_runtime.ledger import coalescing  # here, because it needs asyncio

            self._coalescing = coalescing.Coalescing(ledger)
        with doors.not_vital(record):
            await self._coalescing.write(record.changes)

    async def _send(self, request: Request) -> Answer:
        began = self.clock.monotonic()
        patience = request.patience if request.within is None else min(request.within, request.patience)
        async with contextlib.AsyncExitStack() as turn:
            with doors.staying(request):
                try:
                    await turn.enter_async_context(self._slots.one(patience=patience))
                except slots.NoneFree as error:
                    return Lost(error=error, sent="no")
                client = await self._client()
                url, headers = self.dressed(request)
                extensions = await self.reach.awaited(url, client)
            timeout = doors.timeout(request, waited=self.clock.monotonic() - began)
            return await self._exchange(request, client, url, headers, timeout=timeout, extensions=extensions)

    async def _exchange(
        self,
        request: Request,
        client: AsyncHttpClient,
        url: str,
        headers: dict[str, str],
        *,
        timeout: Timeout,
        extensions: Extensions,
    ) -> Answer:
        try:
            async with (
                self.quiet(client),
                client.stream(
                    request.verb,
                    url,
                    content=request.body,
                    headers=headers,
                    auth=None,
                    follow_redirects=False,
                    timeout=timeout,
                    extensions=extensions,
                ) as response,
            ):
                intake = Intake(request, response, self.clock)
                async for chunk in response.aiter_raw() if intake.packed else response.aiter_bytes():
                    if not intake.take(chunk):
                        break
                return intake.reply()
        except BaseException as error:
            if (lost := doors.lost(error, request, client)) is None:
                raise
            return lost
