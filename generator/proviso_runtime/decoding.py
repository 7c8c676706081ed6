"""Undo the one coding in which replies are asked to come, piece by piece, so that few bytes never become many at once.

Other codings, or several on top of one another, are not undone: nobody asked for them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Protocol

ACCEPTED = "gzip"
"""What replies may come in, as requests say it."""

_PIECE = 2**16  # bytes that are unpacked at once
_NAMES = ("gzip", "x-gzip")
_PLAIN = ("", "identity")
_MEMBER = b"\x1f"  # the first byte of a member
_WINDOW = zlib.MAX_WBITS | 16  # the format is gzip


class Broken(Exception):
    """The body of a reply cannot be unpacked."""


class Decoder(Protocol):
    """What takes in a body as it was sent, and gives it as it is meant."""

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what some bytes stand for, in pieces. Raises Broken."""
        ...

    def end(self) -> None:
        """Tell that all has come. Raises Broken where something is missing."""
        ...


def decoder(headers: Mapping[str, str]) -> Decoder | None:
    """Return what undoes the coding of a body; None where it is one that nobody asked for.

    headers: those of the reply, with lower-case names.
    """
    codings = [one for one in _codings(headers) if one not in _PLAIN]
    if not codings:
        return _Plain()
    return _Gzip() if len(codings) == 1 and codings[0] in _NAMES else None


def _codings(headers: Mapping[str, str]) -> list[str]:
    return [one.strip().lower() for one in headers.get("content-encoding", "").split(",")]


class _Plain:
    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def end(self) -> None:
        pass


class _Gzip:
    """RFC 1952. A body may be several members, one behind the other."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_WINDOW)
        self._begun = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._member.eof:
                if not chunk.startswith(_MEMBER):
                    return  # some writers pad what they have written
                self._member = zlib.decompressobj(_WINDOW)
            self._begun = True
            try:
                piece = self._member.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise Broken("the body of the reply is broken: it cannot be unpacked") from error
            if piece:
                yield piece
            chunk = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def end(self) -> None:
        if self._begun and not self._member.eof:
            raise Broken("the body of the reply is broken: its end is missing")
