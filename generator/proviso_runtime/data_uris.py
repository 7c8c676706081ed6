"""Make data URIs of files, which is how parameters take them."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from proviso_runtime import formats, media_types

_PIECE = 3 * 2**18  # bytes that are encoded at a time; a multiple of three needs no padding
_FITTING = "give one with media_type, such as image/png"


def data_uri(source: os.PathLike[str] | bytes, /, *, media_type: str | None = None) -> str:
    """Return a file as the data URI that a parameter takes.

    source: the path of the file, or its bytes.
    media_type: such as image/png; without it, the first bytes tell it, or else the name of the file.
    Raises ValueError for a file that is empty or does not tell its type, TypeError for a path that is a plain
    string, and OSError where the file cannot be read.
    """
    _require_file(source)
    if isinstance(source, bytes):
        return _encoded(io.BytesIO(source), media_type, named="")
    path = Path(source)
    with path.open("rb") as file:
        return _encoded(file, media_type, named=path.name)


def _require_file(source: object) -> None:
    # A string might be a path, an address, or the content itself.
    if not isinstance(source, os.PathLike | bytes):
        noun = _article(type(source).__name__)
        raise TypeError(f"data_uri takes the bytes of a file or its pathlib.Path, not {noun}")


def _encoded(file: BinaryIO, media_type: str | None, *, named: str) -> str:
    first = file.read(_PIECE)
    what = named or "the content"
    if not first:
        raise ValueError(f"{what} is empty")
    told = media_type or media_types.of_content(first[: media_types.HEAD]) or media_types.of_name(named)
    if told is None:
        raise ValueError(f"{what} does not tell its media type; {_FITTING}")
    if not formats.is_media_type(told):
        raise ValueError(f"{told[:80]!r} is no media type; {_FITTING}")
    return "".join((f"data:{told};base64,", *_pieces(first, file)))


def _pieces(first: bytes, file: BinaryIO) -> Iterator[str]:
    piece = first
    while piece:
        yield base64.b64encode(piece).decode("ascii")
        piece = file.read(_PIECE)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"
