"""Look at a connection when it stands, before anything goes over it.

The HTTP libraries tell of their connections to what a request carries as its `trace`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from proviso_runtime import networks

Told = Mapping[str, Any]
"""What is told of an event: the host of a connection that begins, the stream of one that stands."""


class _Watch:
    def __init__(self, host: str) -> None:
        self._host = networks.in_ascii(host)
        self._direct = False

    def _standing(self, event: str, told: Told) -> Any:
        """Return the stream of a connection that stands now and leads to the host itself, not to a proxy; else None."""
        if event.endswith("connect_tcp.started"):
            self._direct = told.get("host") == self._host
        return told.get("return_value") if self._direct and event.endswith("connect_tcp.complete") else None


class Watch(_Watch):
    """A trace of one request. host: that of its address. check: takes the address that it is connected to, and may raise."""

    def __init__(self, host: str, check: Callable[[str], None]) -> None:
        super().__init__(host)
        self._check = check

    def __call__(self, event: str, told: Told) -> None:
        """Take in what is told of an event."""
        stream = self._standing(event, told)
        if (address := _address(stream)) is not None:
            try:
                self._check(address)
            except BaseException:
                stream.close()
                raise


class AsyncWatch(_Watch):
    """The same of a request that is awaited."""

    def __init__(self, host: str, check: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(host)
        self._check = check

    async def told(self, event: str, told: Told) -> None:
        """Take in what is told of an event."""
        stream = self._standing(event, told)
        if (address := _address(stream)) is not None:
            try:
                await self._check(address)
            except BaseException:
                await stream.aclose()
                raise


def _address(stream: Any) -> str | None:
    """Return the address at the other end; None where there is none, or nobody tells."""
    try:
        known = None if stream is None else stream.get_extra_info("server_addr")
    except OSError:  # it is gone already
        return None
    match known:
        case (str(address), *_):
            return address
        case _:
            return None
