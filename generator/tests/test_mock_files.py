"""The files that the mock hands over are what was promised: of that type, of so many pixels, and never without bounds."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import wave
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from proviso import ir
from proviso.mock import making, pictures
from proviso.mock.works import Work

FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
PROMPTS = (
    "",
    "a small tea house on a misty hill",
    "Ein Öltanker vor Ålesund, ñandú, Привет",
    "霧の丘の上の茶室" * 40,
    "مرحبا بالعالم",
    "\ud83d broken \x00\x1b[31m\u202e letters \U000f0000",
    "x" * 100_000,
    "a b " * 100_000,
)


def work(
    says: str = "a boat",
    *,
    kind: ir.OutputKind = "image",
    media_type: str = "image/png",
    pixels: tuple[int, int] = (320, 240),
    number: int = 0,
) -> Work:
    return Work(number=number, kind=kind, media_type=media_type, pixels=pixels, says=says)


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


@pytest.mark.parametrize("media_type", FORMATS)
@pytest.mark.parametrize("pixels", [(1, 1), (640, 480), (2000, 130), (130, 1000)], ids=str)
def test_a_picture_has_the_type_and_the_pixels_that_were_promised(media_type: str, pixels: tuple[int, int]) -> None:
    found = opened(making.made(work(media_type=media_type, pixels=pixels)))
    assert (found.format, found.size) == (FORMATS[media_type], pixels)


@pytest.mark.parametrize("says", PROMPTS, ids=lambda says: ascii(says[:12]))
def test_any_prompt_can_be_drawn_and_is_seen(says: str) -> None:
    found = opened(making.made(work(says))).convert("RGB")
    other = opened(making.made(work(f"another {says}", pixels=(320, 240)))).convert("RGB")
    assert ImageChops.difference(found, other).getbbox() is not None


def test_the_words_stand_on_the_picture() -> None:
    words = _words(work("a boat"))
    assert words > _words(work("")) > 0
    assert _words(work("a boat and another boat")) > words


def _words(one: Work) -> int:
    """Count what is bright on the panel, which is the last colours of the palette."""
    return sum(opened(making.made(one)).histogram()[-24:])


def test_the_pictures_of_one_request_differ_and_each_is_drawn_the_same_again() -> None:
    one, other = work(number=0), work(number=1)
    assert pictures.picture(one) == pictures.picture(one) != pictures.picture(other)


def test_a_large_picture_is_made_quickly_is_small_and_takes_little_memory() -> None:
    start = time.perf_counter()
    content = pictures.picture(work(pixels=(4096, 4096)))
    assert time.perf_counter() - start < 2  # a third of a second on a machine that does nothing else
    assert len(content) < 400_000
    assert opened(content).getbands() == ("P",), "a byte a pixel"


@pytest.mark.parametrize(
    ("pixels", "media_type"),
    [
        ((8001, 8000), "image/png"),
        ((10**9, 10**9), "image/png"),
        ((0, 10), "image/png"),
        ((70_000, 10), "image/jpeg"),
        ((16_384, 10), "image/webp"),
        ((10, 10), "image/heic"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_memory_is_taken(pixels: tuple[int, int], media_type: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(pictures.CannotDraw, match="the mock"):
            making.made(work(pixels=pixels, media_type=media_type))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_files_are_kept_up_to_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def draw(one: Work) -> bytes:
        drawn.append(one.number)
        return bytes(40)

    monkeypatch.setattr(making, "_KEPT", making._Kept(100))
    monkeypatch.setattr(pictures, "picture", draw)
    for number in (0, 1, 0, 2, 0, 1):
        assert making.made(work(number=number)) == bytes(40)
    assert drawn == [0, 1, 2, 1], "two fit, and the one that was asked for longest ago goes"


def test_a_sound_is_a_real_one() -> None:
    with wave.open(io.BytesIO(making.made(work(kind="audio", media_type="audio/wav")))) as sound:
        assert sound.getnframes() == sound.getframerate()
        assert len(set(sound.readframes(4000))) > 100, "it is not silent"


def test_a_film_holds_a_picture_of_the_promised_pixels_where_its_table_says() -> None:
    film = making.made(work(kind="video", media_type="video/mp4", pixels=(1280, 720)))
    boxes = dict(_boxes(film))
    (size,) = struct.unpack(">I", boxes["stsz"][12:16])
    (at,) = struct.unpack(">I", boxes["stco"][8:12])
    shown = opened(film[at : at + size])
    assert (shown.format, shown.size) == ("JPEG", (1280, 720))
    assert struct.unpack(">HH", boxes["mp4v"][24:28]) == (1280, 720)


def _boxes(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Walk through boxes in boxes, all of which end where they say."""
    at = 0
    while at < len(content):
        size, name = struct.unpack(">I4s", content[at : at + 8])
        assert 8 <= size <= len(content) - at, name
        inner = content[at + 8 : at + size]
        yield name.decode(), inner
        if name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf"):
            yield from _boxes(inner)
        if name == b"stsd":
            yield from _boxes(inner[8:])
        at += size


def test_other_films_and_sounds_begin_as_their_kind_does() -> None:
    assert making.made(work(kind="video", media_type="video/webm")).startswith(b"\x1a\x45\xdf\xa3")
    assert making.made(work(kind="audio", media_type="audio/mpeg")).startswith(b"\xff\xfb")


def test_a_text_tells_the_prompt_back() -> None:
    assert making.made(work("a boat", kind="text", media_type="text/plain")) == b"a boat\n"
    assert making.made(work("a \ud83d", kind="text", media_type="text/plain")) == b"a ?\n"
