"""Write multipart forms: parts of text, and files out of their data URIs.

The HTTP library would choose a boundary by chance and write the parts while it sends them. Here the
same fields are the same bytes, known before they leave, so that they can be signed and digested. Files
are decoded piece by piece straight to their places, so that a large one is never there a third time.
"""

from __future__ import annotations

import hashlib
import io
import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from proviso_runtime import formats, media_types, shapes

_QUOTABLE = 2**14  # characters of a file that a message may quote; a multiple of four as well
_PIECE = 2**18  # characters that are written at a time; a multiple of four ends no group of base64
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


def written(given: tuple[tuple[str, str], ...], files: frozenset[str]) -> tuple[bytes, str]:
    """Return the bytes of a multipart form and their media type, which names the boundary.

    given: names and texts. files: the names whose texts are data URIs, and are sent as files.
    """
    parts = [_file(name, text) if name in files else _text(name, text) for name, text in given]
    boundary = _boundary(parts)
    mark = b"--" + boundary.encode()
    content = io.BytesIO()
    for part in parts:
        content.write(mark + b"\r\n" + part.head + b"\r\n\r\n")
        content.writelines(part.content())
        content.write(b"\r\n")
    content.write(mark + b"--\r\n")
    return content.getvalue(), f"multipart/form-data; boundary={boundary}"


def beginnings(body: object, files: frozenset[str]) -> Iterator[str]:
    """Yield how the files in a body begin, as text: a provider may quote it."""
    for name, value in body.items() if shapes.is_object(body) else ():
        if name not in files:
            continue
        for item in value if shapes.is_array(value) else [value]:
            if isinstance(item, str):
                start = item.index(",") + 1
                yield a2b_base64(item[start : start + _QUOTABLE]).decode(errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a form. start: where its content begins in the text; is_file: whether that is base64."""

    head: bytes
    text: str = field(repr=False)
    start: int = 0
    is_file: bool = False

    def pieces(self) -> Iterator[str]:
        return (self.text[at : at + _PIECE] for at in range(self.start, len(self.text), _PIECE))

    def content(self) -> Iterator[bytes]:
        return (a2b_base64(piece) if self.is_file else piece.encode() for piece in self.pieces())


def _text(name: str, text: str) -> _Part:
    return _Part(head=f'Content-Disposition: form-data; name="{_escaped(name)}"'.encode(), text=text)


def _file(name: str, text: str) -> _Part:
    told = formats.media_type(text)
    start = text.index(",") + 1
    _, semicolon, more = text[: start - len(";base64,")].partition(";")
    stem = _NO_NAME.sub("_", name).strip("_") or "file"
    described = f'name="{_escaped(name)}"; filename="{stem}.{media_types.extension(told)}"'
    head = f"Content-Disposition: form-data; {described}\r\nContent-Type: {told}{semicolon}{more}"
    return _Part(head=head.encode(), text=text, start=start, is_file=True)


def _boundary(parts: list[_Part]) -> str:
    """Choose a boundary that stands in no part: the digest of them all, which no text can hold of itself."""
    digest = hashlib.sha256()
    for part in parts:
        inner = hashlib.sha256(part.head)
        for piece in part.pieces():
            inner.update(piece.encode())
        digest.update(inner.digest())
    return digest.hexdigest()


def _escaped(name: str) -> str:
    # As browsers write the names of fields.
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
