"""What the two doors to the HTTP library share: where the key may go, and what an exception of the library means."""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, Literal, TypeAlias

from proviso_runtime import decoding, errors, httplike, news
from proviso_runtime.addresses import Origins, spellings
from proviso_runtime.clock import Clock
from proviso_runtime.credentials import Credentials
from proviso_runtime.hearing import Hears, Memory
from proviso_runtime.ledger.entries import Ledger
from proviso_runtime.reach import Reach
from proviso_runtime.steps import Flow, Lost, Record, Request

if TYPE_CHECKING:
    from proviso_runtime.quiet import Ours

_CONNECT = 10.0  # seconds
_LEAST = 0.001  # seconds; what is left where none are
_TELLING = 8  # characters of a key, fewer of which an address may hold by chance
_WRONG = ("UnsupportedProtocol", "InvalidURL")
_NEVER_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", *_WRONG)

HttpClient = httplike.HttpClient
AsyncHttpClient = httplike.AsyncHttpClient
Kept: TypeAlias = "Ledger | Literal['default'] | None"
"""The ledger of a client: one, that of the user, or none."""


class Door:
    """A door: who may go through it, and where it is written down."""

    def __init__(self, *, origins: Origins, credentials: Credentials, clock: Clock, ledger: Kept) -> None:
        self.clock = clock
        self._kept = ledger
        self._memory = Memory()
        self.reach = Reach(origins=origins, clock=clock)
        self._origins = origins
        self._credentials = credentials
        self.closed = False

    def dressed(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return address and headers, which show the key where the address is the provider's own.

        Raises UnexpectedReply for another origin's address that holds the key, as a redirect may that repeats a query.
        """
        url, headers = self._shown(request)
        return url, {"accept-encoding": decoding.ACCEPTED, **headers}

    def _shown(self, request: Request) -> tuple[str, dict[str, str]]:
        own = request.url in self._origins
        if request.credentials and own:
            return self._credentials.shown(request, now=self.clock.now())
        telling = [one for one in self._credentials.secrets if len(one) >= _TELLING]
        if not own and any(one in text for one in telling for text in spellings(request.url)):
            raise errors.UnexpectedReply(
                "an address of another origin holds the key; it was not asked for", billed=False, worth_retry=False
            )
        return request.url, dict(request.headers)

    @property
    def ledger(self) -> Ledger | None:
        """Where paid requests are written down; the default one is opened when it is first needed."""
        if self._kept == "default":
            from proviso_runtime.ledger import places  # here, because importing a client must not import a database

            self._kept = places.open_default()
        return None if isinstance(self._kept, str) else self._kept

    @property
    def hears(self) -> Hears:
        """What remembers callbacks: the ledger, or without one a memory that ends with this client."""
        return self._memory if self.ledger is None else self.ledger

    def quiet(self, client: HttpClient | AsyncHttpClient) -> Ours:
        """Keep what is secret out of what the client's library logs in a block."""
        from proviso_runtime import quiet  # here, because only the library needs logging

        return quiet.ours(_root(client))


@contextlib.contextmanager
def not_vital(record: Record) -> Generator[None, None, None]:
    """Let what cannot be kept be told by the log alone, unless nothing may go on without it."""
    try:
        yield
    except errors.LedgerFailed as error:
        if record.vital:
            raise
        news.unkept(error)
    except Exception as error:
        # A ledger that breaks its promise to raise nothing else loses no job. What it says may quote what it was given.
        if record.vital:
            raise
        news.unkept(errors.LedgerFailed(type(error).__name__))


def lost(error: BaseException, request: Request, client: HttpClient | AsyncHttpClient) -> Lost | None:
    """Say what an exception means for the request; None where it is to be raised on."""
    if not isinstance(error, Exception):
        if request.paid:  # the caller was interrupted, and must know what that may cost
            digest = hashlib.sha256(request.body or b"").hexdigest()
            ids = f" It carries {', '.join(request.ids)}." if request.ids else ""
            error.add_note(f"A paid request was under way and may be billed.{ids} SHA-256 of its body: {digest}")
        return None
    kinds = library(client) or ()
    if not (request.paid or isinstance(error, (*kinds, TimeoutError, decoding.Broken))):
        return None
    never = isinstance(error, kinds) and any(kind.__name__ in _NEVER_SENT for kind in type(error).__mro__)
    wrong = any(kind.__name__ in _WRONG for kind in type(error).__mro__)
    return Lost(error=error, sent="no" if never else "maybe", passes=not wrong)


def ended(flow: Flow[object]) -> bool:
    """Tell whether a flow is at its end, so that what was raised is what it raised."""
    return inspect.getgeneratorstate(flow) == inspect.GEN_CLOSED


def library(client: object) -> tuple[type[Exception], ...] | None:
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


def crowded(called: str, timeout: float | None) -> errors.Unreachable:
    """Return the exception for a call that did not get a place among those of its client."""
    within = "" if timeout is None else f" within {timeout:g} seconds"
    return errors.Unreachable(
        f"{called} was not asked: its turn did not come{within}, as many calls of this client are under way as are let "
        "in at once. Nothing was sent: sending it later is safe",
        billed=False,
        worth_retry=True,
    )


def check_open(*, closed: bool) -> None:
    """Raise Unreachable where the client is closed."""
    if closed:
        raise errors.Unreachable("the client is closed; nothing was sent", billed=False)


def timeout(request: Request, *, waited: float = 0.0) -> httplike.Timeout:
    """Give the seconds to connect, to read, to write and to wait for a connection.

    waited: seconds that the request has waited for its turn.
    """
    connect, pool = _CONNECT, request.patience
    if request.within is not None:  # it waits for a connection first, and then connects
        half = max(request.within - waited, _LEAST) / 2
        connect, pool = min(connect, half), min(pool, half)
    return connect, request.patience, request.patience, pool


@contextlib.contextmanager
def staying(request: Request) -> Generator[None, None, None]:
    """Let the flow know that what is raised in the block kept the request from leaving."""
    try:
        yield
    except BaseException:
        if request.stays is not None:
            request.stays()
        raise
