"""Pictures of exactly so many pixels, with the prompt written on a quiet gradient whose colours come from it.

A picture has 256 colours at most, 224 of the gradient and the rest of the words: that is why a large one is made in a
fraction of a second, and its file is small. The same work gives the same file on the same machine; other machines may
have other fonts for what is not plain ASCII.
"""

from __future__ import annotations

import colorsys
import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from proviso.mock import captions
from proviso.mock.works import Work

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 64_000_000
"""What is drawn at most."""

_SHADES = 224
_FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "image/png": ("PNG", {"compress_level": 6}),
    "image/jpeg": ("JPEG", {"quality": 80}),
    "image/jpg": ("JPEG", {"quality": 80}),
    "image/webp": ("WEBP", {"lossless": True, "method": 0, "quality": 0}),
    "image/gif": ("GIF", {}),
    "image/bmp": ("BMP", {}),
    "image/tiff": ("TIFF", {"compression": "tiff_lzw"}),
    "image/avif": ("AVIF", {"speed": 10, "quality": 60}),
}
_PALETTED = ("PNG", "GIF", "BMP", "TIFF")


class CannotDraw(ValueError):
    """A picture that the mock does not draw, and why."""


def picture(work: Work) -> bytes:
    """Draw the picture of a result. Raises CannotDraw."""
    width, height = work.pixels
    if work.media_type not in _FORMATS:
        raise CannotDraw(f"the mock draws no {work.media_type}; it draws {', '.join(_FORMATS)}")
    if width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise CannotDraw(f"the mock draws up to {MOST_PIXELS:,} pixels, not {width} x {height}")
    format_, options = _FORMATS[work.media_type]
    drawn = _drawn(work)
    written = BytesIO()
    try:
        (drawn if format_ in _PALETTED else drawn.convert("RGB")).save(written, format_, **options)
    except (OSError, ValueError, KeyError) as unable:  # a side that the format has no room for, a library left out
        raise CannotDraw(f"the mock cannot write {width} x {height} pixels as {work.media_type}: {unable}") from None
    return written.getvalue()


def _drawn(work: Work) -> Image.Image:
    from PIL import Image  # here, because only who asks for a picture needs it

    corners = Image.new("L", (2, 2))
    for place, shade in zip(((0, 0), (1, 0), (0, 1), (1, 1)), (0, 90, 130, _SHADES - 1), strict=True):
        corners.putpixel(place, shade)
    # From the middle of one corner to that of the other, since there is nothing but one shade outside.
    drawn = corners.resize(work.pixels, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))
    captions.write(drawn, work.says, below=_below(work), shades=range(_SHADES, 256))
    drawn.putpalette(_palette(work))
    return drawn


def _below(work: Work) -> str:
    return f"proviso mock  ·  image {work.number + 1}  ·  {work.pixels[0]} x {work.pixels[1]}"


def _palette(work: Work) -> list[int]:
    """Return the colours: a gradient between two neighbouring hues, then from its dark end to white for words."""
    number = int.from_bytes(hashlib.sha256(work.says.encode("utf-8", "replace")).digest()[:4])
    hue = (number % 360 / 360 + work.number * 0.07) % 1
    dark, light = _rgb(hue, 0.24, 0.45), _rgb((hue + 0.16) % 1, 0.68, 0.62)
    shades = [_between(dark, light, step / (_SHADES - 1)) for step in range(_SHADES)]
    ground = _rgb(hue, 0.14, 0.45)
    words = [_between(ground, (250, 250, 250), step / (255 - _SHADES)) for step in range(256 - _SHADES)]
    return [channel for colour in (*shades, *words) for channel in colour]


def _rgb(hue: float, lightness: float, saturation: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _between(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(start + (end - start) * share) for start, end in zip(one, other, strict=True))
    return red, green, blue
