"""Teaches respx the core of httpx2: it patches `httpcore2` as it patches `httpcore`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

import httpcore
import httpcore2
import httpx
from respx import mocks


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, after which the connection may break as the core of a library has it."""

    def __init__(self, chunks: tuple[bytes, ...], library: str, breaks: str | None) -> None:
        self._chunks = chunks
        core = httpcore2 if library == "httpx2" else httpcore
        self._error: type[Exception] | None = None if breaks is None else getattr(core, breaks)

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks
        if self._error is not None:
            raise self._error("the mock breaks the connection")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


class HTTPCore2Mocker(mocks.HTTPCoreMocker):
    """Registered by its name for `respx.mock(using="httpcore2")`."""

    name = "httpcore2"
    targets: ClassVar[list[str]] = [
        target.replace("httpcore.", "httpcore2.", 1) for target in mocks.HTTPCoreMocker.targets
    ]

    @classmethod
    def from_sync_httpx_response(cls, httpx_response: httpx.Response, target: object, **_: Any) -> httpcore2.Response:
        """Turn the mock's reply into one of httpcore2."""
        del target
        return httpcore2.Response(
            status=httpx_response.status_code,
            headers=httpx_response.headers.raw,
            content=httpx_response.stream,
            extensions=httpx_response.extensions,
        )
