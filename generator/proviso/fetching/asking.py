"""One request for a page, with bounds on its time, its size and its redirects: the door to the HTTP library."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx2

from proviso.fetching import reach

AGENT = "proviso-docs/1 (captures documentation pages for one user; keeps to robots.txt)"
MOST_BYTES = 8_000_000
_MOST_REDIRECTS = 5
_SECONDS = 30.0


class NoReply(Exception):
    """Nothing was to be had; the message says why, in a clause. offline: nobody could be reached."""

    def __init__(self, message: str, *, offline: bool = False) -> None:
        super().__init__(message)
        self.offline = offline


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Hold a reply. headers: with names in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def kind(self) -> str:
        """Give the media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Asker:
    """Asks for pages, one at a time. most: bytes of a reply. seconds: that a reply may take in all."""

    def __init__(self, *, most: int = MOST_BYTES, seconds: float = _SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._client = httpx2.Client(timeout=httpx2.Timeout(min(seconds, 10.0)), headers={"User-Agent": AGENT})

    def __enter__(self) -> Self:
        """Use it as long as pages are asked for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its connections."""
        self._client.close()

    def get(self, address: str, headers: Mapping[str, str]) -> Reply:
        """Ask for an address, and follow where it leads.

        Args:
            address: as the spec names it.
            headers: what is sent beside the name of the agent.

        Raises:
            NoReply: it must not be asked, nobody answers, or too slowly, or with too much.
        """
        try:
            home = reach.origin(address)
            end = time.monotonic() + self._seconds
            for _ in range(_MOST_REDIRECTS + 1):
                reach.hold(address, home=home)
                reply = self._once(address, headers, end)
                if reply.status not in (301, 302, 303, 307, 308) or "location" not in reply.headers:
                    return reply
                address = urljoin(address, reply.headers["location"])
        except reach.Astray as error:
            raise NoReply(str(error)) from error
        raise NoReply("it leads from one address to the next without an end")

    def _once(self, address: str, headers: Mapping[str, str], end: float) -> Reply:
        try:
            with self._client.stream("GET", address, headers=dict(headers)) as reply:
                content = bytearray()
                for piece in reply.iter_bytes():
                    content += piece
                    if len(content) > self._most:
                        raise NoReply(f"it is longer than {self._most} bytes")
                    if time.monotonic() > end:
                        raise NoReply("it comes too slowly")
                known = {name.lower(): value for name, value in reply.headers.items()}
                return Reply(status=reply.status_code, headers=known, content=bytes(content))
        except httpx2.ConnectError as error:
            raise NoReply("there is no connection", offline=True) from error
        except httpx2.TimeoutException as error:
            raise NoReply("it comes too slowly") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise NoReply("the reply cannot be read") from error
