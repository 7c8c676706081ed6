"""Results that stand in a reply itself: base64 and data URIs, read up to a limit and never trusted."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

LIMIT = 256 * 2**20  # bytes of one result
_PIECE = 2**16  # characters that are unescaped at once

_BLANKS = re.compile(r"\s+", re.ASCII)
_URL_SAFE = str.maketrans("-_", "+/")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}", re.ASCII)


class Broken(ValueError):
    """What stands there cannot be read. It says why and quotes nothing."""


def read(text: str) -> tuple[bytes, str | None]:
    """Return the bytes of base64 or of a data URI, and the media type that a data URI names.

    Raises Broken.
    """
    if text[:5].lower() == "data:":
        return _data_uri(text[5:])
    return _base64(text), None


def media_type(value: object) -> str | None:
    """Return value as a media type without parameters, in lower case; None when it is none."""
    if not isinstance(value, str):
        return None
    name = value[:300].partition(";")[0].strip().lower()
    return name if _MEDIA_TYPE.fullmatch(name) else None


def _data_uri(text: str) -> tuple[bytes, str | None]:
    head, comma, data = text.partition(",")
    if not comma or len(head) > 300:
        raise Broken("a data URI without a comma")
    name, *marks = head.split(";")
    if marks and marks[-1].strip().lower() == "base64":
        content = _base64(_unescaped(data).decode("latin-1") if "%" in data else data)
    else:
        content = _unescaped(data)
    if not content:
        raise Broken("a data URI that holds nothing")
    return content, media_type(name)


def _unescaped(data: str) -> bytes:
    """Return what escapes stand for, piece by piece: unescaping takes many times the memory of the text."""
    pieces: list[bytes] = []
    start = length = 0
    while start < len(data):
        end = start + _PIECE
        escape = data.rfind("%", end - 2, end)
        end = escape if escape > start else end
        pieces.append(unquote_to_bytes(data[start:end]))
        length += len(pieces[-1])
        _fits(length)
        start = end
    return b"".join(pieces)


def _base64(text: str) -> bytes:
    _fits(len(text) // 4 * 3)
    # Lines may be broken and the end left out, as some writers do; anything else is not read.
    letters = _BLANKS.sub("", text).translate(_URL_SAFE).rstrip("=")
    try:
        content = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Broken("broken base64") from None
    if not content:
        raise Broken("base64 that holds nothing")
    return content


def _fits(length: int) -> None:
    if length > LIMIT:
        raise Broken(f"longer than {LIMIT} bytes")
