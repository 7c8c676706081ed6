"""The header of an image tells its pixels and its format; whatever else comes tells nothing, at once and without a word."""

from __future__ import annotations

import io
import random
import struct
import time
from pathlib import Path

import pytest

from harness import headers
from proviso_runtime import pictures
from proviso_runtime.pictures import Header

AVIF = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


@pytest.mark.parametrize("media_type", headers.MAKERS)
@pytest.mark.parametrize("size", [(1, 1), (1254, 1254), (2048, 1152), (720, 12_000)])
def test_bytes_and_files_tell_pixels_and_format(media_type: str, size: tuple[int, int], tmp_path: Path) -> None:
    content = headers.MAKERS[media_type](size)
    told = Header(width=size[0], height=size[1], media_type=media_type)
    assert pictures.header(content) == told
    path = tmp_path / "a"
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.seek(0, io.SEEK_END)  # as it stands when it was just written
        assert pictures.header(file) == told


def test_a_photograph_that_is_shown_turned_has_the_pixels_that_are_seen() -> None:
    assert pictures.header(headers.jpeg((600, 800), turned=True)) == Header(
        width=600, height=800, media_type="image/jpeg"
    )


def test_pixels_are_found_behind_metadata_of_some_length_and_not_behind_more() -> None:
    long = headers.jpeg((600, 800), before=pictures.BEGINNINGS[0])
    assert pictures.header(long) == Header(width=600, height=800, media_type="image/jpeg")
    assert pictures.header(long[: pictures.BEGINNINGS[0]]) is None
    assert pictures.may_follow(long[: pictures.BEGINNINGS[0]])
    assert pictures.header(headers.jpeg((600, 800), before=pictures.BEGINNINGS[-1])) is None


@pytest.mark.parametrize("media_type", headers.MAKERS)
def test_a_header_that_is_cut_anywhere_tells_all_or_nothing(media_type: str) -> None:
    content = headers.MAKERS[media_type]((640, 480))
    told = {pictures.header(content[:length]) for length in range(200)}
    assert told == {None, Header(width=640, height=480, media_type=media_type)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words",
        b"<svg width='1' height='1'/>",
        b"P6 8 8 255 ",
        b"http://127.0.0.1:9/a.png",
        b"/etc/passwd",
        b"ID3\x04\x00",
        b"\x00\x00\x00\x18ftypisom",
        headers.png((0, 5)),
        headers.png((2**31, 5)),
        headers.gif((40_000, 5)),
    ],
)
def test_what_is_no_image_or_has_no_possible_pixels_tells_nothing(content: bytes) -> None:
    assert pictures.header(content) is None


def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        assert pictures.header(file) is None


def test_nothing_takes_long_or_raises() -> None:
    most = pictures.BEGINNINGS[-1]
    parts = box(b"iprp", box(b"ipco", box(b"ispe", bytes(12))))
    hostile = [
        b"\xff\xd8" + b"\xff\xe1\x00\x02" * most,
        b"\xff\xd8" + b"\xff\xe1\x00\x00" * most,
        b"\xff\xd8" + b"\xff" * most * 4,
        AVIF + box(b"meta", bytes(4) + box(b"free", b"") * 200_000),
        AVIF + box(b"meta", bytes(4) + parts * 5_000),
    ]
    chance = random.Random(3)
    begun = [headers.MAKERS[one]((8, 8)) for one in headers.MAKERS] + [AVIF + box(b"meta", bytes(4) + parts)]
    for _ in range(2_000):
        changed = bytearray(chance.choice(begun)[:300])
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 255, chance.randrange(256)))
        hostile.append(bytes(changed))
    pictures.header(headers.png((1, 1)))  # the library is imported once
    started = time.process_time()
    for content in hostile:
        pictures.header(content)
    assert time.process_time() - started < 5.0
