"""Results are found wherever they stand, decoded within limits, and never lost without a word."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from proviso_runtime import errors, inline, media, protocol, results, target
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply

from . import scripted

PNG = b"\x89PNG\r\n\x1a\n\x00\xfb\xff"
WRITTEN = base64.b64encode(PNG).decode()
At = protocol.ResultsAt
REPLY = Reply(status=200, headers={"content-type": "application/json"}, content=b"kept")


def read(
    places: list[protocol.ResultsAt],
    document: Json,
    params: Mapping[str, object] | None = None,
    *,
    empty: tuple[protocol.Empty, ...] = (),
) -> results.Found:
    aim = dataclasses.replace(scripted.aim(scripted.ACME_MODEL), params=params)
    return results.read(tuple(places), empty, document, REPLY, target=aim, job_id="job-1")


@pytest.mark.parametrize(
    ("text", "content", "media_type"),
    [
        (WRITTEN, PNG, None),
        (WRITTEN.rstrip("="), PNG, None),
        (base64.urlsafe_b64encode(PNG).decode(), PNG, None),
        (f"{WRITTEN[:4]}\r\n{WRITTEN[4:]}\n", PNG, None),
        (f"data:image/PNG;base64,{WRITTEN}", PNG, "image/png"),
        (f"DATA:image/png;name=a.png;BASE64,{WRITTEN}", PNG, "image/png"),
        (f"data:;base64,{WRITTEN}", PNG, None),
        ("data:text/plain,a%20b", b"a b", "text/plain"),
        ("data:../../etc/passwd;base64,QUJD", b"ABC", None),
        ("data:image/png\r\nx: y;base64,QUJD", b"ABC", None),
    ],
)
def test_what_is_written_into_a_reply_is_read(text: str, content: bytes, media_type: str | None) -> None:
    assert inline.read(text) == (content, media_type)


@pytest.mark.parametrize(
    "text",
    ["", " ", "=", "a", "a?b=", "ä", "data:", "data:,", "data:image/png;base64", "data:;base64,", "data:;base64,a"],
)
def test_what_is_broken_says_so_and_quotes_nothing(text: str) -> None:
    with pytest.raises(inline.Broken) as broken:
        inline.read(text)
    assert len(text) < 2 or text not in str(broken.value)


def test_escapes_are_read_across_pieces() -> None:
    for before in range(4):
        text = "x" * before + "%41" * 50_000 + "%4"
        assert inline.read(f"data:text/plain,{text}") == (b"x" * before + b"A" * 50_000 + b"%4", "text/plain")


def test_what_is_no_id_and_no_address_is_refused() -> None:
    for wrong in ("..", "a/../b", "operations/.", "x" * 2001, "", " ", None, True):
        assert target.job_id(wrong) is None
    assert target.job_id("operations/7") == "operations/7"
    for wrong in ("https://user:word@own.test/j", "https://user@own.test/j", "ftp://own.test/j", "https:///j"):
        assert target.web_address(wrong) is None


def test_what_is_too_long_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "LIMIT", 8)
    for text in ("A" * 16, "data:;base64," + "A" * 16, "data:," + "A" * 16):
        with pytest.raises(inline.Broken, match="longer than 8 bytes"):
            inline.read(text)


ADDRESS = "HTTPS://x.test/1"
INLINE = "data:image/png;base64,YWI="
NEITHER = "it cannot be read: neither an http address nor a data URI"


@pytest.mark.parametrize(
    ("forms", "text", "told"),
    [
        (("url", "data-uri"), ADDRESS, ADDRESS),
        (("url", "data-uri"), INLINE, b"ab"),
        (("data-uri", "url"), "/x", NEITHER),
        (("url", "data-uri"), "YWJj", NEITHER),
        (("url", "data-uri"), "http://", "it cannot be read: no http address"),
        (("url", "base64"), ADDRESS, ADDRESS),
        (("base64", "url"), "YWJj", b"abc"),
        (("data-uri", "base64"), "YWJj", b"abc"),
        (("data-uri", "base64"), INLINE, b"ab"),
        (("data-uri", "base64"), ADDRESS, "it cannot be read: broken base64"),
    ],
)
def test_of_several_forms_the_text_tells_which_it_is(
    forms: tuple[protocol.Form, ...], text: str, told: str | bytes
) -> None:
    aim = scripted.aim(scripted.ACME_MODEL)
    found = results.gathered((At(at="$.a", forms=forms),), {"a": text}, REPLY, target=aim)
    seen = [one.address or one.content for one in found.items] + [one.message for one in found.failures]
    assert seen == [told]


def test_of_every_kind_the_first_place_that_has_results_counts() -> None:
    places = [
        At(at="$.a[*]", value="$.b64", forms=("base64",)),
        At(at="$.a[*]", value="$.url"),
        At(at="$.sound", kind="audio"),
        At(at="$.words", kind="text", forms=("text",)),
        At(at="$.film", kind="video"),
    ]
    document: Json = {"a": [{"url": "https://x.test/1"}, {}, {"url": None}], "sound": "https://x.test/s", "words": "hm"}
    found = read(places, document)
    assert [(one.kind, one.address, one.text) for one in found.items] == [
        ("image", "https://x.test/1", ""),
        ("audio", "https://x.test/s", ""),
        ("text", None, "hm"),
    ]
    assert found.failures == ()


def test_results_that_cannot_be_read_are_told_beside_those_that_can() -> None:
    document: Json = {"a": [WRITTEN, "?", 7, f"data:image/gif;base64,{WRITTEN}"]}
    found = read([At(at="$.a[*]", forms=("base64",), media_type="image/png")], document)
    assert [(one.content, one.media_type) for one in found.items] == [(PNG, "image/png"), (PNG, "image/gif")]
    assert [(one.index, one.code) for one in found.failures] == [(1, None), (2, None)]
    assert all(one.message for one in found.failures)


def test_a_success_in_which_nothing_can_be_read_keeps_its_bytes() -> None:
    documents: list[Json] = [{"a": ["?"]}, {"a": []}, {}, {"a": None}, {"a": [{}]}]
    for document in documents:
        with pytest.raises(errors.UnexpectedReply, match=r"\$\.a\[\*\]") as failed:
            read([At(at="$.a[*]", forms=("base64",))], document)
        assert failed.value.reply is REPLY
        assert failed.value.job_id == "job-1"


FILTERED = protocol.Match(path="$.finish", how="is", values=("filtered",))
PARTLY = At(at="$.a[*]", value="$.url", failed=protocol.Failed(when=(FILTERED,), code=("$.code",), message=("$.why",)))
NO: Json = {"finish": "filtered", "code": 7, "why": f"no {scripted.KEY}", "url": "https://x.test/blurred"}


def test_results_that_failed_are_told_beside_those_that_came() -> None:
    found = read([PARTLY], {"a": [NO, {"url": "https://x.test/1"}]})
    assert [one.address for one in found.items] == ["https://x.test/1"]
    assert [(one.index, one.code, one.message) for one in found.failures] == [(0, 7, "no …")]


def test_a_success_of_which_nothing_came_says_why() -> None:
    empty = (
        protocol.Empty(says="All was filtered.", when=(FILTERED,), message=("$.why",), billed=True),
        protocol.Empty(says="Nobody knows."),
    )
    told: list[tuple[Json, str, object, object, object]] = [
        ({"finish": "filtered", "why": "too bright"}, "All was filtered.", None, "too bright", True),
        ({"a": []}, "Nobody knows.", None, None, None),
        ({"a": [NO]}, "Nobody knows.", 7, "no …", None),
    ]
    for document, why, code, message, billed in told:
        with pytest.raises(errors.NoResult, match=why.rstrip(".")) as none:
            read([PARTLY], document, empty=empty)
        error = none.value
        assert (error.why, error.code, error.message, error.billed) == (why, code, message, billed)
        assert (error.phase, error.job_id, error.reply) == ("succeeded", "job-1", REPLY)


def test_a_success_in_which_every_single_result_failed_has_none() -> None:
    with pytest.raises(errors.NoResult, match="every single one") as none:
        read([PARTLY], {"a": [NO, NO]})
    assert [one.index for one in none.value.failures] == [0, 1]
    assert none.value.code == 7


def test_a_result_that_cannot_be_read_is_never_taken_for_none() -> None:
    documents: list[Json] = [{"a": [NO, {"url": "nowhere"}]}, {"a": [{"url": 7}]}]
    for document in documents:
        with pytest.raises(errors.UnexpectedReply):
            read([PARTLY], document, empty=(protocol.Empty(says="Nobody knows."),))


def test_a_place_is_for_the_requests_that_it_names_and_for_those_that_nobody_knows() -> None:
    places = [At(at="$.a", when=lambda given: given.get("form") == "a"), At(at="$.b")]
    document: Json = {"a": "https://x.test/a", "b": "https://x.test/b"}
    asked: list[tuple[Mapping[str, object] | None, str]] = [({"form": "a"}, "a"), ({"form": "b"}, "b"), ({}, "b")]
    for params, address in (*asked, (None, "a")):
        assert read(places, document, params).items[0].address == f"https://x.test/{address}"


def test_a_media_type_comes_from_the_reply_or_from_the_request() -> None:
    by = protocol.TypeBy(parameter="file", types={"png": "image/png", "jpg": "image/jpeg"}, default="png")
    one: Json = {"a": {"url": "https://x.test/a", "mime": "image/webp; q=1"}}
    asked: list[tuple[Mapping[str, object] | None, str | None]] = [
        ({"file": "jpg"}, "image/jpeg"),
        ({"file": ["jpg"]}, None),
        ({}, "image/png"),
        (None, None),
    ]
    for params, named in asked:
        assert read([At(at="$.a", value="$.url", type_by=by)], one, params).items[0].media_type == named
    assert read([At(at="$.a", value="$.url", type_at="$.mime")], one).items[0].media_type == "image/webp"
    assert read([At(at="$.a", value="$.url", type_at="$.no")], one).items[0].media_type is None


def test_a_result_of_the_reply_is_read_and_saved_without_a_request(tmp_path: Path) -> None:
    item = results.Item(kind="image", content=PNG, media_type="image/png")
    with scripted.Client(scripted.KEY) as client:
        (image,) = media.blocking((item,), provider="acme", door=client.door)
        assert image.read() == PNG
        assert image.save(tmp_path / "a.png").read_bytes() == PNG
    assert image.url == f"data:image/png;base64,{WRITTEN}"
    assert repr(image) == f"Image({len(PNG)} bytes)"


def test_an_address_that_is_none_is_no_result() -> None:
    for wrong in ("", "x", "ftp://a/b", "http://", "https://a b"):
        assert target.web_address(wrong) is None
