"""The parts of a multipart form (RFC 7578): texts, and files with their media types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file in a field of a form. media_type: with what is said behind it."""

    media_type: str
    content: bytes


def read(content_type: str, body: bytes) -> list[tuple[str, str | File]]:
    """Read the fields of a form by their names. Raises ValueError for what is none."""
    told = Message(policy=compat32)
    told["content-type"] = content_type
    boundary = told.get_boundary()
    if not boundary:
        raise ValueError("its type names no boundary")
    mark = f"--{boundary}".encode()
    _, *rest = (b"\r\n" + body).split(b"\r\n" + mark, _MOST)  # what stands before the first means nothing
    if not rest or not rest[-1].startswith(b"--"):
        raise ValueError(f"it does not end with its boundary, or has more than {_MOST - 1} parts")
    return list(_fields(rest[:-1]))


def _fields(pieces: list[bytes]) -> Iterator[tuple[str, str | File]]:
    for piece in pieces:
        head, found, content = piece.partition(b"\r\n\r\n")
        described = BytesHeaderParser(policy=compat32).parsebytes(head.removeprefix(b"\r\n"))
        name = described.get_param("name", header="content-disposition")
        if not found or not isinstance(name, str):
            raise ValueError("a part has no name")
        if described.get_filename() is None:
            yield name, content.decode(errors="replace")
        else:
            yield name, File(media_type=str(described.get("content-type", "application/octet-stream")), content=content)
