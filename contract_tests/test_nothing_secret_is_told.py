"""Whatever a provider answers, no key, prompt or signed address gets into a log, an exception, a text of an object or a ledger."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import strategies as st

from harness import at_once, callbacks, courses, echoes, emitted, strategies, transcripts
from harness.clock import FakeClock
from harness.documented import Answer, Broken, Reaction
from harness.effort import few
from harness.emitted import Ear
from harness.exact import encoded
from harness.faces import AtOnce, Done, Face, Line
from harness.provider_mock import ProviderMock, Script
from harness.subjects import Params, Subject
from proviso_runtime import errors, jobs
from proviso_runtime.ledger import MemoryLedger

T = TypeVar("T")

_SHORTLY = 60.0  # seconds
_LOST: st.SearchStrategy[Reaction] = st.sampled_from(
    [Broken(error=name) for name in ("ReadTimeout", "ReadError", "RemoteProtocolError", "ConnectError")]
)
_NO_FILE: tuple[Reaction, ...] = (
    Answer(status=403, content=b"<Error>signature=s3cret</Error>", media_type="application/xml"),
    Answer(status=302, headers={"location": "https://10.0.0.1/?signature=s3cret"}),
    Answer(status=302, headers={"location": "ftp://files.test/?signature=s3cret"}),
    Answer(status=200, content=b"<p>signature=s3cret</p>", media_type="text/html"),
    Broken(error="ReadError"),
)


class _Listener:
    """Takes everything that is told while a client is used."""

    def __init__(self, ear: Ear) -> None:
        self.texts = ear.lines

    def see(self, *things: object) -> None:
        """Take what is printed of things."""
        self.texts += [text for one in things for text in (str(one), repr(one))]

    def tried(self, call: Callable[[], T]) -> T | None:
        """Take what is printed of what a call returns or raises, but for the bytes that it is there for."""
        try:
            found = call()
        except errors.ProviderError as error:
            self.texts += emitted.texts(error)
            return None
        if not isinstance(found, bytes | Path):
            self.see(found)
        return found


@few(data=st.data())
def test_a_job_tells_nothing_secret(
    job_subject: Subject, face: Face, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    params = emitted.prompted(job_subject, data.draw(strategies.params(job_subject)))
    target = tmp_path_factory.mktemp("made") / "a"
    script = _of_a_job(job_subject, params, data)
    _overheard(job_subject, face, script, lambda line, near: _lives(line, near, job_subject, params, target))


@few(data=st.data())
def test_an_answer_at_once_tells_nothing_secret(immediate_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = emitted.prompted(immediate_subject, data.draw(strategies.params(immediate_subject)))
    good = data.draw(at_once.answers(immediate_subject, params)).script(immediate_subject)
    wrong = st.sampled_from([*echoes.of(immediate_subject, "immediate", params)]) | _LOST
    script = dataclasses.replace(good, immediate=data.draw(st.just(good.immediate) | wrong))
    _overheard(immediate_subject, face, script, lambda line, near: _answers(line, near, immediate_subject, params))


@few(data=st.data())
def test_a_callback_tells_nothing_secret(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, clock = data.draw(transcripts.transcripts(called_subject, whole=False)), FakeClock()
    right = callbacks.sent(called_subject, life, clock)
    going = callbacks.about(called_subject, transcripts.going_on(called_subject)[0].body, life.job_id)
    echo = data.draw(st.sampled_from([*echoes.of(called_subject, "poll", {"prompt": emitted.PROMPT})]))
    sent = [right, right, *(callbacks.signed(called_subject, body, clock) for body in (encoded(going), echo.content))]

    def receive(line: Line, near: _Listener) -> None:
        for one in sent:
            for secret in ("another", callbacks.given(called_subject)):
                near.tried(partial(line.parse_callback, one.headers, one.body, secret=secret))

    _overheard(called_subject, face, life.script(called_subject), receive, clock=clock)


def _of_a_job(subject: Subject, params: Params, data: st.DataObject) -> Script:
    """Return what a provider answers: all as it should be, an echo or nothing in place of one reply, or files that are gone."""
    phases = ("succeeded",) if data.draw(st.booleans()) else transcripts.ENDS
    life = data.draw(transcripts.transcripts(subject, params=params, phases=phases))
    script = life.script(subject, files=life.files)
    calls = ["submit", "poll", *(["collect"] if courses.job(subject).collect is not None else [])]
    what = data.draw(st.sampled_from(["nothing", "files", *calls]))
    if what == "nothing":
        return script
    if what == "files":
        return dataclasses.replace(script, files={url: data.draw(st.sampled_from(_NO_FILE)) for url in life.files})
    wrong = data.draw(st.sampled_from([*echoes.of(subject, what, params, job_id=life.job_id)]) | _LOST)
    match what:
        case "submit":
            return dataclasses.replace(script, submit=wrong)
        case "poll":
            return dataclasses.replace(script, polls=[wrong])
        case _:
            return dataclasses.replace(script, collects=[wrong])


def _lives(line: Line, near: _Listener, subject: Subject, params: Params, target: Path) -> None:
    job = near.tried(lambda: line.submit(params))
    if job is None:
        return
    done = near.tried(lambda: line.wait(job, timeout=_SHORTLY, on_update=near.see))
    near.see(job)
    if done is not None:
        _fetched(line, near, subject, done, target)


def _answers(line: Line, near: _Listener, subject: Subject, params: Params) -> None:
    calls = [partial(line.generate_sync, params)]
    if subject.model.immediate is not None and subject.model.immediate.stream is not None:
        calls.append(partial(line.generate_stream, params, on_partial=near.see))
    for call in calls:
        done = near.tried(call)
        if done is not None and not isinstance(done, jobs.Instant):
            _fetched(line, near, subject, done, None)


def _fetched(line: Line, near: _Listener, subject: Subject, done: Done | AtOnce, target: Path | None) -> None:
    for one in line.results(done, subject.model.output.kind):
        near.see(one)
        near.tried(partial(line.read, one))
        if target is not None:
            near.tried(partial(line.save, one, target))


def _overheard(
    subject: Subject,
    face: Face,
    script: Script,
    use: Callable[[Line, _Listener], None],
    *,
    clock: FakeClock | None = None,
) -> None:
    """Use a client while somebody listens to everything, and hold what is heard to be plain."""
    clock, ledger = clock or FakeClock(), MemoryLedger()
    mock = ProviderMock(subject, script, library=face.library, clock=clock)
    with mock(), Ear().listening() as ear:
        near = _Listener(ear)
        line = face.line(subject, clock, ledger=ledger)
        use(line, near)
        near.see(line.calls, *vars(line.calls).values(), *ledger.find())
    told = [(secret, one) for one in near.texts for secret in emitted.secrets(one)]
    assert not told
