"""PNG files, made and measured with the standard library alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

Colour = tuple[int, int, int]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SKY: tuple[Colour, Colour] = ((28, 36, 92), (96, 58, 132))  # at the top
_GLOW: tuple[Colour, Colour] = ((255, 178, 112), (250, 112, 108))  # at the bottom


def gradient(width: int, height: int) -> bytes:
    """Draw an evening sky of so many pixels."""
    across = bytes(255 * column // max(width - 1, 1) for column in range(width))
    rows = b"".join(_row(across, line / max(height - 1, 1)) for line in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in chunks)


def pixels(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, all of whose pixels are there. Raises ValueError when it is none."""
    if not content.startswith(_SIGNATURE):
        raise ValueError("this is no PNG")
    chunks = dict[bytes, bytes]()
    for name, part in _chunks(content):
        chunks[name] = chunks.get(name, b"") + part
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    if len(zlib.decompress(chunks[b"IDAT"])) != height * (1 + 3 * width):
        raise ValueError("pixels are missing")
    return width, height


def _row(across: bytes, down: float) -> bytes:
    row = bytearray(1 + 3 * len(across))
    for channel in range(3):
        (left_top, right_top), (left_low, right_low) = (
            (left[channel], right[channel]) for left, right in (_SKY, _GLOW)
        )
        left = left_top + (left_low - left_top) * down
        right = right_top + (right_low - right_top) * down
        table = bytes(round(left + (right - left) * step / 255) for step in range(256))
        row[1 + channel :: 3] = across.translate(table)
    return bytes(row)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length
