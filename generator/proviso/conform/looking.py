"""What the beginning of a result tells: its format, and its pixels where it is an image."""

from __future__ import annotations

import hashlib

from proviso.conform.exchanges import Content
from proviso_runtime import media_types, pictures

ENOUGH = pictures.BEGINNINGS[-1]
"""Bytes of a result that are read at most."""


def content(head: bytes, stated: str | None) -> Content:
    """Return what is known of a result. head: its beginning. stated: the media type that came with it."""
    image = pictures.header(head)
    told = media_types.of_content(head[: media_types.HEAD]) if image is None else image.media_type
    return Content(
        bytes_read=len(head),
        sha256=hashlib.sha256(head).hexdigest(),
        media_type=told or (stated.partition(";")[0].strip().lower() if stated else None),
        pixels=None if image is None else (image.width, image.height),
    )
