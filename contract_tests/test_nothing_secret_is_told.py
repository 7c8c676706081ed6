"""Whatever a provider answers, no key, prompt or signed address gets into a log, an exception, a text of an object or a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import strategies as st

from harness import callbacks, echoes, emitted
from harness.clock import FakeClock
from harness.effort import once
from harness.emitted import Ear
from harness.faces import AtOnce, Done, Face, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso.answers import courses
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.answers.scripts import Script
from proviso.drawing import at_once, strategies, transcripts
from proviso.oracle.exact import encoded
from proviso_runtime import errors, jobs
from proviso_runtime.ledger import MemoryLedger

T = TypeVar("T")

_SIGNED = "https://eu.jobs.test/v1?signature=s3cret&of="
_SHORTLY = 3.0  # seconds
_LOST: tuple[Reaction, ...] = (Broken(error="ReadTimeout"), Broken(error="ConnectError"))
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


@once(data=st.data())
def test_a_job_tells_nothing_secret(
    job_subject: Subject, face: Face, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    params = emitted.prompted(job_subject, data.draw(strategies.params(job_subject)))
    target = tmp_path_factory.mktemp("made") / "a"
    for script in _of_a_job(job_subject, params, data):
        _overheard(job_subject, face, script, lambda line, near: _lives(line, near, job_subject, params, target))


@once(data=st.data())
def test_an_answer_at_once_tells_nothing_secret(immediate_subject: Subject, face: Face, data: st.DataObject) -> None:
    params = emitted.prompted(immediate_subject, data.draw(strategies.params(immediate_subject)))
    good = data.draw(at_once.answers(immediate_subject, params)).script(immediate_subject)
    for reply in (good.immediate, *echoes.of(immediate_subject, "immediate", params), *_LOST):
        script = replace(good, immediate=reply)
        _overheard(immediate_subject, face, script, lambda line, near: _answers(line, near, immediate_subject, params))


@once(data=st.data())
def test_a_callback_tells_nothing_secret(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    life, clock = data.draw(transcripts.transcripts(called_subject, whole=False)), FakeClock()
    right = callbacks.sent(called_subject, life, clock)
    going = callbacks.about(called_subject, transcripts.going_on(called_subject)[0].body, life.job_id)
    strange = [one.content for one in echoes.of(called_subject, "poll", {"prompt": emitted.PROMPT})]
    forged = callbacks.sent(called_subject, life, clock, secret=callbacks.SHARED[::-1])
    sent = [
        forged,
        right,
        right,
        *(callbacks.signed(called_subject, body, clock) for body in (encoded(going), *strange)),
    ]

    def receive(line: Line, near: _Listener) -> None:
        for one in sent:
            for secret in ("another", callbacks.given(called_subject)):
                near.tried(partial(line.parse_callback, one.headers, one.body, secret=secret))

    _overheard(called_subject, face, life.script(called_subject), receive, clock=clock)


def _of_a_job(subject: Subject, params: Params, data: st.DataObject) -> Iterator[Script]:
    """Yield what a provider answers: all as it should be, files that are gone, and an echo or nothing in place of a reply."""
    drawn = (data.draw(transcripts.transcripts(subject, params=params, phases=(one,))) for one in _ends(subject))
    lives = [
        replace(transcripts.moved(one, _SIGNED), links={what: _SIGNED + what for what in one.links}) for one in drawn
    ]
    for life in lives:
        yield life.script(subject, files=life.files)
    good = lives[0]
    for gone in _NO_FILE:
        yield good.script(subject, files=dict.fromkeys(good.files, gone))
    script, course = good.script(subject, files=good.files), courses.job(subject)
    for wrong in (*echoes.of(subject, "submit", params, job_id=good.job_id), *_LOST):
        yield replace(script, submit=wrong)
    for wrong in (*echoes.of(subject, "poll", params, job_id=good.job_id), *_LOST):
        yield replace(script, polls=[wrong])
    if course.collect is not None:
        for wrong in (*echoes.of(subject, "collect", params, job_id=good.job_id), *_LOST):
            yield replace(script, collects=[wrong])


def _ends(subject: Subject) -> list[str]:
    """Return the phases in which a job may end, with success first."""
    told = {one.phase for one in courses.signs(subject)}
    return [one for one in transcripts.ENDS if one in told]


def _lives(line: Line, near: _Listener, subject: Subject, params: Params, target: Path) -> None:
    job = near.tried(lambda: line.submit(params))
    if job is None:
        return
    done = near.tried(lambda: line.wait(job, timeout=_SHORTLY, on_update=near.see))
    near.see(job, *vars(job).values())
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
        known = vars(line.calls).values()
        near.see(line.calls, *known, *ledger.find())
        near.see(*(inner for one in known if hasattr(one, "__dict__") for inner in vars(one).values()))
    told = [(secret, one) for one in near.texts for secret in emitted.secrets(one)]
    assert not told
