"""The one door to the network: each request once, within limits of time and size, over https or to this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx2

from proviso.conform import looking
from proviso.conform.calls import Call

_LONGEST = 8 << 20  # bytes of a reply that is no result
_REDIRECTS = 5
_TIMES = 5  # how often the time that a reply may be silent for it may take as a whole
NOBODY = "there is no connection"
"""Why there is no reply where nothing was sent."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class NoReplyError(Exception):
    """Nothing came back, or nothing that can be read; what was asked may have been done all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """What came back. headers: names in small letters. whole: whether the content is all that there was."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    whole: bool = True


class Door(Protocol):
    """Sends requests, and lets time pass."""

    def send(self, call: Call) -> Raw:
        """Send a request once; raise NoReplyError where no reply comes."""
        ...

    def fetch(self, url: str, headers: Mapping[str, str]) -> Raw:
        """Fetch the beginning of a result; raise NoReplyError where none comes."""
        ...

    def now(self) -> float:
        """Return seconds that only go on."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


def hindrance(url: str) -> str | None:
    """Say why nothing may be sent to an address; None where it may."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "it is no address"
    if parts.scheme == "https" and host:
        return None
    if parts.scheme == "http" and (host in _LOOPBACK or host.startswith("127.")):
        return None
    return "a key is sent over https, or to this machine"


class Http:
    """A door of httpx2. seconds: that a reply may be silent, and a fifth of what it may take. clock: of the caller's. transport: in place of the network."""

    def __init__(self, *, clock: Clock, seconds: float = 120, transport: httpx2.BaseTransport | None = None) -> None:
        self._clock = clock
        self._longest = seconds * _TIMES
        timeout = httpx2.Timeout(seconds, connect=min(seconds, 20))
        # No proxy and no .netrc of the environment: the key goes where it was asked to go.
        self._client = httpx2.Client(
            timeout=timeout, transport=transport, follow_redirects=False, trust_env=False,
            headers={"user-agent": "proviso-conform"},
        )  # fmt: skip

    def send(self, call: Call) -> Raw:
        """Send a request once; raise NoReplyError where no reply comes."""
        if call.fields or call.files:
            files = [(name, (one.name, one.content, one.media_type)) for name, one in call.files]
            fields: dict[str, list[str]] = {}
            for name, value in call.fields:
                fields.setdefault(name, []).append(value)
            plain = [(name, (None, one, None)) for name, listed in fields.items() for one in listed]
            request = self._client.build_request(
                call.verb, call.url, headers=dict(call.headers), files=[*plain, *files]
            )
        else:
            request = self._client.build_request(
                call.verb, call.url, headers=dict(call.headers), content=call.content or None
            )
        return self._sent(request, _LONGEST)

    def fetch(self, url: str, headers: Mapping[str, str]) -> Raw:
        """Fetch the beginning of a result, through redirects, which are not shown any header."""
        shown = dict(headers)
        for _ in range(_REDIRECTS):
            if (reason := hindrance(url)) is not None:
                raise NoReplyError(reason)
            raw = self._sent(self._client.build_request("GET", url, headers=shown), looking.ENOUGH)
            if raw.status not in (301, 302, 303, 307, 308) or "location" not in raw.headers:
                return raw
            url, shown = urljoin(url, raw.headers["location"]), {}
        raise NoReplyError("it is led on and on")

    def now(self) -> float:
        """Return seconds that only go on."""
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._clock.sleep(seconds)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _sent(self, request: httpx2.Request, most: int) -> Raw:
        end = self._clock.now() + self._longest
        try:
            with contextlib.closing(self._client.send(request, stream=True)) as reply:
                pieces, size = [], 0
                for piece in reply.iter_bytes():
                    pieces.append(piece)
                    size += len(piece)
                    if size >= most:
                        break
                    if self._clock.now() > end:
                        raise NoReplyError("the reply did not end in time")
                headers = {name.lower(): value for name, value in reply.headers.items()}
                content = b"".join(pieces)[:most]
                return Raw(status=reply.status_code, headers=headers, content=content, whole=size < most)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise NoReplyError(_reason(error)) from None


class Clock(Protocol):
    """A time that only goes on, and waiting for it."""

    def now(self) -> float:
        """Return seconds."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


def _reason(error: Exception) -> str:
    """Say what broke, without addresses."""
    words: Iterator[str] = (word for word in _REASONS if isinstance(error, _REASONS[word]))
    return next(words, "the connection broke")


_REASONS: Mapping[str, type[Exception]] = {
    NOBODY: httpx2.ConnectError,
    "no reply came in time": httpx2.TimeoutException,
    "the address is none": httpx2.InvalidURL,
    "the reply is not to be read": httpx2.DecodingError,
}
