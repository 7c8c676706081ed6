"""Tell media types: by the first bytes of a file, by the end of its name, and the other way round."""

from __future__ import annotations

HEAD = 16
"""How many bytes of a file tell its type."""

_ENDS = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "image/bmp": ("bmp",),
    "image/tiff": ("tiff", "tif"),
    "image/avif": ("avif",),
    "image/heic": ("heic",),
    "image/svg+xml": ("svg",),
    "video/mp4": ("mp4",),
    "video/webm": ("webm",),
    "video/quicktime": ("mov",),
    "audio/wav": ("wav",),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg",),
    "audio/flac": ("flac",),
    "audio/mp4": ("m4a",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "application/octet-stream": ("bin",),
    "text/plain": ("txt",),
}
_OF_END = {end: media_type for media_type, ends in _ENDS.items() for end in ends}
# Where the mark begins, the mark, and the type.
_MARKS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"%PDF-", "application/pdf"),
)
_RIFF = ("image/webp", "audio/wav")
# Brands of the ISO base media file format that are no videos.
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}


def of_content(head: bytes) -> str | None:
    """Return the media type that the first bytes of a file tell, or None where they tell none."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    for at, mark, media_type in _MARKS:
        if head[at : at + len(mark)] == mark and (media_type not in _RIFF or head[:4] == b"RIFF"):
            return media_type
    # A frame of MPEG audio, layer III, without a tag before it.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return None


def of_name(name: str) -> str | None:
    """Return the media type that the end of a file's name tells, or None where it tells none."""
    _, dot, end = name.rpartition(".")
    return _OF_END.get(end.lower()) if dot else None


def extension(media_type: str) -> str:
    """Return how the name of a file of a media type ends, such as png."""
    if (ends := _ENDS.get(media_type)) is not None:
        return ends[0]
    end = media_type.partition("/")[2].partition("+")[0].removeprefix("x-")
    return end if end.isalnum() else "bin"
