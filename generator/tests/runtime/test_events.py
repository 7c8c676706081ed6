"""Server-sent events come out whole, however their bytes are cut, and keep-alives are none."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import events
from proviso_runtime.events import Event, Events

STREAM = (
    '\ufeffevent: partial\ndata: {"a": 1}\n\n'
    ": keep-alive\n\n"
    "data:first\r\ndata: second\r\n\r\n"
    "id: 7\nretry: 10\nevent: ping\n\n"
    "event: done\rdata\rdata: ä 漢\r\r"
    "data: [DONE]\n\n"
    "data: never ended"
).encode()
EVENTS = [
    Event(name="partial", data='{"a": 1}'),
    Event(name="message", data="first\nsecond"),
    Event(name="done", data="\nä 漢"),
    Event(name="message", data="[DONE]"),
]


def taken(chunks: list[bytes]) -> list[Event]:
    stream = Events()
    return [event for chunk in chunks for event in stream.take(chunk)]


@given(cuts=st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_events_come_out_whole_however_their_bytes_are_cut(cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), len(STREAM)]
    assert taken([STREAM[one:other] for one, other in itertools.pairwise(ends)]) == EVENTS


def test_single_bytes_are_as_good() -> None:
    assert taken([bytes([one]) for one in STREAM]) == EVENTS


def test_what_is_no_stream_has_no_events() -> None:
    for junk in (b"", b"{}", b"<html>\n\n</html>\n\n", b"\xff\xfe\n\n", b":\n\n", b"data\xff: x\n\n"):
        assert taken([junk]) == []


def test_an_event_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LIMIT", 1000)
    for piece in (b"data: " + b"a" * 100, b"data: " + b"a" * 100 + b"\n", b":" + b"a" * 2000):
        with pytest.raises(ValueError, match="too long"):
            taken([piece] * 20)


def test_a_long_event_in_small_pieces_costs_what_its_length_does() -> None:
    start = time.perf_counter()
    (event,) = taken([b"data: ", *[b"a" * 1000] * 20_000, b"\n\n"])
    assert len(event.data) == 20_000_000
    assert time.perf_counter() - start < 3
