"""Take in the body of one reply, piece by piece, up to limits of bytes and time.

A reply must be there after a minute, a file must come with some speed, and only a stream may take as long as its bytes
keep coming. What is unpacked is looked at in pieces, so that the limit holds for what a small body stands for, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from proviso_runtime import decoding
from proviso_runtime.clock import Clock
from proviso_runtime.replies import Reply
from proviso_runtime.steps import Request

_REFUSAL_LIMIT = 64 * 1024  # bytes of a reply that is not the file asked for
_WHILE = 60.0  # seconds that every reply may take


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

    @property
    def is_stream_consumed(self) -> bool:
        """Whether the library has read the body already, as it does with one that is made up for a test."""
        ...


class Intake:
    """The body of one reply on its way in. packed: it is to be taken as it was sent, so that it is unpacked here."""

    def __init__(self, request: Request, head: Head, clock: Clock) -> None:
        self._status = head.status_code
        self._headers = {name.lower(): text for name, text in head.headers.items()}
        self.packed = "content-encoding" in self._headers and not head.is_stream_consumed
        self._decoder = decoding.decoder(self._headers if self.packed else {})
        into = request.into if head.status_code == 200 else None
        # What nobody can unpack is kept as it came, and is never taken for what it stands for.
        self._into = None if self._decoder is None else into
        self._limit = request.limit if self._into or not request.into else _REFUSAL_LIMIT
        self._clock = clock
        self._rate = request.rate
        self._until = None if into and request.rate is None else clock.monotonic() + max(request.patience, _WHILE)
        self._came = 0
        self._length = 0
        self._content = bytearray()
        self._cut = self._decoder is None

    def take(self, chunk: bytes) -> bool:
        """Take the next bytes; False when no more are wanted.

        Raises TimeoutError where they come too slowly, and decoding.Broken where they cannot be unpacked.
        """
        self._came += len(chunk)
        more = all(map(self._keep, [chunk] if self._decoder is None else self._decoder.pieces(chunk)))
        if self._until is not None and self._clock.monotonic() > self._until + self._earned:
            raise TimeoutError("the reply came too slowly")
        return more

    @property
    def _earned(self) -> float:
        """The seconds that the bytes that came may have taken beyond the first minute."""
        return self._came / self._rate if self._rate else 0.0

    def _keep(self, piece: bytes) -> bool:
        self._length += len(piece)
        over = 0 if self._limit is None else self._length - self._limit
        if over > 0:
            self._cut = True
            piece = piece[:-over]
        if self._into is not None:
            self._into(piece)
        else:
            self._content += piece
        return over <= 0

    def reply(self) -> Reply:
        """Return what came. Raises decoding.Broken where the end of what was packed is missing."""
        if self._decoder is not None and not self._cut:
            self._decoder.end()
        return Reply(
            status=self._status,
            headers=self._headers,
            content=bytes(self._content),
            cut=self._cut,
            received=self._clock.now(),
        )
