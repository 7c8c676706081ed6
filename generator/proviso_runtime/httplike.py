"""What is used of a client of httpx2 or httpx, so that neither need be imported to name it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol

from proviso_runtime.intake import Head

Timeout = tuple[float, float, float, float]
"""Connect, read, write, pool: seconds."""


Extensions = dict[str, object]
"""What a request carries for the library itself."""


class Response(Head, Protocol):
    """A reply whose body is still to be read."""

    def iter_bytes(self) -> Iterator[bytes]:
        """Yield the body in pieces, unpacked."""
        ...

    def iter_raw(self) -> Iterator[bytes]:
        """Yield the body in pieces, as it was sent."""
        ...


class AsyncResponse(Head, Protocol):
    """A reply whose body is still to be awaited."""

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """Yield the body in pieces, unpacked."""
        ...

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """Yield the body in pieces, as it was sent."""
        ...


class HttpClient(Protocol):
    """What is used of a blocking client; those of httpx2 and httpx fit."""

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more requests."""
        ...

    def close(self) -> None:
        """Close its connections."""
        ...

    def stream(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None,
        headers: dict[str, str],
        auth: None,
        follow_redirects: bool,
        timeout: Timeout,
        extensions: Extensions,
    ) -> AbstractContextManager[Response]:
        """Send a request and give its reply, whose body is still to be read."""
        ...


class AsyncHttpClient(Protocol):
    """What is used of an async client; those of httpx2 and httpx fit."""

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more requests."""
        ...

    async def aclose(self) -> None:
        """Close its connections."""
        ...

    def stream(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None,
        headers: dict[str, str],
        auth: None,
        follow_redirects: bool,
        timeout: Timeout,
        extensions: Extensions,
    ) -> AbstractAsyncContextManager[AsyncResponse]:
        """Send a request and give its reply, whose body is still to be read."""
        ...
