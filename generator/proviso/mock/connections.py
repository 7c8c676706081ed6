"""Connections of the server: what uvicorn leaves open about them, such as heads without end and clients that stand still.

The application finds the connection in the scope, since faults happen on it.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Literal, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from proviso.mock.app import CONNECTION
from proviso.mock.bounds import Bounds


class Connection(HttpToolsProtocol):
    """A connection with bounds, which end it with a reply that says why."""

    bounds = Bounds()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head = 0
        self._reading: Literal["head", "body"] | None = "head"
        self._refusal = HTTPStatus.BAD_REQUEST
        self._timer: asyncio.TimerHandle | None = None
        self._late: asyncio.TimerHandle | None = None

    @property
    def crowded(self) -> bool:
        """Whether there are more connections than the server bears."""
        return len(self.connections) > self.bounds.connections

    def close(self) -> None:
        """Close the connection, after what was written."""
        self.transport.close()

    def abort(self) -> None:
        """Close the connection at once."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > 2 * self.bounds.connections:
            self.abort()
            return
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head grows without end; what is begun has to come to an end in time."""
        was = self._reading
        super().data_received(data)
        if self._reading == "head":
            self._head += len(data)
            if self._head > self.bounds.head and not self.transport.is_closing():
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self._reading is None:
            self._wait_no_more()
        elif self._reading != was or self._timer is None:
            self._wait()

    def pause_writing(self) -> None:
        """Begin to wait for a client that does not read."""
        super().pause_writing()
        self._late = self.loop.call_later(self.bounds.reply_seconds, self.abort)

    def resume_writing(self) -> None:
        """Wait no more for the client to read."""
        if self._late is not None:
            self._late.cancel()
            self._late = None
            super().resume_writing()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._head, self._reading = 0, "head"
        self.scope["state"][CONNECTION] = self

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, unless there are too many."""
        self._head += len(name) + len(value) + 4
        if self._head > self.bounds.head:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request on."""
        self._reading = "body"
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for no more of this request."""
        self._reading = None
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read."""
        del msg
        self._refuse(self._refusal)

    def _wait(self) -> None:
        self._wait_no_more()
        if not self.transport.is_closing():
            seconds = self.bounds.head_seconds if self._reading == "head" else self.bounds.body_seconds
            self._timer = self.loop.call_later(seconds, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Say what is wrong, and end the connection."""
        self._wait_no_more()
        if self.transport.is_closing():
            return
        text = f"{_SAYS[status]}\n".encode()
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\ncontent-length: {len(text)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + text)
        self.transport.close()


_SAYS = {
    HTTPStatus.BAD_REQUEST: "This is no HTTP that the mock can read.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The address and the headers of a request are too large.",
    HTTPStatus.REQUEST_TIMEOUT: "The request did not come in time.",
}
