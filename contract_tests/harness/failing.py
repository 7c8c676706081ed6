"""Calls that fail, and what they fail with: an exception of ours, after at most one paid request."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.faces import Face, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso.answers.documented import Answer, Broken
from proviso.answers.scripts import Script
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso_runtime import errors
from proviso_runtime.options import START_WITHIN

TIMEOUT = 5.0
"""Seconds that a wait lasts which is to fail."""


def drawn(subject: Subject, data: st.DataObject) -> tuple[Transcript, Params]:
    """Draw a job that succeeds at the first poll."""
    params = data.draw(strategies.params(subject))
    life = data.draw(transcripts.transcripts(subject, params=params, phases=("succeeded",), whole=False))
    return dataclasses.replace(life, before=()), params


def attempt(call: Callable[[], object]) -> errors.ProviderError | None:
    """Return the exception of ours that a call ends with, if it does; every other one goes through."""
    try:
        call()
    except errors.ProviderError as error:
        return error
    return None


Failure = tuple[errors.ProviderError, bytes]


def paid_calls_fail(subject: Subject, face: Face, params: Params, answer: Answer | Broken) -> list[Failure]:
    """Make every paid call of a model fail, and hold each to one request that may have been accepted."""
    found: list[Failure] = []
    if subject.model.job is not None:
        found += _fails(subject, face, Script(submit=answer), lambda line: line.submit(params))
    if subject.model.immediate is not None:
        found += immediate_fails(subject, face, params, answer)
    return found


def immediate_fails(subject: Subject, face: Face, params: Params, answer: Answer | Broken) -> list[Failure]:
    """Make the immediate call fail, and hold it to one request."""
    return _fails(subject, face, Script(immediate=answer), lambda line: line.generate_sync(params))


def submit_fails(subject: Subject, face: Face, params: Params, script: Script) -> errors.ProviderError:
    """Make a submission fail, and hold it to one request."""
    ((error, _),) = _fails(subject, face, script, lambda line: line.submit(params))
    return error


def wait_fails(subject: Subject, face: Face, job_id: str, script: Script) -> errors.ProviderError:
    """Make a wait fail; it costs nothing."""
    clock = FakeClock()
    with ProviderMock(subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        with pytest.raises(errors.ProviderError) as failed:
            line.wait(line.resume(job_id, addresses=script.links), timeout=TIMEOUT)
    assert mock.count("submit", "immediate") == 0
    return failed.value


def _fails(subject: Subject, face: Face, script: Script, call: Callable[[Line], object]) -> list[Failure]:
    """Make a paid call that fails, and hold it to one request that may have been accepted."""
    clock = FakeClock()
    mock = ProviderMock(subject, script, library=face.library, clock=clock)
    with mock(), pytest.raises(errors.ProviderError) as failed:
        call(face.line(subject, clock))
    first, *again = mock.sent
    if again:
        # What certainly was not accepted is tried again for a while.
        assert _not_accepted(failed.value) or subject.model.resend_for is not None
        assert {one.body for one in again} == {first.body}
        assert sum(clock.slept) < START_WITHIN
    assert again or not isinstance(failed.value, errors.Unreachable)
    return [(failed.value, first.body)]


def _not_accepted(error: errors.ProviderError) -> bool:
    """Tell whether a request was certainly not accepted, and may be sent again."""
    told = isinstance(error, errors.Refused) and error.retry_after is not None
    return isinstance(error, errors.Unreachable) or (told and error.billed is False)
