"""A job is asked about where its provider says, and can be taken up from there."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few, once
from harness.faces import Face
from harness.failing import attempt
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers import courses, planting
from proviso.answers.documented import Answer
from proviso.drawing import strategies, transcripts
from proviso.drawing.transcripts import Transcript
from proviso_runtime import errors

_LONG = 1e5  # seconds


@few(data=st.data())
def test_a_job_is_asked_about_where_the_provider_says(linked_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(linked_subject, phases=("succeeded",)))
    clock = FakeClock()
    with ProviderMock(linked_subject, life.script(linked_subject), library=face.library, clock=clock)() as mock:
        line = face.line(linked_subject, clock)
        job = line.submit(data.draw(strategies.params(linked_subject)))
        line.wait(job, timeout=_LONG)
    for sent in mock.sent[1:]:
        assert sent.url == life.links[sent.operation]
    assert job.addresses.items() <= life.links.items()


@few(data=st.data())
def test_a_job_with_addresses_is_taken_up_by_what_an_exception_tells(
    linked_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(linked_subject, phases=("succeeded",), least=1))
    clock = FakeClock()
    with ProviderMock(linked_subject, life.script(linked_subject), library=face.library, clock=clock)() as mock:
        line = face.line(linked_subject, clock)
        with pytest.raises(errors.WaitTimeout) as over:
            line.generate(data.draw(strategies.params(linked_subject)), timeout=0)
        assert over.value.job_id == life.id
        assert "s3cret" not in str(over.value)
        job = line.resume(over.value.job_id, addresses=over.value.addresses)
        assert line.wait(job, timeout=_LONG).job_id == life.id
    assert mock.count("submit") == 1


@few(data=st.data())
def test_a_job_is_taken_up_by_its_id_alone_where_a_call_is_documented(
    linked_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(linked_subject, phases=("succeeded",)))
    clock = FakeClock()
    script = dataclasses.replace(life.script(linked_subject), links=_of_the_result(life))
    with ProviderMock(linked_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(linked_subject, clock)
        if courses.job(linked_subject).poll.call is None:
            with pytest.raises(ValueError, match="addresses"):
                line.resume(life.id)
            assert mock.sent == []
        else:
            assert line.wait(line.resume(life.id), timeout=_LONG).job_id == life.id


@once(data=st.data())
def test_addresses_that_cannot_be_are_refused(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(job_subject))
    line = face.line(job_subject, FakeClock())
    for wrong in ({"pol": "https://a.test/"}, *({what: "ftp://a.test/"} for what in life.links)):
        with pytest.raises(ValueError, match="addresses"):
            line.resume(life.id, addresses={**life.links, **wrong})


@few(data=st.data())
def test_an_acceptance_without_an_address_is_unexpected_unless_a_call_is_documented(
    linked_subject: Subject, face: Face, data: st.DataObject
) -> None:
    life = data.draw(transcripts.transcripts(linked_subject, phases=("succeeded",)))
    course, good = courses.job(linked_subject), life.script(linked_subject)
    assert isinstance(good.submit, Answer)
    assert course.poll.address is not None
    body: object = json.loads(good.submit.content)
    wrong = data.draw(st.sampled_from([None, "", 7, "/v1/jobs", "ftp://a.test/", "https://"]))
    spoilt = data.draw(
        st.sampled_from(
            [planting.without(course.poll.address, body), planting.planted(course.poll.address, body, wrong)]
        )
    )
    submit = dataclasses.replace(good.submit, content=json.dumps(spoilt).encode())
    clock = FakeClock()
    script = dataclasses.replace(good, submit=submit, links=_of_the_result(life))
    with ProviderMock(linked_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(linked_subject, clock)
        params = data.draw(strategies.params(linked_subject))
        if course.poll.call is None:
            error = attempt(lambda: line.submit(params))
            assert type(error) is errors.UnexpectedReply
            assert error.job_id == life.id
            assert course.poll.address in error.expected
        else:
            assert line.wait(line.submit(params), timeout=_LONG).job_id == life.id
    assert mock.count("submit") == 1


def _of_the_result(life: Transcript) -> dict[str, str]:
    """Return the address that a poll may still tell, where the others are not known."""
    return {what: url for what, url in life.links.items() if what == "collect"}
