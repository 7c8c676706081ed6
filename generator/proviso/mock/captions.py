"""Words on a picture: wrapped, cut where they are too many, in a font that has their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_MOST = 280  # characters of a prompt
_LINES = 8
_SMALL = 120  # pixels of the shorter side, below which there is no room for words
_LINE = 1.35  # height of a line, in sizes of the font
# Looked for where the system keeps fonts, when the built-in one, which has ASCII, lacks a letter.
_FONTS = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "wqy-zenhei.ttc",
    "Arial Unicode.ttf",
    "Arial Unicode MS.ttf",
    "msyh.ttc",
    "arial.ttf",
)
_NO_LETTER = "\uffff"


def write(drawn: Image.Image, says: str, *, below: str, shades: range) -> None:
    """Write a prompt, and a smaller line below it, on a panel of a picture. shades: from the panel's to the words'."""
    short = min(drawn.size)
    if short < _SMALL:
        return
    text = _plain(says)
    size = max(round(short / 22 * (1 if len(text) <= 90 else 0.75)), 8)
    room = drawn.width - 6 * size
    font, small = _font(text, size), _font("", max(round(size * 0.55), 7))
    lines = [*_wrapped(text, font, room)]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][:-3]}..."]
    height = round(size * (_LINE * len(lines) + 2.4))
    left, top = 2 * size, drawn.height - height - 2 * size
    panel = _panel((drawn.width - 2 * left, height))
    if panel is None or top < 0:
        return
    _put(panel, [(line, font) for line in lines], small=(below, small), size=size)
    drawn.paste(panel.point([shades[0] + value * (len(shades) - 1) // 255 for value in range(256)]), (left, top))


def _panel(size: tuple[int, int]) -> Image.Image | None:
    from PIL import Image  # here, because only who asks for a picture needs it

    return Image.new("L", size, 0) if min(size) > 0 else None


def _put(panel: Image.Image, lines: list[tuple[str, _Font]], *, small: tuple[str, _Font], size: int) -> None:
    from PIL import ImageDraw  # as above

    pen = ImageDraw.Draw(panel)
    down = size * 0.8
    for line, font in lines:
        pen.text((size, down), line, fill=255, font=font)
        down += size * _LINE
    pen.text((size, down + size * 0.3), small[0], fill=150, font=small[1])


def _plain(says: str) -> str:
    """Return a prompt as one line of letters that can be drawn, cut where it is too long."""
    letters = ("" if unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") else one for one in says[: 4 * _MOST])
    text = " ".join("".join(" " if one.isspace() else one for one in letters).split())
    return text if len(text) <= _MOST and len(says) <= 4 * _MOST else f"{text[:_MOST]}..."


def _wrapped(text: str, font: _Font, room: float) -> Iterator[str]:
    """Break a text at blanks, and within words that have no room."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= room:
            line = longer
            continue
        if line:
            yield line
        line = word
        while len(line) > 1 and font.getlength(line) > room:
            fits = max((at for at in range(1, len(line)) if font.getlength(line[:at]) <= room), default=1)
            yield line[:fits]
            line = line[fits:]
    yield line


@lru_cache(maxsize=64)
def _font(text: str, size: int) -> _Font:
    """Return the first font that has all letters of a text, or the one that has most of them."""
    letters = frozenset(text) - {" "}
    best: tuple[int, _Font] | None = None
    for font in _fonts(size):
        lacks = sum(_lacks(font, one) for one in letters)
        if best is None or lacks < best[0]:
            best = lacks, font
        if lacks == 0:
            break
    assert best is not None
    return best[1]


def _fonts(size: int) -> Iterator[_Font]:
    from PIL import ImageFont  # as above

    yield ImageFont.load_default(size)
    for name in _FONTS:
        found = _named(name, size)
        if found is not None:
            yield found


@lru_cache(maxsize=64)
def _named(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    from PIL import ImageFont  # as above

    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _lacks(font: _Font, letter: str) -> bool:
    mask, nothing = font.getmask(letter), font.getmask(_NO_LETTER)
    return mask.size == nothing.size and bytes(mask) == bytes(nothing)


if TYPE_CHECKING:
    _Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
