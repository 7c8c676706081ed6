"""A reply is taken in up to limits of bytes and of time, and few bytes never become many at once."""

from __future__ import annotations

import asyncio
import gzip
import random
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

import httpx
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import decoding, downloads, errors, intake, steps
from proviso_runtime.replies import Reply

from . import scripted
from .world import PICTURE

URL = "https://cdn.files.test/a.png"
PACKED = gzip.compress(bytes(99), mtime=0)
MIB = 2**20


class Head:
    """The head of a reply whose body is still to come."""

    def __init__(self, status: int = 200, **headers: str) -> None:
        self.status_code = status
        self.headers: Mapping[str, str] = {name.replace("_", "-"): text for name, text in headers.items()}
        self.is_stream_consumed = False


def taken(
    request: steps.Request, head: Head, chunks: list[bytes], *, clock: scripted.Clock | None = None, pause: float = 0.0
) -> Reply:
    clock = clock or scripted.Clock()
    coming = intake.Intake(request, head, clock)
    for chunk in chunks:
        clock.at += pause
        if not coming.take(chunk):
            break
    return coming.reply()


def get(**more: Any) -> steps.Request:
    return steps.Request(verb="GET", url=URL, **more)


def cut(content: bytes, step: int) -> list[bytes]:
    return [content[at : at + step] for at in range(0, len(content), step)]


@given(st.binary(max_size=3000), st.integers(1, 400), st.sampled_from(["gzip", "GZIP", " x-gzip ", "identity, gzip"]))
def test_what_was_packed_is_unpacked_wherever_it_was_cut(content: bytes, step: int, coding: str) -> None:
    packed = gzip.compress(content) + gzip.compress(content[::-1]) + bytes(7)
    reply = taken(get(), Head(content_encoding=coding), cut(packed, step))
    assert (reply.content, reply.cut) == (content + content[::-1], False)


@pytest.mark.parametrize("coding", ["", "identity", "Identity"])
def test_what_was_not_packed_is_as_it_came(coding: str) -> None:
    assert taken(get(), Head(content_encoding=coding), [b"\x1f\x8bab"]).content == b"\x1f\x8bab"


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "deflate", "zstd", "gzip, br", "strange"])
def test_a_coding_that_nobody_asked_for_is_neither_undone_nor_taken_for_what_it_stands_for(coding: str) -> None:
    sink: list[bytes] = []
    head, packed = Head(content_encoding=coding, content_type="application/json"), gzip.compress(b"{}")
    for request in (get(), get(into=sink.append, rate=1.0)):
        reply = taken(request, head, [packed])
        assert (reply.content, reply.cut) == (packed, True)
    assert sink == []


@pytest.mark.parametrize("packed", [b"no gzip", PACKED[:-9], PACKED[:-1] + b"!"], ids=["none", "short", "changed"])
def test_what_cannot_be_unpacked_is_broken(packed: bytes) -> None:
    with pytest.raises(decoding.Broken):
        taken(get(), Head(content_encoding="gzip"), [packed])


def test_a_bomb_is_stopped_at_the_limit_and_costs_no_more_memory_than_that() -> None:
    bomb, came = gzip.compress(bytes(64 * MIB), 1), [0]

    def sink(piece: bytes) -> None:
        came[0] += len(piece)

    for into in (None, sink):
        tracemalloc.start()
        reply = taken(get(limit=2 * MIB, into=into), Head(content_encoding="gzip"), cut(bomb, 2**16))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert reply.cut
        assert came[0] + len(reply.content) == 2 * MIB
        assert peak < 8 * MIB


def test_a_limit_is_kept_to_the_byte() -> None:
    for length, is_cut in ((9, False), (10, False), (11, True), (500, True)):
        reply = taken(get(limit=10), Head(), cut(bytes(length), 3))
        assert (len(reply.content), reply.cut) == (min(length, 10), is_cut)


@pytest.mark.parametrize(("patience", "last"), [(10.0, 60.0), (60.0, 60.0), (120.0, 120.0)])
def test_a_reply_must_be_there_after_a_while(patience: float, last: float) -> None:
    whole = taken(get(patience=patience), Head(), [b"a"] * 10, pause=last / 10)
    assert whole.content == b"a" * 10
    with pytest.raises(TimeoutError):
        taken(get(patience=patience), Head(), [b"a"] * 11, pause=last / 10)


def test_a_file_may_take_as_long_as_it_comes_with_some_speed() -> None:
    slow = get(rate=1000.0, into=lambda _: None)
    taken(slow, Head(), [bytes(1000)] * 5000, pause=1.0)
    taken(get(rate=1000.0), Head(), [bytes(1000)] * 5000, pause=1.0)
    clock = scripted.Clock()
    with pytest.raises(TimeoutError):
        taken(slow, Head(), [bytes(500)] * 5000, pause=1.0, clock=clock)
    assert clock.at - scripted.Clock().at == pytest.approx(120.0, abs=2)
    clock = scripted.Clock()
    with pytest.raises(TimeoutError):
        taken(slow, Head(), [b"a"] * 5000, pause=50.0, clock=clock)
    assert clock.at - scripted.Clock().at == pytest.approx(100.0)


def test_a_stream_without_a_speed_is_taken_as_it_comes() -> None:
    taken(get(into=lambda _: None), Head(), [b"a"] * 100, pause=50.0)


def test_downloads_come_with_some_speed() -> None:
    for into in (None, print):
        played = scripted.play(
            downloads.download(URL, provider="acme", into=into),
            [Reply(status=200, headers={}, content=PICTURE)],
            scripted.Clock(),
        )
        assert [one.rate for one in played.requests] == [downloads.RATE]
    trickle = steps.Lost(error=TimeoutError("the reply came too slowly"), sent="maybe")
    error = scripted.play(downloads.download(URL, provider="acme"), [trickle], scripted.Clock()).error
    assert type(error) is errors.UnexpectedReply
    assert (error.billed, error.worth_retry) == (False, True)


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream, httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that the library has not read yet."""

    def __init__(self, content: bytes) -> None:
        self.pieces = cut(content, 1000)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece


def blocking(library: Any, answer: Callable[[Any], Any]) -> bytes:
    http = library.Client(transport=library.MockTransport(answer))
    with scripted.Client(scripted.KEY, http_client=http, clock=scripted.Clock()) as client:
        return client.door.run(downloads.download(URL, provider="acme"))


def awaited(library: Any, answer: Callable[[Any], Any]) -> bytes:
    async def fetched() -> bytes:
        http = library.AsyncClient(transport=library.MockTransport(answer))
        async with scripted.AsyncClient(scripted.KEY, http_client=http, clock=scripted.Clock()) as client:
            return await client.door.run(downloads.download(URL, provider="acme"))

    return asyncio.run(fetched())


@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("fetch", [blocking, awaited])
def test_every_door_asks_for_one_coding_and_undoes_no_other(library: Any, fetch: Callable[..., bytes]) -> None:
    picture = random.Random(1).randbytes(5000)
    asked: list[str] = []
    codings = {"gzip": gzip.compress(picture), "": picture, "gzip, gzip": gzip.compress(gzip.compress(picture))}
    codings["deflate"] = zlib.compress(picture)

    def answer(request: Any) -> Any:
        asked.append(request.headers["accept-encoding"])
        headers = {"content-encoding": coding} if coding else {}
        return library.Response(200, headers=headers, stream=Pieces(codings[coding]))

    for coding in codings:
        if coding in ("gzip", ""):
            assert fetch(library, answer) == picture
        else:
            with pytest.raises(errors.UnexpectedReply):
                fetch(library, answer)
    assert asked == ["gzip"] * len(codings)
