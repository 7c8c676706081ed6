"""The example of a receiver answers callbacks as providers want it, and hands on what came of each job once."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import receive_callbacks
from hypothesis import strategies as st

from harness import callbacks, faces
from harness.callbacks import Sent
from harness.clock import FakeClock
from harness.effort import few, once
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses
from proviso.answers.documented import Broken
from proviso.answers.scripts import Script
from proviso.drawing import transcripts
from proviso.drawing.transcripts import Transcript
from proviso.oracle.exact import encoded
from proviso_runtime import errors, jobs

if TYPE_CHECKING:
    from clients import lantern

    from proviso_runtime import media

    def _typed(client: lantern.AsyncClient) -> object:
        async def hand_on(outcome: receive_callbacks.Outcome[jobs.AsyncDone[media.AsyncVideo]]) -> None:
            assert outcome.job_id

        return receive_callbacks.receiver("/callbacks/film", client.torch_film, hand_on)


class _Inbox:
    """What was handed on. failing: so many times it cannot be taken."""

    def __init__(self, failing: int = 0) -> None:
        self.taken: list[Any] = []
        self._failing = failing

    async def take(self, outcome: Any) -> None:
        """Take what came of a job."""
        if self._failing:
            self._failing -= 1
            raise ConnectionError("the queue is gone")
        self.taken.append(outcome)


@few(data=st.data())
def test_what_came_of_a_job_is_handed_on_once(called_subject: Subject, data: st.DataObject) -> None:
    life, clock, inbox = _life(called_subject, data), FakeClock(), _Inbox()
    sent = callbacks.sent(called_subject, life, clock)
    forged = callbacks.sent(called_subject, life, clock, secret=callbacks.SHARED[::-1])
    answered = _answered(called_subject, life.script(called_subject), clock, inbox, [forged, sent, sent, forged])
    assert answered == [401, 204, 204, 401]
    assert [one.job_id for one in inbox.taken] == [life.id]
    ended = {"succeeded": jobs.AsyncDone, "expired": errors.JobExpired}.get(life.phase, errors.JobFailed)
    assert isinstance(inbox.taken[0], ended)


@once(data=st.data())
def test_what_cannot_be_handed_on_is_handed_on_when_it_comes_again(
    called_subject: Subject, data: st.DataObject
) -> None:
    life, clock, inbox = _life(called_subject, data), FakeClock(), _Inbox(failing=2)
    sent = callbacks.sent(called_subject, life, clock)
    answered = _answered(called_subject, life.script(called_subject), clock, inbox, [sent] * 4)
    assert answered == [500, 500, 204, 204]
    assert [one.job_id for one in inbox.taken] == [life.id]


@once(data=st.data())
def test_a_result_that_cannot_be_fetched_is_to_come_again(called_subject: Subject, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(called_subject, phases=("succeeded",), whole=False))
    clock, inbox, good = FakeClock(), _Inbox(), life.script(called_subject)
    lost = Broken(error="ReadError")
    bad = dataclasses.replace(good, collects=[lost], resolves=dict.fromkeys(good.resolves, lost))
    if courses.job(called_subject).collect is None and not good.resolves:
        return
    sent = callbacks.sent(called_subject, life, clock)
    assert _answered(called_subject, bad, clock, inbox, [sent]) == [503]
    assert inbox.taken == []


@once(data=st.data())
def test_a_job_that_goes_on_and_nonsense_are_not_handed_on(called_subject: Subject, data: st.DataObject) -> None:
    life, clock, inbox = _life(called_subject, data), FakeClock(), _Inbox()
    going = callbacks.about(called_subject, transcripts.going_on(called_subject)[0].body, life.job_id)
    bodies = (encoded(going), b"{", b" " * (receive_callbacks.LIMIT + 1))
    sent = [callbacks.signed(called_subject, body, clock) for body in bodies]
    assert _answered(called_subject, life.script(called_subject), clock, inbox, sent) == [204, 503, 413]
    assert inbox.taken == []


def _life(subject: Subject, data: st.DataObject) -> Transcript:
    return data.draw(transcripts.transcripts(subject, whole=False))


def _answered(subject: Subject, script: Script, clock: FakeClock, inbox: _Inbox, sent: Sequence[Sent]) -> list[int]:
    """Send callbacks to a receiver over HTTP, one after the other, and return the statuses that it answers with."""
    face = next(one for one in faces.of(subject) if one.awaited)
    proof = callbacks.callback(subject).proof
    assert proof is not None
    app = receive_callbacks.receiver("/callbacks", face.line(subject, clock).calls, inbox.take)

    async def send() -> list[int]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://me.test") as provider:
            posts = [await provider.post("/callbacks", headers=one.headers, content=one.body) for one in sent]
        return [one.status_code for one in posts]

    with pytest.MonkeyPatch.context() as patch, ProviderMock(subject, script, library=face.library, clock=clock)():
        patch.setenv(proof.variable, callbacks.given(subject))
        return asyncio.run(send())
