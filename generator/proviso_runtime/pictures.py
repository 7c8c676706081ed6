"""The one door to the library that reads headers of images: their pixels and format, never more than their beginning."""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from proviso_runtime import media_types

BEGINNINGS = (2**16, 2**20)
"""Bytes that tell the header of most images, and of nearly all, since what is known of an image may come before it."""

_SIDE = 2**24  # pixels; no image has a longer side, and a longer one is a broken header


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header of an image says: pixels, turned as they are shown, and the media type of the bytes."""

    width: int
    height: int
    media_type: str


def header(source: bytes | BinaryIO) -> Header | None:
    """Read the header of an image; None where the bytes are none, or do not tell it. Never raises.

    source: the image or the beginning of it; of a file, its beginning is read, wherever it stands.
    """
    try:
        for most in BEGINNINGS:
            head = _beginning(source, most)
            found = _read(head)
            if found is not None or len(head) < most or not may_follow(head):
                return found
    except Exception:
        # What a provider sends is worth no exception: what was paid for is there, whatever it is.
        return None
    return None


def may_follow(head: bytes) -> bool:
    """Tell whether the bytes begin an image whose header may come later."""
    return (media_types.of_content(head[: media_types.HEAD]) or "").startswith("image/")


def _beginning(source: bytes | BinaryIO, most: int) -> bytes:
    if isinstance(source, bytes):
        return source[:most]
    source.seek(0)
    return source.read(most)


def _read(head: bytes) -> Header | None:
    media_type = media_types.of_content(head[: media_types.HEAD])
    if media_type is None or not media_type.startswith("image/"):
        return None
    # Imported here, because few calls need it, and by its name, because it has no types.
    library = importlib.import_module("imagesize")
    # It is given bytes and never a name, which it would open, or fetch.
    width, height = library.get(io.BytesIO(head))
    if not (0 < width <= _SIDE and 0 < height <= _SIDE):
        return None
    return Header(width=int(width), height=int(height), media_type=media_type)
