"""The mock as an ASGI application: bodies are bounded, and what is to go wrong happens on the connection."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote

from proviso.answers.documented import Answer
from proviso.mock.asking import Asked
from proviso.mock.books import Delivery, Entry
from proviso.mock.bounds import Bounds
from proviso.mock.courier import Courier
from proviso.mock.pages import Pages
from proviso.mock.provider_mock import Mock
from proviso.mock.replying import Reply

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

CONNECTION = "proviso.connection"
"""Where a server puts the connection, in the state of a scope."""

_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?")
_LENGTH = re.compile(rb"\d{1,18}")
_BODILESS = (204, 304)


class Connection(Protocol):
    """What the application needs of a connection, where it runs behind a server."""

    @property
    def crowded(self) -> bool:
        """Whether there are more connections than the server bears."""
        ...

    def close(self) -> None:
        """Close the connection, after what was written."""
        ...


class ConnectionBroken(ConnectionError):
    """A connection that breaks on purpose, where the application runs without one."""


class _Unread(Exception):
    """A request whose body was not read: what is answered, None where the client went."""

    def __init__(self, answer: Answer | None) -> None:
        super().__init__()
        self.answer = answer


class App:
    """The ASGI application of a mock. told: hears of every request that a provider was asked, and of callbacks.

    Without a server of `serving`, breaking connections are raised as ConnectionBroken.
    """

    def __init__(
        self, mock: Mock, *, bounds: Bounds | None = None, told: Callable[[Entry | Delivery], None] | None = None
    ) -> None:
        self.mock = mock
        self._bounds = Bounds() if bounds is None else bounds
        self._told = told
        self._pages = Pages(mock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection of ASGI 3."""
        match scope["type"]:
            case "lifespan":
                await self._live(receive, send)
            case "http":
                await self._serve(scope, receive, send)
            case other:
                raise NotImplementedError(f"the mock speaks HTTP, not {other}")

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        work = asyncio.get_running_loop().create_task(Courier(self.mock, told=self._told).work())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection: Connection | None = scope.get("state", {}).get(CONNECTION)
        if connection is not None and connection.crowded:
            await _sent(send, scope, _plain(503, "The mock serves no more connections at once; close some."), last=True)
            return
        try:
            asked = _asked(scope, await self._body(scope, receive), self.mock.hosts)
        except _Unread as unread:
            if unread.answer is not None:
                await _sent(send, scope, unread.answer, last=True)
            return
        page = self._pages.answer(asked)
        reply = self._answered(asked) if page is None else Reply(answer=page)
        if reply.entry is not None and self._told is not None:
            self._told(reply.entry)
        await _replied(reply, scope, receive, send, connection)

    def _answered(self, asked: Asked) -> Reply:
        try:
            return self.mock.answer(asked)
        except Exception as defect:
            self.mock.defects.append(f"{asked.verb} {asked.path}: {type(defect).__name__}")
            return Reply(
                answer=_plain(500, f"The mock has a defect here: {type(defect).__name__}. It is in its books.")
            )

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """Read the body of a request. Raises _Unread."""
        told = next((value for name, value in scope["headers"] if name == b"content-length"), None)
        if told is not None and (not _LENGTH.fullmatch(told) or int(told) > self._bounds.body):
            raise self._too_large()
        pieces: list[bytes] = []
        read = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Unread(None)
            pieces.append(message.get("body", b""))
            read += len(pieces[-1])
            if read > self._bounds.body:
                raise self._too_large()
            if not message.get("more_body", False):
                return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _too_large(self) -> _Unread:
        return _Unread(_plain(413, f"The body of a request may have {self._bounds.body} bytes at the mock."))


def _asked(scope: Scope, body: bytes, hosts: frozenset[str]) -> Asked:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
    raw = scope.get("raw_path")
    path = quote(scope["path"], safe="/:@!$&'()*+,;=~%-._") if raw is None else raw.partition(b"?")[0].decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    return Asked(
        verb=scope["method"],
        target=f"{path}?{query}" if query else path,
        headers=headers,
        body=body,
        origin=_origin(scope, headers.get("host", ""), hosts),
    )


def _origin(scope: Scope, host: str, hosts: frozenset[str]) -> str:
    """Return the address by which a client reaches the mock: the one that it used, unless it is a provider's own."""
    if host in hosts or not _HOST.fullmatch(host):
        name, port = scope.get("server") or ("127.0.0.1", 80)
        host = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
    return f"{scope.get('scheme', 'http')}://{host}"


async def _replied(reply: Reply, scope: Scope, receive: Receive, send: Send, connection: Connection | None) -> None:
    """Send a reply, or as much of it as there is to be."""
    match reply.breaks:
        case None:
            if reply.wait:
                await asyncio.sleep(reply.wait)
            await _sent(send, scope, reply.answer)
        case "hang":
            gone = asyncio.ensure_future(_gone(receive))
            await asyncio.wait((gone,), timeout=reply.wait)
            gone.cancel()
            await _break(receive, connection)
        case "half":
            await asyncio.sleep(reply.wait)
            body = reply.answer.content
            await send(_start(reply.answer))
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await _break(receive, connection)
        case "close":
            await asyncio.sleep(reply.wait)
            await _break(receive, connection)


async def _break(receive: Receive, connection: Connection | None) -> None:
    if connection is None:
        raise ConnectionBroken("the connection breaks on purpose")
    connection.close()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Wait until the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _sent(send: Send, scope: Scope, answer: Answer, *, last: bool = False) -> None:
    """Send a reply. last: the connection ends with it."""
    await send(_start(answer, last=last))
    bodiless = answer.status in _BODILESS or scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if bodiless else answer.content})


def _start(answer: Answer, *, last: bool = False) -> Message:
    headers = [(name.lower().encode("latin-1"), _value(value)) for name, value in answer.headers.items()]
    if answer.status not in _BODILESS:
        if all(name != b"content-type" for name, _ in headers):
            headers.append((b"content-type", answer.media_type.encode("latin-1")))
        headers.append((b"content-length", str(len(answer.content)).encode()))
    if last:
        headers.append((b"connection", b"close"))
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


def _value(text: str) -> bytes:
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]", " ", text).encode("latin-1", "replace")


def _plain(status: int, text: str) -> Answer:
    return Answer(status=status, content=f"{text}\n".encode(), media_type="text/plain; charset=utf-8")
