"""Headers of images, built by hand from what the formats say: signature, pixels, and a body that nobody reads."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Size = tuple[int, int]

_BODY = bytes(range(64))


def png(size: Size) -> bytes:
    """Write the beginning of a PNG."""
    head = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + _BODY


def jpeg(size: Size, *, before: int = 0, turned: bool = False) -> bytes:
    """Write the beginning of a JPEG. before: bytes of metadata that come first. turned: it is shown by a quarter."""
    parts = [b"\xff\xd8", _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")]
    if turned:
        tags = struct.pack(">HHHIHH", 1, 0x0112, 3, 1, 6, 0) + bytes(4)
        parts.append(_segment(0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + tags))
    parts += [_segment(0xEB, bytes(min(60_000, before - start))) for start in range(0, before, 60_000)]
    width, height = reversed(size) if turned else size
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"".join((*parts, _segment(0xC0, frame), _BODY))


def webp(size: Size) -> bytes:
    """Write the beginning of a WebP, in the extended form."""
    width, height = (struct.pack("<I", side - 1)[:3] for side in size)
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + width + height + _BODY
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def gif(size: Size) -> bytes:
    """Write the beginning of a GIF."""
    return b"GIF89a" + struct.pack("<HH", *size) + bytes(3) + _BODY


MAKERS: dict[str, Callable[[Size], bytes]] = {
    "image/png": png,
    "image/jpeg": jpeg,
    "image/webp": webp,
    "image/gif": gif,
}
"""Media type -> how such an image begins."""


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
