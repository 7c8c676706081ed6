"""Read server-sent events as their bytes come in, as the HTML standard has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LIMIT = 256 * 2**20  # bytes of one event

_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. name: "message" where the stream gives none."""

    name: str
    data: str = field(repr=False)


class Events:
    """The events of one stream. Comments, which keep a connection alive, are none."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._begun = False
        self._name = ""
        self._data: list[str] = []
        self._length = 0

    def take(self, chunk: bytes) -> list[Event]:
        """Take in some bytes and return the events that they complete. Raises ValueError for one that has no end."""
        self._waiting += len(chunk)
        self._pieces.append(chunk)
        if self._waiting + self._length > LIMIT:
            raise ValueError("an event of the stream is too long")
        if b"\n" not in chunk and b"\r" not in chunk and not self._pieces[0].endswith(b"\r"):
            return []  # joined only when a line may have ended, so that long ones cost no more than their length
        *lines, rest = _LINE_END.split(b"".join(self._pieces))
        self._pieces, self._waiting = [rest], len(rest)
        return [event for line in lines if (event := self._line(line)) is not None]

    def _line(self, line: bytes) -> Event | None:
        if not self._begun:
            line = line.removeprefix(b"\xef\xbb\xbf")
            self._begun = True
        if not line:
            return self._dispatched()
        field_, _, value = line.partition(b":")
        text = value.removeprefix(b" ").decode(errors="replace")
        if field_ == b"event":
            self._name = text
        elif field_ == b"data":
            self._data.append(text)
            self._length += len(line)
        return None

    def _dispatched(self) -> Event | None:
        event = Event(name=self._name or "message", data="\n".join(self._data)) if self._data else None
        self._name, self._data, self._length = "", [], 0
        return event
