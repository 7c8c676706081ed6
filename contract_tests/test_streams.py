"""A stream hands over all that it brings, as it comes, and nothing of it is lost when it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from harness import refusals
from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import FACES, Face, Line, Result
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso.answers import made
from proviso.answers.documented import Answer
from proviso.answers.scripts import Script
from proviso.drawing import drawing, strategies, streams
from proviso.drawing.streams import Piece
from proviso_runtime import errors, jobs

_BROKEN = ("ReadError", "RemoteProtocolError", "ReadTimeout", None)


@few(data=st.data())
def test_a_stream_hands_over_what_is_finished_and_shows_the_rest_as_it_comes(
    streamed_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = _params(streamed_subject, data)
    events = data.draw(streams.pieces(streamed_subject, params))
    shown, seen = list[Result](), list[str | bytes]()
    with _provider(streamed_subject, face, _answer(data, streamed_subject, events)) as line:
        done = line.generate_stream(params, on_partial=shown.append)
        kind = streamed_subject.model.output.kind
        assert line.handed(done, kind) == [one.shown for one in streams.finished(events)]
        seen += [line.read(one) for one in shown]
    assert seen == [one.content for one in streams.partial(events)]
    assert not isinstance(done, jobs.Instant)
    failed = [one.failed for one in events if one.failed is not None]
    assert [(one.code, one.message) for one in done.failures] == [
        refusals.told(streamed_subject, one) for one in failed
    ]


@once(data=st.data())
def test_a_documented_stream_hands_over_its_results(streamed_subject: Subject, data: st.DataObject) -> None:
    params = _params(streamed_subject, data)
    documented, kind = streams.stream(streamed_subject), streamed_subject.model.output.kind
    assert documented is not None
    for answer, finished in streams.shown(streamed_subject):
        with _provider(streamed_subject, FACES[-2], answer) as line:
            done = line.generate_stream(params)
            handed = [what for what, _ in line.handed(done, kind)]
        places = made.fitting(documented.completed.results, params)
        assert handed == [one for body in finished for one in made.documented(streamed_subject, places, body, kind)]


@few(data=st.data())
def test_a_stream_that_breaks_after_payment_leaves_it_unknown_and_keeps_what_came(
    streamed_subject: Subject, face: Face, data: st.DataObject
) -> None:
    if not streams.end(streamed_subject):
        return
    params = _params(streamed_subject, data)
    events = data.draw(streams.pieces(streamed_subject, params))
    came = events[: data.draw(st.integers(0, len(events)))]
    # Once a failure was told and nothing came, the provider has said no, however the connection ends.
    came = [one for one in came if one.failed is None]
    error = data.draw(st.sampled_from(_BROKEN))
    answer = streams.broken(_answer(data, streamed_subject, came, whole=False), error)
    with _provider(streamed_subject, face, answer) as line:
        with pytest.raises(errors.OutcomeUnknown) as broken:
            line.generate_stream(params)
        kept = [line.read(one) if one.url.startswith("data:") else one.url for one in broken.value.partial]
    assert kept == [one.shown[0] for one in streams.heard(came)]
    assert broken.value.body_sha256


@few(data=st.data())
def test_a_stream_of_nothing_but_failures_is_a_refusal(
    streamed_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = _params(streamed_subject, data)
    events = data.draw(streams.pieces(streamed_subject, params))
    failed = [one for one in events if one.failed is not None]
    if not failed:
        return
    broken = data.draw(st.sampled_from(_BROKEN))
    answer = streams.broken(_answer(data, streamed_subject, failed), broken)
    with _provider(streamed_subject, face, answer) as line, pytest.raises(errors.Refused) as refused:
        line.generate_stream(params)
    assert (refused.value.code, refused.value.message) == refusals.told(streamed_subject, failed[0].failed)


@few(data=st.data())
def test_an_answer_that_is_no_stream_is_read_as_one_that_is_none(
    streamed_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = _params(streamed_subject, data)
    strange = data.draw(st.sampled_from([Answer(content=b"<html>", media_type="text/html"), Answer(content=b"{}")]))
    with _provider(streamed_subject, face, strange) as line, pytest.raises(errors.UnexpectedReply) as unexpected:
        line.generate_stream(params)
    assert unexpected.value.reply is not None
    assert unexpected.value.reply.content == strange.content


@contextmanager
def _provider(subject: Subject, face: Face, answer: Answer) -> Iterator[Line]:
    """Make a client of a provider that gives an answer, and hold it to one request."""
    clock = FakeClock()
    with ProviderMock(subject, Script(immediate=answer), library=face.library, clock=clock)() as mock:
        yield face.line(subject, clock)
    assert mock.count("immediate") == 1


def _params(subject: Subject, data: st.DataObject) -> Params:
    return streams.asking(subject, data.draw(strategies.params(subject)))


def _answer(data: st.DataObject, subject: Subject, events: list[Piece], *, whole: bool = True) -> Answer:
    return data.draw(drawing.by(lambda draw: streams.answer(draw, subject, events, whole=whole)))
