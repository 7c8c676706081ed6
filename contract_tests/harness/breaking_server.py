"""A small server on loopback that breaks connections at chosen bytes, and keeps books of the requests that came whole."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, Self

_STALLS = 5.0  # seconds, more than any client of the tests waits
_TICK = 0.002  # seconds
_HEAD = b"\r\n\r\n"

End = Literal["keep", "close", "reset", "stall"]


@dataclass(frozen=True, kw_only=True)
class Act:
    """How one request is treated. By default it is read whole and answered, and the connection is kept.

    reads: bytes of it that are read, None for all. sends: bytes of the reply that are sent, None for all.
    ends: what becomes of the connection then. framing: how the reply tells where it ends; "longer" tells it wrongly.
    raw: bytes in place of the reply. more: bytes after it.
    """

    reads: int | None = None
    sends: int | None = None
    ends: End = "keep"
    framing: Literal["length", "chunked", "closing", "longer"] = "length"
    raw: bytes | None = None
    more: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A request that came whole."""

    verb: str
    path: str
    body: bytes


Answers = Callable[[Heard], tuple[int, str, bytes]]


@dataclass(kw_only=True)
class BreakingServer:
    """A server that treats requests by `acts`, one after another, and all later ones well.

    answers: gives status, media type and content for a request. heard: those that came whole.
    begun: first bytes of requests of which anything was read.
    """

    answers: Answers = field(default=lambda heard: (404, "text/plain", heard.body))
    acts: list[Act] = field(default_factory=list[Act])
    heard: list[Heard] = field(default_factory=list[Heard])
    begun: list[bytes] = field(default_factory=list[bytes])
    _open: list[socket.socket] = field(default_factory=list[socket.socket])
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])
    _idle: End = "keep"
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._start(self._accept)
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        for one in (self._socket, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(timeout=_STALLS)

    def paid(self) -> list[Heard]:
        """Return the paid requests that came whole."""
        return [one for one in self.heard if one.verb == "POST"]

    def close_idle(self, end: End) -> None:
        """Close the connections that clients keep."""
        self._idle = end
        while any(one.fileno() >= 0 for one in self._open):
            time.sleep(_TICK)
        self._idle = "keep"

    def _start(self, target: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=target, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(self._serve, connection, self._next())

    def _next(self) -> Act:
        return self.acts.pop(0) if self.acts else Act()

    def _serve(self, connection: socket.socket, act: Act) -> None:
        with suppress(OSError, ValueError):
            while self._exchange(connection, act) and self._waits(connection):
                act = self._next()
        _end(connection, "close")

    def _waits(self, connection: socket.socket) -> bool:
        """Wait for the next request; False when there is to be none."""
        while not self._over.is_set():
            if self._idle != "keep":
                _end(connection, self._idle)  # here, since a socket that somebody reads from stays open
                return False
            if select.select([connection], [], [], _TICK)[0]:
                return bool(connection.recv(1, socket.MSG_PEEK))
        return False

    def _exchange(self, connection: socket.socket, act: Act) -> bool:
        """Treat one request; False when the connection is over."""
        heard = self._read(connection, act.reads)
        if heard is not None:
            self.heard.append(heard)
            reply = self._reply(heard, act)
            connection.sendall(reply[: act.sends] + act.more)
        if act.ends == "stall":
            self._over.wait(_STALLS)
        elif act.ends != "keep":
            _end(connection, act.ends)
        return act.ends == "keep"

    def _read(self, connection: socket.socket, most: int | None) -> Heard | None:
        """Read a request; None where it is not to be read whole."""
        read = b""
        while _HEAD not in read or len(read.partition(_HEAD)[2]) < _length(read):
            if most is not None and len(read) >= most:
                break
            chunk = connection.recv(65536 if most is None else most - len(read))
            if not chunk:
                break
            read += chunk
        if read:
            self.begun.append(read[:20])
        if most is not None:
            return None
        head, _, body = read.partition(_HEAD)
        verb, path, _ = head.split(b"\r\n")[0].decode().split(" ")
        return Heard(verb=verb, path=path, body=body)

    def _reply(self, heard: Heard, act: Act) -> bytes:
        if act.raw is not None:
            return act.raw
        status, media_type, content = self.answers(heard)
        framing = {
            "length": f"Content-Length: {len(content)}\r\n",
            "longer": f"Content-Length: {len(content) + 10}\r\n",
            "chunked": "Transfer-Encoding: chunked\r\n",
            "closing": "Connection: close\r\n",
        }
        if act.framing == "chunked":
            half = len(content) // 2
            pieces = (content[:half], content[half:], b"")
            content = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in pieces)
        head = f"HTTP/1.1 {status} Told\r\nContent-Type: {media_type}\r\n{framing[act.framing]}\r\n"
        return head.encode() + content


def closed_port() -> str:
    """Return an address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return f"127.0.0.1:{one.getsockname()[1]}"


def _length(read: bytes) -> int:
    head = read.partition(_HEAD)[0].lower()
    return next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0)


def _end(connection: socket.socket, end: End) -> None:
    with suppress(OSError):
        if end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            connection.shutdown(socket.SHUT_RDWR)
    connection.close()
