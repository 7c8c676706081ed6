"""A name that leads elsewhere once it was looked at gets a connection, and not one byte goes over it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest

from proviso_runtime import errors, steps

from . import scripted
from .naming import Names

NAME = "turning.test"


class Listener:
    """Whoever listens on this machine. heard: what came over each connection."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(5)
        self.port: int = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(5)
                try:
                    heard = connection.recv(4096)
                except ConnectionError:
                    heard = b""
                if heard == b"stop":
                    return
                self.heard.append(heard)
                if heard:
                    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")

    def all_heard(self) -> list[bytes]:
        """Stop listening, and return what came."""
        self.close()
        return self.heard

    def close(self) -> None:
        if not self.thread.is_alive():
            return
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"stop")
        self.thread.join()
        self._socket.close()


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """Listen, and let the name lead here for everyone who connects."""
    found, real = Listener(), socket.getaddrinfo

    def turned(host: Any, *args: Any, **options: Any) -> Any:
        known = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if known == NAME and not options.get("flags") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", turned)
    yield found
    found.close()


def fetched(url: str, http: Any, *, base_url: str = "https://api.acme.test") -> object:
    with_await = hasattr(http, "aclose")
    given: Any = scripted.AsyncClient if with_await else scripted.Client
    door = given(scripted.KEY, http_client=http, base_url=base_url).door
    if not with_await:
        with http:
            return door.run(asking(url))

    async def awaited() -> object:
        async with http:
            return await door.run(asking(url))

    return asyncio.run(awaited())


def asking(url: str) -> steps.Flow[object]:
    return (yield steps.Request(verb="GET", url=url, patience=5))


@pytest.mark.parametrize("library", [httpx2, httpx])
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_nothing_is_said_over_a_connection_that_leads_astray(
    listener: Listener, known: Names, library: Any, kind: str
) -> None:
    with pytest.raises(errors.UnexpectedReply, match="a loopback address"):
        fetched(f"https://{NAME}:{listener.port}/a?signature=abc123", getattr(library, kind)())
    assert known.asked == [NAME, "api.acme.test"]
    assert listener.all_heard() == [b""]


@pytest.mark.parametrize("library", [httpx2, httpx])
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_a_connection_to_the_like_of_home_is_used(listener: Listener, known: Names, library: Any, kind: str) -> None:
    assert fetched(f"http://{NAME}:{listener.port}/a", getattr(library, kind)(), base_url="http://127.0.0.1:9")
    assert known.asked == [NAME]
    assert [one.split()[0] for one in listener.all_heard()] == [b"GET"]


@pytest.mark.parametrize("library", [httpx2, httpx])
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_a_proxy_may_be_on_this_machine(listener: Listener, library: Any, kind: str) -> None:
    proxy = f"http://127.0.0.1:{listener.port}"
    reply = fetched("http://cdn.files.test/a", getattr(library, kind)(proxy=proxy), base_url="http://api.acme.test")
    assert reply
    assert [one.split()[:2] for one in listener.all_heard()] == [[b"GET", b"http://cdn.files.test/a"]]


def test_a_client_made_here_looks_at_its_connections(listener: Listener) -> None:
    with scripted.Client(scripted.KEY) as client, pytest.raises(errors.UnexpectedReply, match="a loopback address"):
        client.door.run(asking(f"https://{NAME}:{listener.port}/a"))
    assert listener.all_heard() == [b""]
