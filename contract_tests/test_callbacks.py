"""A callback is believed when it shows who sent it, and then says what the documents say; no other one is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from harness import callbacks
from harness.callbacks import SHARED, Sent
from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import Done, Face, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses
from proviso.drawing import transcripts
from proviso.drawing.transcripts import Transcript
from proviso.oracle.exact import encoded
from proviso_runtime import errors


@few(data=st.data())
def test_a_callback_hands_over_what_its_documents_say(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, clock = _life(called_subject, data), FakeClock()
    sent = callbacks.sent(called_subject, life, clock)

    read = _reading(sent, callbacks.given(called_subject))
    if life.phase == "succeeded":
        done = _told(called_subject, face, life, clock, read)
        assert done.job_id == life.id
    else:
        expected = errors.JobExpired if life.phase == "expired" else errors.JobFailed
        with pytest.raises(expected) as ended:
            _told(called_subject, face, life, clock, read)
        assert ended.value.job_id == life.id


@few(data=st.data())
def test_a_callback_that_does_not_show_who_sent_it_is_not_believed(
    called_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, clock = _life(called_subject, data), FakeClock()
    for wrong in _wrong(called_subject, life, clock, data):
        with pytest.raises(errors.SignatureInvalid) as refused:
            _told(called_subject, face, life, clock, _reading(wrong, callbacks.given(called_subject)))
        told = f"{refused.value} {refused.value!r}"
        assert SHARED not in told
        assert callbacks.given(called_subject) not in told


@once(data=st.data())
def test_a_callback_is_not_read_without_the_secret(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, clock = _life(called_subject, data), FakeClock()
    sent = callbacks.sent(called_subject, life, clock)
    with pytest.MonkeyPatch.context() as patch:
        proof = callbacks.callback(called_subject).proof
        assert proof is not None
        patch.delenv(proof.variable, raising=False)
        with pytest.raises(errors.KeyMissing, match=proof.variable):
            _told(called_subject, face, life, clock, _reading(sent, None))
        patch.setenv(proof.variable, callbacks.given(called_subject))
        if life.phase == "succeeded":
            _told(called_subject, face, life, clock, _reading(sent, None))


@few(data=st.data())
def test_a_callback_about_a_job_that_goes_on_says_so(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    clock, life = FakeClock(), _life(called_subject, data)
    going = data.draw(st.sampled_from(transcripts.going_on(called_subject)))
    body = callbacks.about(called_subject, going.body, life.job_id)
    sent = callbacks.signed(called_subject, encoded(body), clock)
    with pytest.raises(errors.JobGoesOn) as told:
        _told(called_subject, face, life, clock, _reading(sent, callbacks.given(called_subject)))
    assert told.value.job_id == life.id
    assert told.value.phase == (going.phase or "unknown")
    assert told.value.state == going.state
    assert clock.slept == []


@few(data=st.data())
def test_a_callback_that_cannot_be_read_keeps_its_bytes(
    called_subject: Subject, face: Face, data: st.DataObject
) -> None:
    clock = FakeClock()
    body = data.draw(st.sampled_from([b"", b"{", b"[]", b"null", b"\xff", b"<html>", b'{"id": 1}']))
    sent = callbacks.signed(called_subject, body, clock)
    with pytest.raises(errors.UnexpectedReply) as failed:
        _told(called_subject, face, _life(called_subject, data), clock, _reading(sent, callbacks.given(called_subject)))
    assert failed.value.reply is not None
    assert failed.value.reply.content == body


def _reading(sent: Sent, secret: str | None) -> Callable[[Line], Done]:
    return lambda line: line.parse_callback(sent.headers, sent.body, secret=secret)


def _life(subject: Subject, data: st.DataObject) -> Transcript:
    return data.draw(transcripts.transcripts(subject, whole=False))


def _told(subject: Subject, face: Face, life: Transcript, clock: FakeClock, read: Callable[[Line], Done]) -> Done:
    """Read a callback; nothing is paid for it, and results are handed over as they are after a wait."""
    script = life.script(subject)
    with ProviderMock(subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        try:
            done = read(line)
            handed = line.handed(done, subject.model.output.kind)
            assert [what for what, _ in handed] == [what for what, _ in life.handed]
            return done
        finally:
            assert mock.count("submit", "immediate", "poll") == 0
            assert mock.count("collect") <= (courses.job(subject).collect is not None)


def _wrong(subject: Subject, life: Transcript, clock: FakeClock, data: st.DataObject) -> list[Sent]:
    """Return callbacks that nobody should believe."""
    right = callbacks.sent(subject, life, clock)
    wrong = [callbacks.sent(subject, life, clock, secret=SHARED[::-1])]
    missing = data.draw(st.sampled_from(right.told))
    wrong.append(dataclasses.replace(right, headers={k: v for k, v in right.headers.items() if k != missing}))
    bad = data.draw(st.sampled_from(["", "x", "ä", "\udcff", "v1=\ud800,t=9"]))
    wrong.append(dataclasses.replace(right, headers={**right.headers, missing: bad}))
    within = callbacks.lasts(subject)
    if within is not None:
        wrong.append(callbacks.sent(subject, life, clock, age=within + 1))
        wrong.append(callbacks.sent(subject, life, clock, age=-within - 1))
    if callbacks.is_signed(subject):
        wrong.append(dataclasses.replace(right, body=right.body + b" "))
    return wrong
