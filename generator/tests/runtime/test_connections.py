"""A connection belongs to one process and to one loop, and nobody else sends a paid request over it."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from proviso_runtime import errors

from . import scripted


@contextmanager
def serving() -> Iterator[tuple[str, list[int]]]:
    """A provider that accepts everything over connections that are kept. Its address, and the port of each request."""
    seen: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            seen.append(self.client_address[1])
            self.rfile.read(int(self.headers["content-length"]))
            content = scripted.ACCEPTED.content
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join()


def test_an_async_client_serves_one_loop_after_the_other() -> None:
    async def twice() -> None:
        await client.painter.submit()
        await client.painter.submit()

    with serving() as (home, seen):
        client = scripted.AsyncClient(scripted.KEY, base_url=home, ledger=None)
        asyncio.run(twice())
        gc.collect()  # a connection that was left open would be complained of
        asyncio.run(twice())

    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_an_async_client_that_was_closed_in_one_loop_sends_nothing_in_another() -> None:
    with serving() as (home, seen):
        client = scripted.AsyncClient(scripted.KEY, base_url=home, ledger=None)
        asyncio.run(client.painter.submit())
        asyncio.run(client.close())
        with pytest.raises(errors.Unreachable):
            asyncio.run(client.painter.submit())

    assert len(seen) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no forks")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_the_child_of_a_fork_sends_over_connections_of_its_own() -> None:
    with serving() as (home, seen):
        client = scripted.Client(scripted.KEY, base_url=home, ledger=None)
        client.painter.submit()
        child = os.fork()
        if not child:
            done = 1
            try:
                client.painter.submit()
                client.close()
                done = 0
            finally:
                os._exit(done)
        assert os.waitpid(child, 0)[1] == 0
        client.painter.submit()
        client.close()

    parent, of_child, again = seen
    assert parent == again != of_child
