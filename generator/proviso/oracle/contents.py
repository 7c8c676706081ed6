"""What data URIs and base64 hold: read, made and broken apart from generated code."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir

_HEAD = re.compile(r"(?i:data):([^;,]+)((?:;[^;,]+)*);base64,")
_BYTES = (
    b"\x00", b"\r\n", b"--", b"a\r\n--b\r\n", b"\r\n\r\n", "ä 漢 🦄".encode(), b"\x89PNG\r\n\x1a\n\x00\xff", b"data:image/png;base64,AAAA",
)  # fmt: skip
_MOST = 2**20  # bytes of the largest content that is made where more is allowed
_STRANGE = ("image/x-strange", "imag/png", "image/pngs", "audio/mpeg")


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it left, or as it should. media_type: in small letters, with what is said behind it."""

    name: str
    media_type: str
    content: bytes


def filename(name: str, media_type: str) -> str:
    """Return what a file of a field is called."""
    stem = "_".join(re.findall("[A-Za-z0-9]+", name)) or "file"
    subtype = media_type.partition(";")[0].partition("/")[2]
    end = re.sub(
        r"^x-|\+.*", "", {"jpeg": "jpg", "mpeg": "mp3", "plain": "txt", "octet-stream": "bin"}.get(subtype, subtype)
    )
    return f"{stem}.{end if end.isalnum() else 'bin'}"


def told(text: str) -> str | None:
    """Return the media type that a data URI tells, in small letters; None for a text that is none."""
    found = _HEAD.match(text)
    return None if found is None else found[1].lower()


def held(text: str) -> bytes:
    """Return the bytes that base64 or a data URI holds."""
    return base64.b64decode(text[text.find(",") + 1 :], validate=True)


def file(name: str, text: str) -> File:
    """Return the file that a data URI in a field of a form becomes."""
    found = _HEAD.match(text)
    assert found is not None, name
    return File(name=name, media_type=found[1].lower() + found[2], content=held(text))


def broken(kind: ir.Formatted, text: str) -> Iterator[str]:
    """Yield the limits of its content that a text of a format breaks."""
    if kind.media_types and told(text) not in kind.media_types:
        yield "media_types"
    if kind.max_bytes is not None and len(held(text)) > kind.max_bytes:
        yield "max_bytes"


def heads(kind: ir.Formatted) -> list[str]:
    """Return beginnings of texts of a kind, in letters of either case and with words behind the type."""
    if kind.format == "base64":
        return [""]
    types = kind.media_types or ("image/png", "a/b", "image/svg+xml", "application/x-strange.type")
    spelled = [f"data:{one};base64," for one in types]
    return [*spelled, f"DATA:{types[0].upper()};base64,", f"data:{types[-1]};charset=utf-8;a=b;base64,"]


def texts(kind: ir.Formatted) -> list[str]:
    """Return texts that hold a few bytes, many, and the most that are allowed."""
    most = 3000 if kind.max_bytes is None else min(kind.max_bytes, _MOST)
    small = [content for content in _BYTES if len(content) <= most]
    made = [head + _encoded(content) for head in heads(kind) for content in small]
    return [*made, *(heads(kind)[0] + _encoded(_stretched(size)) for size in {most, max(most - 1, 1)})]


def wrong(kind: ir.Formatted) -> Iterator[str]:
    """Yield texts of the format that break what is said of their content."""
    for media_type in kind.media_types:
        kin = (media_type[:-1], f"{media_type}x", f"x{media_type}", media_type.partition("/")[0] + "/*")
        yield from (f"{head}:{one};base64,AAAA" for one in (*kin, *_STRANGE) for head in ("data", "Data"))
    if kind.max_bytes is not None:
        yield from (heads(kind)[0] + _encoded(_stretched(kind.max_bytes + more)) for more in (1, 2, 3))


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _stretched(size: int) -> bytes:
    return (b"\x00\xff\xfe picture\r\n" * (size // 10 + 1))[:size]
