"""HTTP/1.1 on a connection, as a server speaks it, with replies that may break on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import h11

from proviso.mock.replying import Breaks

MOST = 64 * 1024 * 1024
"""The longest body that is read, in bytes."""


class TooMuch(ValueError):
    """A body that is longer than MOST."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it came. target: as the request line has it. headers: names in small letters, the last one counts."""

    verb: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A reply. breaks: how it does not come to its end."""

    status: int
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    breaks: Breaks | None = None


class Connection:
    """One side of a connection: requests are read from it and answered, one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=256 * 1024)
        self._head_only = False

    async def incoming(self) -> Incoming | None:
        """Read the next request; None when there is none any more.

        Raises TooMuch, or h11.RemoteProtocolError for what is no HTTP.
        """
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        elif self._http.our_state is not h11.IDLE:
            return None
        head: h11.Request | None = None
        body = bytearray()
        while True:
            match await self._event():
                case h11.Request() as head:
                    pass
                case h11.Data(data=data):
                    body += data
                    if len(body) > MOST:
                        raise TooMuch
                case h11.EndOfMessage() if head is not None:
                    break
                case _:
                    return None
        self._head_only = head.method == b"HEAD"
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
        return Incoming(
            verb=head.method.decode("latin-1"),
            target=head.target.decode("latin-1"),
            headers=headers,
            body=bytes(body),
        )

    async def reply(self, outgoing: Outgoing) -> None:
        """Send a reply, as far as it is to come."""
        content = outgoing.content
        match outgoing.breaks:
            case "close":
                return self._abort()
            case "hang":
                return await self._left()
            case "half":
                content = content[: len(content) // 2]
            case None:
                pass
        headers = [*outgoing.headers, ("content-length", str(len(outgoing.content)))]
        await self._send(h11.Response(status_code=outgoing.status, headers=headers, reason=_reason(outgoing.status)))
        if content and not self._head_only:
            await self._send(h11.Data(data=content))
        if outgoing.breaks == "half":
            return self._abort()
        return await self._send(h11.EndOfMessage())

    async def accept_tunnel(self) -> None:
        """Say yes to CONNECT; what comes next is no HTTP of this connection."""
        await self._send(h11.Response(status_code=200, headers=[], reason=b"Connection established"))

    async def _event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        while True:
            event = self._http.next_event()
            if event is not h11.NEED_DATA:
                return event
            if self._http.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(await self._reader.read(256 * 1024))

    async def _send(self, event: h11.Event) -> None:
        data = self._http.send(event)
        if data:
            self._writer.write(data)
            await self._writer.drain()

    async def _left(self) -> None:
        """Say nothing until the other side has left."""
        while await self._reader.read(64 * 1024):
            pass
        self._abort()

    def _abort(self) -> None:
        self._http.send_failed()
        self._writer.transport.abort()


def _reason(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:
        return b""
