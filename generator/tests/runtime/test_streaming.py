"""A stream is listened to as its bytes come, and what it brought outlives whatever ends it."""

from __future__ import annotations

import dataclasses
import json
from collections import deque
from collections.abc import Iterable, Iterator

import httpx2
import pytest

from proviso_runtime import at_once, calls, clients, errors, jobs, media, protocol, results, steps, streaming
from proviso_runtime.replies import Reply

from . import scripted

IMAGES = (protocol.ResultsAt(at="$.url"),)
STREAM = protocol.Stream(
    completed=protocol.Events(names=("done",), results=IMAGES),
    partial=protocol.Events(names=("part",), results=IMAGES),
    failed=("error",),
    end="[DONE]",
)
EMPTY = (protocol.Empty(says="It was hidden.", when=(protocol.Match(path="$.hidden", how="given"),)),)
MODEL = dataclasses.replace(
    scripted.BASIC_MODEL,
    job=None,
    immediate=protocol.Immediate(call="POST /now", results=IMAGES, stream=STREAM, empty=EMPTY),
    errors=protocol.Errors(message=("$.why",), code=("$.code",), codes={"7": protocol.Refusal(means="out-of-credit")}),
)
ENDED = Reply(status=200, headers={"content-type": "text/event-stream; charset=utf-8"}, content=b"")
END = b"data: [DONE]\n\n"


def event(name: str, **data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def picture(number: int, name: str = "done") -> bytes:
    return event(name, url=f"https://x.test/{number}")


def play(
    chunks: Iterable[bytes],
    answer: steps.Answer,
    stream: protocol.Stream | None = None,
    clock: scripted.Clock | None = None,
) -> scripted.Played[results.Delivered]:
    """Drive the flow of a stream: bytes into it, then the answer."""
    at_call = MODEL.immediate
    assert at_call is not None
    model = dataclasses.replace(MODEL, immediate=dataclasses.replace(at_call, stream=stream or STREAM))
    clock = clock or scripted.Clock()
    with scripted.Client(scripted.KEY) as client:

        def hand(item: results.Item) -> media.Media:
            return media.blocking((item,), provider="basic", door=client.door)[0]

        running = at_once.answer(scripted.aim(model), scripted.BODY, scripted.PARAMS, clock=clock, hand=hand)
        played: scripted.Played[results.Delivered] = scripted.Played()
        assert isinstance(next(running), steps.Record)
        request = running.send(None)
        assert isinstance(request, steps.Request)
        played.requests.append(request)
        assert request.into is not None
        try:
            for chunk in chunks:
                request.into(chunk)
            step = running.send(answer)
            while isinstance(step, steps.Record):
                played.changes += step.changes
                step = running.send(None)
        except StopIteration as stop:
            played.result = stop.value
        except errors.ProviderError as error:
            played.error = error
        finally:
            running.close()
    return played


def addresses(played: scripted.Played[results.Delivered]) -> list[str | None]:
    assert played.result is not None, played.error
    return [one.address for one in played.result.found.items]


def test_all_that_is_finished_is_handed_over_and_the_bytes_are_kept() -> None:
    chunks = [picture(1, "part"), b": alive\n\n", picture(1), event("ping"), picture(2)[:9], picture(2)[9:], END]
    played = play(chunks, ENDED)
    assert addresses(played) == ["https://x.test/1", "https://x.test/2"]
    assert played.result is not None
    assert played.result.reply.content == b"".join(chunks)
    assert played.result.document == [{"url": "https://x.test/1"}, {"url": "https://x.test/2"}]
    assert played.requests[0].headers["accept"].startswith("text/event-stream")


def test_a_connection_that_breaks_after_the_end_has_lost_nothing() -> None:
    assert addresses(play([picture(1), END], scripted.DROPPED)) == ["https://x.test/1"]


def test_a_stream_without_a_documented_end_just_ends() -> None:
    endless = dataclasses.replace(STREAM, end=None)
    assert addresses(play([picture(1)], ENDED, endless)) == ["https://x.test/1"]
    assert isinstance(play([picture(1)], scripted.DROPPED, endless).error, errors.OutcomeUnknown)


@pytest.mark.parametrize("answer", [ENDED, scripted.DROPPED, dataclasses.replace(ENDED, cut=True)])
def test_what_came_before_a_stream_broke_is_kept(answer: steps.Answer) -> None:
    end = END if isinstance(answer, Reply) and answer.cut else b""
    played = play([picture(1, "part"), picture(1), picture(2, "part"), end], answer)
    assert isinstance(played.error, errors.OutcomeUnknown)
    assert [one.url for one in played.error.partial] == ["https://x.test/1", "https://x.test/2"]
    assert played.error.body_sha256


def test_a_failure_that_is_told_is_a_refusal_unless_something_came() -> None:
    told = event("error", code=7, why=f"no money, {scripted.KEY}")
    for answer in (ENDED, scripted.DROPPED):
        error = play([told], answer).error
        assert isinstance(error, errors.OutOfCredit)
        assert error.message == "no money, …"
    played = play([picture(1), told, END], ENDED)
    assert played.result is not None
    assert [(one.index, one.code, one.message) for one in played.result.found.failures] == [(1, 7, "no money, …")]


def test_a_stream_of_which_nothing_came_says_so() -> None:
    assert isinstance(play([event("done", hidden="x"), END], ENDED).error, errors.NoResult)
    for chunks in ([END], [b"event: done\ndata: {\n\n", END], [event("done", url=7), END], [event("other"), END]):
        error = play(chunks, ENDED).error
        assert isinstance(error, errors.UnexpectedReply)
        assert error.reply is not None
        assert error.reply.content == b"".join(chunks)


def test_the_name_of_an_event_may_stand_in_its_data() -> None:
    by_path = dataclasses.replace(STREAM, event="$.type")
    chunks = [
        event("x", type="done", url="https://x.test/1"),
        event("done", url="https://x.test/2"),
        b"data: 3\n\n",
        END,
    ]
    assert addresses(play(chunks, ENDED, by_path)) == ["https://x.test/1"]


def test_a_stream_that_only_lives_is_given_up() -> None:
    clock = scripted.Clock()

    def alive() -> Iterator[bytes]:
        while True:
            clock.sleep(60)
            yield b": alive\n\n"

    listener = streaming.Listener(scripted.aim(MODEL), STREAM, on_partial=None, clock=clock)
    with pytest.raises(TimeoutError):
        deque(map(listener.take, alive()), maxlen=0)
    assert sum(clock.slept) < 4000


def test_what_a_caller_raises_who_looks_at_parts_loses_nothing_that_is_paid_for() -> None:
    class Calls(calls.Calls[media.Image]):
        model = MODEL

        def stream(self, on_partial: jobs.OnPartial) -> jobs.Made[media.Image]:
            return self._at_once(scripted.BODY, scripted.PARAMS, on_partial=on_partial)

    class Client(clients.Client):
        provider = scripted.BASIC

    body = picture(1, "part") + picture(2, "part") + picture(1) + END
    kind = {"content-type": "text/event-stream"}
    sent = httpx2.MockTransport(lambda request: httpx2.Response(200, headers=kind, content=body))

    seen: list[str] = []

    def refuse(part: media.Media) -> None:
        seen.append(part.url)
        raise KeyError(part.url)

    with httpx2.Client(transport=sent) as http:
        made = Calls(Client(scripted.KEY, http_client=http, clock=scripted.Clock())).stream(refuse)
    assert seen == ["https://x.test/1"]
    assert len(made.images) == 1
