"""An address in a reply that leads astray is not asked: neither about a job, nor for a result, nor where it was moved."""

from __future__ import annotations

import dataclasses
from functools import partial

import pytest
from hypothesis import strategies as st

from harness import callbacks, naming
from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face
from harness.failing import attempt
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses
from proviso.answers.documented import Answer
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso_runtime import errors

_SIGNED = "x?signature=s3cret&id="
_ASTRAY = st.sampled_from(
    [
        "http://files.test/",
        "http://127.0.0.1:8080/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1]:8443/",
        "https://localhost./",
        "https://169.254.169.254/latest/",
        "https://0.0.0.0/",
        "https://224.0.0.251/",
        *(f"https://{name}/" for name in naming.ELSEWHERE),
    ]
)


@few(data=st.data())
def test_a_job_is_not_asked_about_where_that_leads_astray(
    linked_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(linked_subject, phases=("succeeded",), whole=False))
    what = data.draw(st.sampled_from(sorted(life.links)))
    life = dataclasses.replace(life, links={**life.links, what: data.draw(_ASTRAY) + _SIGNED})
    clock = FakeClock()
    with ProviderMock(linked_subject, life.script(linked_subject), library=face.library, clock=clock)() as mock:
        line = face.line(linked_subject, clock)
        job = line.submit(data.draw(strategies.params(linked_subject)))
        if what == "cancel":
            failed = attempt(lambda: line.cancel(job))
        else:
            failed = attempt(lambda: line.wait(job, timeout=1e5))
        _is_refusal(failed, life)
        assert what not in [sent.operation for sent in mock.sent]
        assert mock.count("submit") == 1


@few(data=st.data())
def test_a_result_is_not_fetched_where_that_leads_astray(
    job_subject: Subject, face: Face, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    life = data.draw(transcripts.transcripts(job_subject, phases=("succeeded",), whole=False))
    straight, moved = transcripts.moved(life, data.draw(_ASTRAY) + _SIGNED), data.draw(st.booleans())
    told = life if moved else straight
    files = {url: Answer(status=302, headers={"location": f"{data.draw(_ASTRAY)}{_SIGNED}"}) for url in life.files}
    clock, folder = FakeClock(), tmp_path_factory.mktemp("made")
    script = told.script(job_subject, files=files)
    with ProviderMock(job_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        done = line.wait(line.resume(life.id, addresses=life.links))
        for one in line.results(done, job_subject.model.output.kind):
            if one.url.startswith("data:"):
                continue
            fetch = partial(line.save, one, folder / "a") if data.draw(st.booleans()) else partial(line.read, one)
            _is_refusal(attempt(fetch), told)
        assert mock.count("file") == (len(life.files) if moved else 0)
    assert list(folder.iterdir()) == []


@few(data=st.data())
def test_a_callback_leads_nobody_astray(called_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(called_subject, phases=("succeeded",), whole=False))
    if "collect" not in courses.links(courses.job(called_subject)):
        return
    life = dataclasses.replace(life, links={**life.links, "collect": data.draw(_ASTRAY) + _SIGNED})
    clock = FakeClock()
    with ProviderMock(called_subject, life.script(called_subject), library=face.library, clock=clock)() as mock:
        line, sent = face.line(called_subject, clock), callbacks.sent(called_subject, life, clock)
        for _ in range(2):
            failed = attempt(
                lambda: line.parse_callback(sent.headers, sent.body, secret=callbacks.given(called_subject))
            )
            _is_refusal(failed, life)
        assert mock.sent == []


def _is_refusal(failed: BaseException | None, life: Transcript) -> None:
    assert type(failed) is errors.UnexpectedReply
    assert "is not asked" in str(failed) or "from https to http" in str(failed)
    assert "s3cret" not in f"{failed} {failed!r} {failed.expected}"
    assert failed.job_id == life.id
