"""The HTTP clients that are made here: one for each process, and where they are awaited one for each loop.

A connection that two processes write to mixes up their requests and replies, and one whose loop has ended
takes a request and never brings a reply. What a fork leaves is neither used nor closed in the child: it is the parent's.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING

from proviso_runtime.doors import check_open
from proviso_runtime.httplike import AsyncHttpClient, HttpClient

if TYPE_CHECKING:
    import asyncio

_foreign: list[object] = []
"""What belongs to the process that this one was forked from; kept, because letting go of it may close it."""


class Shared:
    """The client of one process, for all of its threads. make: makes it when it is first asked for."""

    def __init__(self, make: Callable[[], HttpClient]) -> None:
        self._make = make
        self._client: HttpClient | None = None
        self._closed = False
        self._lock = threading.Lock()

    def client(self) -> HttpClient:
        """Return the client. Raises Unreachable once it is closed."""
        with self._lock:
            check_open(closed=self._closed)
            if self._client is not None:
                return self._client
        _watch(self)
        with self._lock:
            check_open(closed=self._closed)
            if self._client is None:
                self._client = self._make()
            return self._client

    def close(self) -> None:
        """Close the client, and give no other."""
        with self._lock:
            self._closed = True
            if self._client is not None:
                self._client.close()

    def before_fork(self) -> None:
        """Come to rest, and stay so until `after_fork`."""
        self._lock.acquire()

    def after_fork(self, *, child: bool) -> None:
        """Leave to the parent what is the parent's."""
        if child and self._client is not None:
            _foreign.append(self._client)
            self._client = None
        self._lock.release()


class OfLoops:
    """The clients of one process, one for each loop. make: makes one when a loop first asks for it."""

    def __init__(self, make: Callable[[], AsyncHttpClient]) -> None:
        self._make = make
        self._open: dict[asyncio.AbstractEventLoop, tuple[AsyncHttpClient, AsyncGenerator[None]]] = {}
        self._closed = False
        self._lock = threading.Lock()

    async def client(self) -> AsyncHttpClient:
        """Return the client of the running loop. Raises Unreachable once it is closed."""
        import asyncio  # only those who await pay for it

        loop = asyncio.get_running_loop()
        check_open(closed=self._closed)
        if (found := self._open.get(loop)) is not None:
            return found[0]
        _watch(self)
        client = self._make()
        ending = _until_the_loop_ends(client)
        await anext(ending)
        with self._lock:
            self._open = {one: of for one, of in self._open.items() if not one.is_closed()}
            self._open[loop] = client, ending
        return client

    async def close(self) -> None:
        """Close the client of the running loop, let those of other loops close theirs, and give no other."""
        import asyncio  # as above

        with self._lock:
            self._closed = True
            mine = self._open.pop(asyncio.get_running_loop(), None)
            self._open = {}
        if mine is not None:
            await mine[1].aclose()

    def before_fork(self) -> None:
        """Come to rest, and stay so until `after_fork`."""
        self._lock.acquire()

    def after_fork(self, *, child: bool) -> None:
        """Leave to the parent what is the parent's."""
        if child:
            _foreign.append(self._open)
            self._open = {}
        self._lock.release()


async def _until_the_loop_ends(client: AsyncHttpClient) -> AsyncGenerator[None]:
    """Close a client when its loop ends, which closes the generators that are not at their end."""
    try:
        yield
    finally:
        await client.aclose()


def _watch(one: Shared | OfLoops) -> None:
    from proviso_runtime.ledger import forks  # here, because only what has connections has to know of forks

    forks.watch(one)
