"""Films: in MP4 a second of one picture, which is stored as JPEG; other containers are well formed and hold none.

An MP4 of this kind is shown by ffmpeg, VLC and the like; browsers have no decoder for it. A picture of a format that is
compressed as films are would take an encoder of tens of megabytes.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from proviso.mock import pictures
from proviso.mock.works import Work

_SECOND = 1000  # units of time
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_JPEG = 0x6C  # the object type of ISO/IEC 10918-1


def film(work: Work) -> bytes:
    """Make the film of a result. Raises pictures.CannotDraw."""
    if work.media_type == "video/webm":
        return _webm()
    return _mp4(pictures.picture(replace(work, media_type="image/jpeg", kind="image")), work.pixels)


def _mp4(picture: bytes, pixels: tuple[int, int]) -> bytes:
    head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
    at = len(head) + 8  # where the picture begins
    return head + _box(b"mdat", picture) + _box(b"moov", _movie(), _track(pixels, size=len(picture), at=at))


def _movie() -> bytes:
    rate_and_volume = struct.pack(">IH10x", 0x10000, 0x100)
    return _full(b"mvhd", struct.pack(">4I", 0, 0, _SECOND, _SECOND), rate_and_volume, _MATRIX, struct.pack(">24xI", 2))


def _track(pixels: tuple[int, int], *, size: int, at: int) -> bytes:
    width, height = pixels
    head = struct.pack(">5I8x4H", 0, 0, 1, 0, _SECOND, 0, 0, 0, 0)
    shown = struct.pack(">2I", width << 16 & 0xFFFFFFFF, height << 16 & 0xFFFFFFFF)
    media = _full(b"mdhd", struct.pack(">4I2H", 0, 0, _SECOND, _SECOND, 0x55C4, 0))
    handler = _full(b"hdlr", struct.pack(">I4s12x", 0, b"vide"), b"picture\0")
    where = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _entry(pixels, size=size)),
        _full(b"stts", struct.pack(">3I", 1, 1, _SECOND)),
        _full(b"stsc", struct.pack(">4I", 1, 1, 1, 1)),
        _full(b"stsz", struct.pack(">3I", 0, 1, size)),
        _full(b"stco", struct.pack(">2I", 1, at)),
    )
    information = _box(b"minf", _full(b"vmhd", bytes(8), flags=1), where, table)
    return _box(b"trak", _full(b"tkhd", head, _MATRIX, shown, flags=7), _box(b"mdia", media, handler, information))


def _entry(pixels: tuple[int, int], *, size: int) -> bytes:
    """Describe the one picture: how large it is, and that it is JPEG."""
    decoder = struct.pack(">BB3x2I", _JPEG, 0x11, size * 8, size * 8)
    stream = struct.pack(">HB", 1, 0) + _told(4, decoder) + _told(6, b"\x02")
    described = struct.pack(">6xH16x2H3IH32xHh", 1, *pixels, 0x480000, 0x480000, 0, 1, 24, -1)
    return _box(b"mp4v", described, _full(b"esds", _told(3, stream)))


def _told(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content


def _box(name: bytes, *content: bytes) -> bytes:
    inner = b"".join(content)
    return struct.pack(">I4s", 8 + len(inner), name) + inner


def _full(name: bytes, *content: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *content)


def _webm() -> bytes:
    head = _element(0x4286, b"\1") + _element(0x42F7, b"\1") + _element(0x42F2, b"\4") + _element(0x42F3, b"\x08")
    head += _element(0x4282, b"webm") + _element(0x4287, b"\4") + _element(0x4285, b"\2")
    told = _element(0x2AD7B1, (1_000_000).to_bytes(3)) + _element(0x4D80, b"proviso") + _element(0x5741, b"proviso")
    return _element(0x1A45DFA3, head) + _element(0x18538067, _element(0x1549A966, told))


def _element(name: int, content: bytes) -> bytes:
    return name.to_bytes((name.bit_length() + 7) // 8) + bytes([0x80 | len(content)]) + content
