"""Requests of httpx2 and httpx, answered by a mock in this process; what breaks is what a connection raises."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Literal, TypeAlias

from proviso.mock.asking import Asked
from proviso.mock.provider_mock import Mock
from proviso.mock.replying import Reply
from proviso.testing.clock import WaitedClock

Library: TypeAlias = Literal["httpx2", "httpx"]


_PLACE = re.compile(r"\{[^{}]*\}")


class EndlessWait(AssertionError):
    """A request without a timeout whose reply does not come: outside of tests it would wait for ever."""


class Desk:
    """Answers requests of an HTTP library to some addresses, in which {places} stand for anything; nobody listens elsewhere."""

    def __init__(self, mock: Mock, *, clock: WaitedClock, addresses: Iterable[str]) -> None:
        self._mock = mock
        self._clock = clock
        self._known = [re.compile(pattern(one)) for one in addresses]

    def handler(self, library: Any) -> Callable[[Any], Any]:
        """Return what answers requests of a library that have been read. library: the module."""

        def answer(request: Any) -> Any:
            origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
            if not any(one.match(f"{origin}/") for one in self._known):
                raise library.ConnectError(f"nobody listens at {origin}: this test has a mock only", request=request)
            asked = Asked(
                verb=request.method,
                target=request.url.raw_path.decode("ascii"),
                headers={name.lower(): text for name, text in request.headers.items()},
                body=request.content,
                origin=origin,
            )
            return self._sent(library, request, self._mock.answer(asked))

        return answer

    def _sent(self, library: Any, request: Any, reply: Reply) -> Any:
        limit: float | None = request.extensions.get("timeout", {}).get("read")
        if reply.breaks == "hang" or (limit is not None and reply.wait > limit):
            if limit is None:
                raise EndlessWait(f"{request.method} {request.url.path} has no timeout, and its reply does not come")
            self._clock.sleep(limit)
            raise library.ReadTimeout("The read operation timed out", request=request)
        if reply.wait:
            self._clock.sleep(reply.wait)
        if reply.breaks == "close":
            raise library.RemoteProtocolError("Server disconnected without sending a response.", request=request)
        content = reply.answer.content
        headers = {"content-type": reply.answer.media_type, **reply.answer.headers}
        if reply.breaks == "half":
            headers["content-length"] = str(len(content))
            return library.Response(reply.answer.status, headers=headers, stream=_half(library, request, content))
        return library.Response(reply.answer.status, headers=headers, content=content)


def pattern(address: str) -> str:
    """Return a regular expression of what begins at the origin of an address; its {places} stand for anything."""
    scheme, _, rest = address.partition("://")
    parts = _PLACE.split(rest.partition("/")[0])
    return f"^{scheme}://{'[^./]+'.join(re.escape(one) for one in parts)}/"


def _half(library: Any, request: Any, content: bytes) -> Any:
    """Return a body that breaks in the middle."""
    broken = library.RemoteProtocolError(
        "peer closed connection without sending complete message body (incomplete read)", request=request
    )

    class Half(library.SyncByteStream, library.AsyncByteStream):  # type: ignore[misc]
        def __iter__(self) -> Iterator[bytes]:
            yield content[: len(content) // 2]
            raise broken

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield content[: len(content) // 2]
            raise broken

    return Half()
