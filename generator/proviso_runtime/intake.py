"""Take in the body of one reply, piece by piece, up to limits of bytes and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Request

_REFUSAL_LIMIT = 64 * 1024  # bytes of a reply that is not the file asked for


class Head(Protocol):
    """Status and headers of a reply, as httpx2 and httpx give them."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, repeated ones joined."""
        ...


class Intake:
    """The body of one reply on its way in."""

    def __init__(self, request: Request, head: Head, clock: Clock) -> None:
        self._status = head.status_code
        self._headers = {name.lower(): text for name, text in head.headers.items()}
        self._into = request.into if head.status_code == 200 else None
        self._limit = request.limit if self._into or not request.into else _REFUSAL_LIMIT
        self._clock = clock
        # A file may take as long as its bytes keep coming; a reply may not trickle in forever.
        self._until = None if self._into else clock.monotonic() + max(request.patience, 60.0)
        self._length = 0
        self._content = bytearray()
        self._cut = False

    def take(self, chunk: bytes) -> bool:
        """Take a piece; False when no more is wanted."""
        self._length += len(chunk)
        if self._limit is not None and self._length > self._limit:
            self._cut = True
            chunk = chunk[: len(chunk) - (self._length - self._limit)]
        if self._into is not None:
            self._into(chunk)
        else:
            self._content += chunk
        if self._until is not None and self._clock.monotonic() > self._until:
            raise TimeoutError("the reply came too slowly")
        return not self._cut

    def reply(self) -> Reply:
        """Return what came."""
        return Reply(
            status=self._status,
            headers=self._headers,
            content=bytes(self._content),
            cut=self._cut,
            received=self._clock.now(),
        )
