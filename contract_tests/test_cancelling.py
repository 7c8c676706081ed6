"""A job is cancelled by the documented call, which is free and repeated until it was heard."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import strategies as st

from harness import keys
from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import Face
from harness.failing import attempt
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses, documented
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.answers.scripts import Script
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso.oracle import access, proofs
from proviso_runtime import errors


@few(data=st.data())
def test_a_cancelled_job_is_told_by_its_next_poll(cancelled_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(cancelled_subject, phases=("cancelled",)))
    params = data.draw(strategies.params(cancelled_subject))
    heard = data.draw(st.sampled_from(_heard(cancelled_subject)))
    script = dataclasses.replace(life.script(cancelled_subject), cancels=[heard])
    clock = FakeClock()
    with ProviderMock(cancelled_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(cancelled_subject, clock)
        job = line.submit(params)
        line.cancel(job)
        ended = attempt(lambda: line.wait(job, timeout=1e5))
    assert isinstance(ended, errors.JobFailed)
    assert (ended.phase, ended.state, ended.job_id) == ("cancelled", life.end.state, life.id)
    assert (mock.count("submit"), mock.count("cancel")) == (1, 1)
    assert mock.sent[1].operation == "cancel"


@few(data=st.data())
def test_a_job_that_had_ended_is_told_by_its_state(stoppable_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(stoppable_subject, phases=("succeeded",)))
    heard = data.draw(st.sampled_from(_heard(stoppable_subject)))
    script = dataclasses.replace(life.script(stoppable_subject), cancels=[heard])
    clock = FakeClock()
    with ProviderMock(stoppable_subject, script, library=face.library, clock=clock)():
        line = face.line(stoppable_subject, clock)
        job = line.resume(life.id, addresses=life.links)
        line.cancel(job)
        assert line.wait(job, timeout=1e5).job_id == life.id


@few(data=st.data())
def test_a_cancellation_that_is_not_heard_is_repeated(
    stoppable_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(stoppable_subject))
    broken: list[Reaction] = [Broken(error="ReadTimeout"), Broken(error="ConnectError"), Answer(status=503)]
    trouble = st.sampled_from(broken)
    troubles = data.draw(st.lists(trouble, min_size=1, max_size=2))
    heard = data.draw(st.sampled_from(_heard(stoppable_subject)))
    mock, error = _cancelled(stoppable_subject, face, life, [*troubles, heard])
    assert error is None
    assert mock.count("cancel") == len(mock.sent) == len(troubles) + 1


@few(data=st.data())
def test_a_cancellation_that_is_never_heard_ends_with_the_job_id(
    stoppable_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(stoppable_subject))
    ways: list[tuple[Reaction, type[errors.ProviderError]]] = [
        (Broken(error="ConnectError"), errors.Unreachable),
        (Broken(error="ReadTimeout"), errors.UnexpectedReply),
        (Answer(status=503), errors.Unavailable),
        (Answer(status=451), errors.Refused),
    ]
    trouble, kind = data.draw(st.sampled_from(ways))
    mock, error = _cancelled(stoppable_subject, face, life, [trouble])
    assert type(error) is kind
    assert error.job_id == life.id
    assert life.id in str(error)
    assert 1 <= mock.count("cancel") == len(mock.sent) < 10


@once(data=st.data())
def test_a_job_that_cannot_be_cancelled_says_so_and_sends_nothing(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    if courses.job(job_subject).cancel is not None:
        return
    life = data.draw(transcripts.transcripts(job_subject))
    clock = FakeClock()
    with ProviderMock(job_subject, Script(), library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        with pytest.raises(TypeError, match="no way to cancel"):
            line.cancel(line.resume(life.id, addresses=life.links))
    assert mock.sent == []


def _heard(subject: Subject) -> list[Answer]:
    """Return replies to a cancellation that was heard: those of the page, and a bare status."""
    shown = [one for one in subject.model.replies if one.of == "cancel" and one.status < 300]
    call = courses.job(subject).cancel
    assert call is not None
    return [
        *(documented.answer(one, one.body) for one in shown),
        *(Answer(status=status) for status in (204, *call.reads)),
    ]


def _cancelled(
    subject: Subject, face: Face, life: Transcript, cancels: list[Reaction]
) -> tuple[ProviderMock, errors.ProviderError | None]:
    """Cancel a job that was taken up, and show the key to the provider alone."""
    clock = FakeClock()
    script = Script(job_id=life.id, links=life.links, cancels=cancels)
    mock = ProviderMock(subject, script, library=face.library, clock=clock)
    with mock():
        line = face.line(subject, clock)
        error = attempt(lambda: line.cancel(line.resume(life.id, addresses=life.links)))
    for sent in mock.sent:
        own = access.is_own(subject.provider, sent.url)
        assert keys.places(sent) == (proofs.documented_places(subject.provider.auth[0], sent) if own else set())
    return mock, error
