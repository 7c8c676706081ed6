"""Files become data URIs, data URIs become parts of a form; large ones are not copied, and none is ever printed."""

from __future__ import annotations

import base64
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import data_uris, encoding, errors, flow, formats, media_types, outgoing, violation

from . import scripted

PNG = b"\x89PNG\r\n\x1a\n\x00\xfb\xff"
HEADS = {
    PNG: "image/png",
    b"\xff\xd8\xff\xe0": "image/jpeg",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": "image/webp",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"\x00\x00\x00\x18ftypisom": "video/mp4",
    b"\x00\x00\x00\x1cftypavif": "image/avif",
    b"\x00\x00\x00\x1cftypavis": "image/avif",
    b"\x00\x00\x00\x1cftypheix": "image/heic",
    b"\x00\x00\x00\x1cftypM4A ": "audio/mp4",
    b"RIFF\x00\x00\x00\x00WAVEfmt ": "audio/wav",
    b"ID3\x04": "audio/mpeg",
    b"\xff\xfb\x90": "audio/mpeg",
    b"%PDF-1.7": "application/pdf",
}
LARGE = 8 * 2**20
NOTES = "the harbour plan of nobody else, "


def written(body: dict[str, object], *files: str) -> tuple[bytes, str]:
    content, media_type = encoding.encoded(
        outgoing.Outgoing(body=body, encoding="multipart", files=frozenset(files)), {}
    )
    return content, media_type.removeprefix("multipart/form-data; boundary=")


def uri(content: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(("head", "media_type"), HEADS.items())
def test_the_first_bytes_of_a_file_tell_its_type(tmp_path: Path, head: bytes, media_type: str) -> None:
    assert data_uris.data_uri(head) == uri(head, media_type)
    misnamed = tmp_path / "a.txt"
    misnamed.write_bytes(head)
    assert data_uris.data_uri(misnamed) == uri(head, media_type)


def test_where_they_do_not_the_name_tells_it_and_what_is_said_comes_first(tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.SVG"
    drawing.write_text("<svg/>")
    assert data_uris.data_uri(drawing) == uri(b"<svg/>", "image/svg+xml")
    assert data_uris.data_uri(drawing, media_type="text/x-drawing") == uri(b"<svg/>", "text/x-drawing")
    assert data_uris.data_uri(PNG, media_type="image/x-png") == uri(PNG, "image/x-png")


@pytest.mark.parametrize(
    "head", [b"RIFF\x00\x00\x00\x00AVI ", b"WEBP", b"no RIFF WEBP", b"\xff\xfe", b"\xff", b"GIF", b"plain"]
)
def test_a_file_that_does_not_tell_its_type_is_refused_in_words(tmp_path: Path, head: bytes) -> None:
    for name in ("notes", "notes.", "png", "a.unknown"):
        (tmp_path / name).write_bytes(head)
        with pytest.raises(ValueError, match=f"^{name} does not tell its media type; give one with media_type"):
            data_uris.data_uri(tmp_path / name)
    with pytest.raises(ValueError, match=r"^the content does not tell"):
        data_uris.data_uri(head)


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^the content is empty$"):
        data_uris.data_uri(b"")
    with pytest.raises(ValueError, match="'png' is no media type"):
        data_uris.data_uri(PNG, media_type="png")
    with pytest.raises(FileNotFoundError):
        data_uris.data_uri(tmp_path / "none.png")
    plain: Any = "a.png"
    with pytest.raises(TypeError, match=r"takes the bytes of a file or its pathlib.Path, not a str"):
        data_uris.data_uri(plain)


@given(st.sampled_from([0, 1, 2, 3, 2**18, 3 * 2**18 - 1, 3 * 2**18, 3 * 2**18 + 1]), st.binary(max_size=3))
def test_a_file_of_any_length_survives_both_ways(length: int, end: bytes) -> None:
    content = PNG + b"\x00\xffa\r\n" * (length // 5) + end
    text = data_uris.data_uri(content)
    assert text == uri(content)
    assert formats.is_data_uri(text)
    assert formats.bytes_held(text) == len(content)
    sent, mark = written({"image": text}, "image")
    before, part, after = sent.split(b"--" + mark.encode())
    assert (before, after) == (b"", b"--\r\n")
    assert part.partition(b"\r\n\r\n")[2] == content + b"\r\n"


def test_a_file_is_a_part_with_a_name_and_a_type_and_a_text_that_looks_like_one_is_not() -> None:
    text = uri(b"--\r\n")
    more = text.replace("image/png", "IMAGE/SVG+xml;charset=utf-8")
    sent, mark = written({"image[]": [text, more], "says": text, "n": 2}, "image[]")
    disposition = 'Content-Disposition: form-data; name="'
    assert sent.decode() == (
        f'--{mark}\r\n{disposition}image[]"; filename="image.png"\r\nContent-Type: image/png\r\n\r\n--\r\n\r\n'
        f'--{mark}\r\n{disposition}image[]"; filename="image.svg"\r\n'
        f"Content-Type: image/svg+xml;charset=utf-8\r\n\r\n--\r\n\r\n"
        f'--{mark}\r\n{disposition}says"\r\n\r\n{text}\r\n'
        f'--{mark}\r\n{disposition}n"\r\n\r\n2\r\n--{mark}--\r\n'
    )
    assert written({"image[]": [text, more], "says": text, "n": 2}, "image[]") == (sent, mark)
    assert written({"image[]": [text], "says": text}, "image[]")[1] != mark


def test_a_name_of_a_file_has_no_signs_and_always_an_end() -> None:
    sent, _ = written({'"/ä\r\n': uri(PNG, "application/x-"), "a": uri(PNG, "model/x-mesh")}, '"/ä\r\n', "a")
    assert b'name="%22/\xc3\xa4%0D%0A"; filename="file.bin"\r\n' in sent
    assert b'filename="a.mesh"' in sent
    assert [media_types.extension(one) for one in ("image/jpeg", "audio/mpeg", "text/csv")] == ["jpg", "mp3", "csv"]


def test_a_large_file_is_there_as_a_text_and_as_the_body_and_not_a_third_time() -> None:
    text = uri(bytes(LARGE))
    for most, work in ((0.2, lambda: formats.is_data_uri(text)), (1.2, lambda: written({"image": text}, "image"))):
        tracemalloc.start()
        work()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < most * LARGE


@pytest.mark.parametrize("value", [Path("a.png"), PNG], ids=["path", "bytes"])
def test_a_path_or_bytes_in_place_of_a_data_uri_are_told_how_to_become_one(value: object) -> None:
    told = violation.wrong_type("/image", value, "data URI string").message
    assert told.endswith("; write data_uri(path)")
    assert "PNG" not in told
    assert "a.png" not in told
    for other, expected in ((3, "data URI string"), (value, "string"), ({}, "data URI string or null")):
        assert "data_uri" not in violation.wrong_type("/image", other, expected).message


@pytest.mark.parametrize(
    ("told", "near"),
    [
        ("image/jpg", "; did you mean image/jpeg?"),
        ("image/gif", ""),
        ("a/" + "b" * 99, ""),
        ("text/png", "; did you mean image/png?"),
    ],
)
def test_a_media_type_that_is_not_allowed_is_shown_short_with_the_one_that_was_meant(told: str, near: str) -> None:
    allowed = dict.fromkeys(("image/png", "image/jpeg"))
    said = violation.Violation("/image", "media_types", told, allowed).message
    assert said.endswith(f" is none of image/png, image/jpeg{near}")
    assert len(said) < 120


def test_a_provider_that_quotes_a_file_is_not_printed() -> None:
    content = NOTES.encode() + random.Random(7).randbytes(60_000)
    text = uri(content, "text/plain")
    sent = outgoing.Outgoing(body={"notes": text}, encoding="multipart", files=frozenset({"notes"}))
    assert NOTES not in repr(sent)
    assert text[40:80] not in repr(sent)
    for quoted in (NOTES, text[100:200], text[-300:-100]):
        answer = scripted.reply({"message": f"not taken: {quoted}, too long"}, status=400)
        clock = scripted.Clock()
        aimed = scripted.aim(scripted.ACME_MODEL)
        error = scripted.play(flow.submit(aimed, sent, {}, clock=clock), (answer,), clock).error
        assert isinstance(error, errors.Refused)
        assert "not taken" in str(error)
        assert quoted[:30] not in f"{error} {error!r}"
        assert quoted[-30:] not in f"{error} {error!r}"
