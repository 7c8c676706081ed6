"""What the HTTP libraries log of our requests, over real connections, holds nothing secret; of others' it stays as it is."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import httpx2
import pytest

from proviso_runtime import downloads, errors, quiet, steps

from . import scripted

SIGNED = "signature=s3cret"


class Provider(BaseHTTPRequestHandler):
    """A provider that quotes the request in its headers, and leads on to what is signed."""

    def do_GET(self) -> None:
        self.send_response(302 if "files" in self.path else 200)
        self.send_header("location", f"{self.path}/on?{SIGNED}")
        self.send_header("x-echo", f"{scripted.KEY} {scripted.PROMPT}")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("library", [httpx2, httpx])
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_no_library_logs_what_is_secret(
    address: str, library: Any, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.ProviderError):
        _reads(address, getattr(library, kind)())
    assert f"GET {address}/files/a?…" in caplog.text
    assert "receive_response_headers.complete" in caplog.text
    for secret in (SIGNED, "s3cret", scripted.KEY, scripted.PROMPT, "x-echo"):
        assert secret not in caplog.text


@pytest.mark.parametrize("library", [httpx2, httpx])
def test_what_others_ask_is_logged_as_it_is(address: str, library: Any, caplog: pytest.LogCaptureFixture) -> None:
    with library.Client() as client:
        with pytest.raises(errors.ProviderError):
            _reads(address, client)
        with caplog.at_level(logging.DEBUG):
            client.get(f"{address}/others?of=mine")
    assert f"{address}/others?of=mine" in caplog.text
    assert "x-echo" in caplog.text


def test_headers_that_are_packed_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("hpack.hpack")
    with caplog.at_level(logging.DEBUG):
        with quiet.ours("httpx"):
            log.debug("Adding (b'authorization', b'Bearer k') to the header table")
        log.debug("of others")
    assert caplog.messages == ["of others"]


def _reads(address: str, http: Any) -> None:
    if not hasattr(http, "aclose"):
        calls = scripted.Client(scripted.KEY, http_client=http, base_url=address).painter
        calls._door.run(_read(address))
        return

    async def awaited() -> None:
        async with http:
            await scripted.AsyncClient(scripted.KEY, http_client=http, base_url=address).painter._door.run(
                _read(address)
            )

    asyncio.run(awaited())


def _read(address: str) -> steps.Flow[bytes]:
    return (yield from downloads.download(f"{address}/files/a?{SIGNED}", provider="acme"))
