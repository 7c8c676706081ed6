"""A callback is read once: whoever sends it again is told from whoever sends another one, and no trouble swallows it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import strategies as st

from harness import callbacks
from harness.callbacks import Sent
from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Done, Face, Line
from harness.failing import attempt
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses
from proviso.answers.documented import Broken
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso_runtime import errors
from proviso_runtime.ledger import MemoryLedger


@few(data=st.data())
def test_the_same_callback_again_is_a_replay_and_another_one_is_none(
    called_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life, clock = data.draw(transcripts.transcripts(called_subject, whole=False)), FakeClock()
    sent = callbacks.sent(called_subject, life, clock)
    later = callbacks.sent(called_subject, life, clock, age=-60)
    other = callbacks.sent(called_subject, life, clock, message="m-8")
    padded = callbacks.signed(called_subject, sent.body + b"\n", clock)
    with ProviderMock(called_subject, life.script(called_subject), library=face.library, clock=clock)():
        line = face.line(called_subject, clock)
        for one in (sent, padded, *([other] if callbacks.has_ids(called_subject) else [])):
            _ends(called_subject, line, life, one)
        for again in (sent, later, padded):
            with pytest.raises(errors.Replayed) as replayed:
                _parsed(called_subject, line, again)
            assert replayed.value.job_id == life.id
        _ends(called_subject, face.line(called_subject, clock), life, sent)


@few(data=st.data())
def test_whoever_shares_a_ledger_knows_what_was_told(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(called_subject))
    life = data.draw(transcripts.transcripts(called_subject, params=params, whole=False))
    clock, ledger = FakeClock(), MemoryLedger()
    sent = callbacks.sent(called_subject, life, clock)
    with ProviderMock(called_subject, life.script(called_subject), library=face.library, clock=clock)():
        one, other = (face.line(called_subject, clock, ledger=ledger) for _ in range(2))
        assert one.submit(params).id == life.id
        _ends(called_subject, other, life, sent)
        with pytest.raises(errors.Replayed):
            _parsed(called_subject, one, sent)
    (entry,) = ledger.find(job_id=life.id)
    assert entry.state == life.phase
    assert entry.model == called_subject.model.id


@few(data=st.data())
def test_what_was_not_believed_or_could_not_be_fetched_is_no_delivery(
    called_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(called_subject, phases=("succeeded",), whole=False))
    clock, good = FakeClock(), life.script(called_subject)
    line = face.line(called_subject, clock)
    lost = Broken(error="ReadError")
    bad = dataclasses.replace(good, collects=[lost], resolves=dict.fromkeys(good.resolves, lost))
    with ProviderMock(called_subject, bad, library=face.library, clock=clock)():
        with pytest.raises(errors.SignatureInvalid):
            _parsed(called_subject, line, callbacks.sent(called_subject, life, clock, secret=callbacks.SHARED[::-1]))
        if courses.job(called_subject).collect is not None or good.resolves:
            failed = attempt(lambda: _parsed(called_subject, line, callbacks.sent(called_subject, life, clock)))
            assert isinstance(failed, errors.WaitTimeout | errors.UnexpectedReply)
            assert failed.job_id == life.id
    with ProviderMock(called_subject, good, library=face.library, clock=clock)():
        _ends(called_subject, line, life, callbacks.sent(called_subject, life, clock))


def _parsed(subject: Subject, line: Line, sent: Sent) -> Done:
    return line.parse_callback(sent.headers, sent.body, secret=callbacks.given(subject))


def _ends(subject: Subject, line: Line, life: Transcript, sent: Sent) -> None:
    """Read a callback as one that came for the first time."""
    if life.phase == "succeeded":
        assert _parsed(subject, line, sent).job_id == life.id
    else:
        with pytest.raises(errors.JobExpired if life.phase == "expired" else errors.JobFailed):
            _parsed(subject, line, sent)
