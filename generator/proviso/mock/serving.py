"""The mock behind a port: bound, served, and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FrameType

import uvicorn.config
import uvicorn.server

from proviso.mock import connections
from proviso.mock.app import App
from proviso.mock.books import Delivery, Entry
from proviso.mock.bounds import Bounds
from proviso.mock.provider_mock import Mock

_GRACE = 1  # seconds for what is on its way when the server stops
_SPARE = 128  # open files for everything that is no connection


class CannotListen(OSError):
    """An address that cannot be listened at, with what would be right."""


def listening(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """Return a socket that listens. port: 0 for any that is free. Raises CannotListen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as wrong:
        raise CannotListen(f"there is no host {host!r}: {wrong}") from None
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(2048)
    except OSError as wrong:
        found.close()
        raise CannotListen(_says(wrong, host, port)) from None
    found.setblocking(False)
    return found


def _says(wrong: OSError, host: str, port: int) -> str:
    match wrong.errno:
        case errno.EADDRINUSE:
            return f"port {port} of {host} is taken; choose another one with --port, or any free one with --port 0"
        case errno.EACCES:
            return f"port {port} of {host} is not open to you; choose one above 1023 with --port"
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine"
        case _:
            return f"{host}:{port} cannot be listened at: {wrong.strerror or wrong}"


def origin(found: socket.socket) -> str:
    """Return the address by which clients on this machine reach a socket, such as http://127.0.0.1:4010."""
    host, port = found.getsockname()[:2]
    if ipaddress.ip_address(host.partition("%")[0]).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Uvicorn(uvicorn.server.Server):
    """The server, which says when it is ready, and leaves signals to others."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets=sockets)
        self.ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class Server:
    """A mock that is served. origin: such as http://127.0.0.1:4010. told: hears of every request."""

    def __init__(
        self,
        mock: Mock,
        at: socket.socket,
        *,
        bounds: Bounds | None = None,
        told: Callable[[Entry | Delivery], None] | None = None,
    ) -> None:
        bounds = _bearable(Bounds() if bounds is None else bounds)
        self.mock = mock
        self.origin = origin(at)
        self._socket = at

        class Connection(connections.Connection):
            pass

        Connection.bounds = bounds
        self._config = uvicorn.config.Config(
            App(mock, bounds=bounds, told=told),
            http=Connection,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = _Uvicorn(self._config)

    def run(self, *, ready: Callable[[], None]) -> None:
        """Serve until Ctrl-C, SIGTERM or `stop`. ready: called when requests are answered."""
        with _quiet(), asyncio.Runner(loop_factory=self._config.get_loop_factory()) as runner:
            runner.run(self._serve(ready))

    def stop(self) -> None:
        """Stop in order; a second time, at once."""
        self._server.force_exit = self._server.should_exit
        self._server.should_exit = True

    async def _serve(self, ready: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._failed)
        self._server.ready = ready
        with _signals(loop, self.stop):
            await self._server.serve([self._socket])

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        """Write down what fails beside any request."""
        wrong = context.get("exception")
        self.mock.defects.append(f"{context.get('message')} {type(wrong).__name__ if wrong else ''}".strip())


@contextlib.contextmanager
def running(
    mock: Mock,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    bounds: Bounds | None = None,
    told: Callable[[Entry | Delivery], None] | None = None,
) -> Iterator[Server]:
    """Serve a mock in a thread while the block runs. Raises CannotListen."""
    server = Server(mock, listening(host, port), bounds=bounds, told=told)
    started = threading.Event()
    thread = threading.Thread(target=server.run, kwargs={"ready": started.set}, name="proviso-mock", daemon=True)
    thread.start()
    started.wait(timeout=30)
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=30)


@contextlib.contextmanager
def _signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> Iterator[None]:
    """Stop on Ctrl-C and SIGTERM while the block runs in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def come(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)

    old = {one: signal.signal(one, come) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in old.items():
            signal.signal(one, handler)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the server's own messages from the terminal: the mock says what there is to say."""
    loggers = [logging.getLogger(name) for name in ("uvicorn", "asyncio")]
    silent = logging.NullHandler()
    old = [(one, one.propagate) for one in loggers]
    for one in loggers:
        one.addHandler(silent)
        one.propagate = False
    try:
        yield
    finally:
        for one, propagates in old:
            one.removeHandler(silent)
            one.propagate = propagates


def _bearable(bounds: Bounds) -> Bounds:
    """Let as many files be open as the system allows, and bear no more connections than that."""
    try:
        import resource
    except ModuleNotFoundError:
        return bounds
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * bounds.connections + _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
        return replace(bounds, connections=min(bounds.connections, max(16, (soft - _SPARE) // 2)))
    return bounds
