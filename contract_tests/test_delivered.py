"""What is delivered is compared with what was asked: every difference is told and logged, and nothing else is.

How many came is known at once, pixels and format as soon as the bytes were there for whatever reason.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from harness import delivering
from harness.clock import FakeClock
from harness.delivering import Picture
from harness.effort import few
from harness.faces import AtOnce, Done, Face, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso import reply_paths
from proviso.answers import made
from proviso.drawing import at_once, drawing, strategies, streams, transcripts
from proviso.drawing.drawing import Draw
from proviso.drawing.transcripts import Transcript
from proviso_runtime import jobs
from proviso_runtime.differences import Difference

_LOOKS = ("check", "inspect", "read", "save")


@few(data=st.data())
def test_a_job_tells_how_its_results_differ_from_what_was_asked(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    pictures = data.draw(_pictures(job_subject, params))
    life = data.draw(_lives(job_subject, params, pictures))
    expected = delivering.differences(
        job_subject,
        params,
        pictures[: len(life.made)],
        failed=len(life.failures),
        counted=life.shape.place.forms != ("bytes",),
    )
    clock, look = FakeClock(), data.draw(st.sampled_from(_LOOKS))
    script = life.script(job_subject, files=life.files)
    with ProviderMock(job_subject, script, library=face.library, clock=clock)() as provider, _logged() as log:
        line = face.line(job_subject, clock)
        done = line.generate(params, timeout=1e5)
        _tells(line, done, job_subject, expected, look)
        assert provider.count("file") == _looked_at(job_subject, look) * len(life.files)
        resumed = line.wait(line.resume(life.id, addresses=life.links))
        assert (resumed.differences, line.check(resumed)) == ((), ())
    assert log == [f"{job_subject.provider.name}: {job_subject.model.id}: {one}" for one in expected]


@few(data=st.data())
def test_an_answer_at_once_tells_how_its_results_differ_from_what_was_asked(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    pictures = data.draw(_pictures(immediate_subject, params))
    contents = [one.content for one in pictures]
    answering = data.draw(at_once.answers(immediate_subject, params, failing=True, contents=contents))
    expected = delivering.differences(
        immediate_subject,
        params,
        pictures[: len(answering.made)],
        failed=len(answering.failures),
        counted=answering.shape is not None,
    )
    clock, look = FakeClock(), data.draw(st.sampled_from(_LOOKS))
    script = answering.script(immediate_subject)
    with ProviderMock(immediate_subject, script, library=face.library, clock=clock)() as provider, _logged() as log:
        line = face.line(immediate_subject, clock)
        done = line.generate_sync(params)
        _tells(line, done, immediate_subject, expected, look)
        assert provider.count("file") == _looked_at(immediate_subject, look) * len(answering.files)
    assert log == [f"{immediate_subject.provider.name}: {immediate_subject.model.id}: {one}" for one in expected]


@few(data=st.data())
def test_results_that_are_known_to_have_failed_are_not_missing(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    count = immediate_subject.model.output.count
    params = {**data.draw(strategies.params(immediate_subject)), str(count): 3}
    if isinstance(count, int) or immediate_subject.module.violations(params):
        return
    drawn = at_once.answers(immediate_subject, params, failing=True, in_json=True, contents=[b"one", b"two"])
    answering = data.draw(drawn)
    with ProviderMock(
        immediate_subject, answering.script(immediate_subject), library=face.library, clock=FakeClock()
    )():
        done = face.line(immediate_subject, FakeClock()).generate_sync(params)
    expected = delivering.miscounted(immediate_subject, params, len(answering.made), failed=len(answering.failures))
    assert list(done.differences) == (list(expected) if answering.shape is not None else [])


@few(data=st.data())
def test_a_stream_tells_when_fewer_came_than_were_asked_for(
    streamed_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = streams.asking(streamed_subject, data.draw(strategies.params(streamed_subject)))
    answering = data.draw(at_once.answers(streamed_subject, params))
    with ProviderMock(streamed_subject, answering.script(streamed_subject), library=face.library, clock=FakeClock())():
        done = face.line(streamed_subject, FakeClock()).generate_sync(params)
    assert not isinstance(done, jobs.Instant)
    many, failed = len(answering.made), len(done.failures)
    expected = delivering.miscounted(streamed_subject, params, many, failed=failed)
    assert list(done.differences) == list(expected)


def _pictures(subject: Subject, params: Params) -> st.SearchStrategy[tuple[Picture, ...]]:
    def drawn(draw: Draw) -> tuple[Picture, ...]:
        return delivering.pictures(draw, subject, params)

    return drawing.by(drawn)


def _lives(subject: Subject, params: Params, pictures: Sequence[Picture]) -> st.SearchStrategy[Transcript]:
    """Return a strategy of jobs that hand over pictures, and tell of some results that failed where they can."""
    contents = [one.content for one in pictures]

    def drawn(draw: Draw) -> Transcript:
        life = draw(transcripts.transcripts(subject, params=params, phases=("succeeded",), contents=contents))
        place = life.shape.place
        failed = made.failures(subject, place) if reply_paths.is_plural(place.at) else []
        broken = draw(st.lists(st.sampled_from(failed), max_size=2)) if failed else []
        return replace(life, failures=tuple(broken))

    return drawing.by(drawn)


def _tells(line: Line, done: Done | AtOnce, subject: Subject, expected: Sequence[Difference], look: str) -> None:
    """Look at the results in some way; then all is known, and is told as often as somebody asks."""
    if isinstance(done, jobs.Instant):
        assert list(done.differences) == list(expected)
        return
    assert list(done.miscounted) == [one for one in expected if one.what == "count"]
    results = line.results(done, subject.model.output.kind)
    for one in results if look != "check" else ():
        match look:
            case "inspect" if subject.model.output.kind == "image":
                line.inspect(one)
            case "save":
                with tempfile.TemporaryDirectory() as folder:
                    line.save(one, Path(folder) / "result")
            case _:
                line.read(one)
    if look == "check":
        assert list(line.check(done)) == list(expected)
    assert list(done.differences) == list(expected)
    assert list(line.check(done)) == list(expected)


def _looked_at(subject: Subject, look: str) -> bool:
    """Say whether looking in some way fetches what stands at an address: a check looks at images alone."""
    return look != "check" or subject.model.output.kind == "image"


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Collect what clients log of differences."""
    told: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    logger, handler = logging.getLogger("proviso_runtime"), Handler()
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)
