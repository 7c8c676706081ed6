"""The one door to the HTTP library: drive a flow with it, blocking or awaited.

The library is httpx2, imported when the first request is sent; a client of httpx or httpx2 that
the caller brings is used as it is. Nothing is resent and no redirect is followed (downloads ask again, as `downloads` says), and the key goes
to the provider's own origins only.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import threading
from typing import TypeVar, assert_never

from proviso_runtime import errors, httplike
from proviso_runtime.addresses import Origins, spellings
from proviso_runtime.clock import Clock
from proviso_runtime.credentials import Credentials
from proviso_runtime.intake import Intake
from proviso_runtime.steps import Answer, Flow, Lost, Pause, Request

T = TypeVar("T")

_CONNECT = 10.0  # seconds
_TELLING = 8  # characters of a key, fewer of which an address may hold by chance
_NEVER_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol", "InvalidURL")

HttpClient = httplike.HttpClient
AsyncHttpClient = httplike.AsyncHttpClient


class _Door:
    """What both doors share: where the key may go, and what an exception of the library means."""

    def __init__(self, *, origins: Origins, credentials: Credentials, clock: Clock) -> None:
        self.clock = clock
        self._origins = origins
        self._credentials = credentials
        self._closed = False
        self._quiet = False

    def _dressed(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return address and headers, which show the key where the address is the provider's own.

        Raises UnexpectedReply for another origin's address that holds the key, as a redirect may that repeats a query.
        """
        own = request.url in self._origins
        if request.credentials and own:
            return self._credentials.shown(request, now=self.clock.now())
        telling = [one for one in self._credentials.secrets if len(one) >= _TELLING]
        if not own and any(one in text for one in telling for text in spellings(request.url)):
            raise errors.UnexpectedReply(
                "an address of another origin holds the key; it was not asked for", billed=False, worth_retry=False
            )
        return request.url, dict(request.headers)

    def _quieten(self, client: HttpClient | AsyncHttpClient) -> None:
        if not self._quiet:
            self._quiet = True
            from proviso_runtime import quiet  # here, because only the library needs logging

            quiet.blank(_root(client), self._origins)


class Blocking(_Door):
    """Drives flows with a blocking client; safe to share between threads.

    client: the caller's own, never closed here; None to make one at the first request.
    Raises TypeError for anything else than a blocking client of httpx2 or httpx.
    """

    def __init__(self, *, client: HttpClient | None, origins: Origins, credentials: Credentials, clock: Clock) -> None:
        super().__init__(origins=origins, credentials=credentials, clock=clock)
        if client is not None and (_library(client) is None or hasattr(client, "aclose")):
            raise TypeError("http_client must be a blocking client of httpx2 or httpx")
        self._given = client
        self._own: HttpClient | None = None
        self._lock = threading.Lock()

    def run(self, flow: Flow[T]) -> T:
        """Drive flow to its end and return its result. Raises what it raises."""
        answer: Answer | None = None
        with contextlib.closing(flow):
            while True:
                try:
                    step = flow.send(answer)
                except StopIteration as stop:
                    result: T = stop.value
                    return result
                match step:
                    case Request():
                        answer = self._send(step)
                    case Pause():
                        self.clock.sleep(step.seconds)
                        answer = None
                    case _:
                        assert_never(step)

    def close(self) -> None:
        """Close the client that was made here, and take no further requests."""
        with self._lock:
            self._closed = True
            if self._own is not None:
                self._own.close()

    def _client(self) -> HttpClient:
        if self._given is not None:
            _check_open(closed=self._closed or self._given.is_closed)
            return self._given
        with self._lock:
            _check_open(closed=self._closed)
            if self._own is None:
                import httpx2  # here, because importing a client must not import it

                self._own = httpx2.Client()
            return self._own

    def _send(self, request: Request) -> Answer:
        client = self._client()
        self._quieten(client)
        url, headers = self._dressed(request)
        try:
            with client.stream(
                request.verb,
                url,
                content=request.body,
                headers=headers,
                auth=None,
                follow_redirects=False,
                timeout=_timeout(request),
            ) as response:
                intake = Intake(request, response, self.clock)
                for chunk in response.iter_bytes():
                    if not intake.take(chunk):
                        break
                return intake.reply()
        except BaseException as error:
            if (lost := _lost(error, request, client)) is None:
                raise
            return lost


class Awaited(_Door):
    """Drives flows with an async client.

    client: the caller's own, never closed here; None to make one at the first request.
    Raises TypeError for anything else than an async client of httpx2 or httpx.
    """

    def __init__(
        self, *, client: AsyncHttpClient | None, origins: Origins, credentials: Credentials, clock: Clock
    ) -> None:
        super().__init__(origins=origins, credentials=credentials, clock=clock)
        if client is not None and (_library(client) is None or not hasattr(client, "aclose")):
            raise TypeError("http_client must be an async client of httpx2 or httpx")
        self._given = client
        self._own: AsyncHttpClient | None = None

    async def run(self, flow: Flow[T]) -> T:
        """Drive flow to its end and return its result. Raises what it raises."""
        answer: Answer | None = None
        with contextlib.closing(flow):
            while True:
                try:
                    step = flow.send(answer)
                except StopIteration as stop:
                    result: T = stop.value
                    return result
                match step:
                    case Request():
                        answer = await self._send(step)
                    case Pause():
                        await self.clock.asleep(step.seconds)
                        answer = None
                    case _:
                        assert_never(step)

    async def close(self) -> None:
        """Close the client that was made here, and take no further requests."""
        self._closed = True
        if self._own is not None:
            await self._own.aclose()

    def _client(self) -> AsyncHttpClient:
        if self._given is not None:
            _check_open(closed=self._closed or self._given.is_closed)
            return self._given
        _check_open(closed=self._closed)
        if self._own is None:
            import httpx2  # here, because importing a client must not import it

            self._own = httpx2.AsyncClient()
        return self._own

    async def _send(self, request: Request) -> Answer:
        client = self._client()
        self._quieten(client)
        url, headers = self._dressed(request)
        try:
            async with client.stream(
                request.verb,
                url,
                content=request.body,
                headers=headers,
                auth=None,
                follow_redirects=False,
                timeout=_timeout(request),
            ) as response:
                intake = Intake(request, response, self.clock)
                async for chunk in response.aiter_bytes():
                    if not intake.take(chunk):
                        break
                return intake.reply()
        except BaseException as error:
            if (lost := _lost(error, request, client)) is None:
                raise
            return lost


def _lost(error: BaseException, request: Request, client: HttpClient | AsyncHttpClient) -> Lost | None:
    """Say what an exception means for the request; None where it is to be raised on."""
    if not isinstance(error, Exception):
        if request.paid:  # the caller was interrupted, and must know what that may cost
            digest = hashlib.sha256(request.body or b"").hexdigest()
            ids = f" It carries {', '.join(request.ids)}." if request.ids else ""
            error.add_note(f"A paid request was under way and may be billed.{ids} SHA-256 of its body: {digest}")
        return None
    kinds = _library(client) or ()
    if not (request.paid or isinstance(error, (*kinds, TimeoutError))):
        return None
    never = isinstance(error, kinds) and any(kind.__name__ in _NEVER_SENT for kind in type(error).__mro__)
    return Lost(error=error, sent="no" if never else "maybe")


def _library(client: object) -> tuple[type[Exception], ...] | None:
    """Return the exception classes of the library that client comes from, or None."""
    root = _root(client)
    if not root:
        return None
    library = sys.modules[root]
    return library.HTTPError, library.InvalidURL, library.StreamError


def _root(client: object) -> str:
    """Return the name of the library that client comes from, or an empty text."""
    roots = (kind.__module__.partition(".")[0] for kind in type(client).__mro__)
    return next((root for root in roots if root in ("httpx2", "httpx")), "")


def _check_open(*, closed: bool) -> None:
    if closed:
        raise errors.Unreachable("the client is closed; nothing was sent", billed=False)


def _timeout(request: Request) -> httplike.Timeout:
    return _CONNECT, request.patience, request.patience, request.patience
