"""A paid call sends exactly one request, the documented one, and the key goes into its header and nowhere else."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import oracle, strategies, transcripts
from harness.clock import FakeClock
from harness.documented import Answer
from harness.effort import FEW
from harness.exact import same
from harness.faces import KEY, Face
from harness.mutants import faults
from harness.provider_mock import ProviderMock, Script, Sent
from harness.subjects import Params, Subject
from proviso import ir
from proviso_runtime import errors


@FEW
@given(data=st.data())
def test_submit_sends_the_documented_request_once(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(job_subject))
    params = data.draw(strategies.params(job_subject))
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as mock:
        face.line(job_subject, clock).submit(params)
    (sent,) = mock.sent
    assert job_subject.model.job is not None
    _is_documented(job_subject, sent, job_subject.model.job.submit, params)


@FEW
@given(data=st.data())
def test_generate_pays_once_and_shows_the_key_to_the_provider_alone(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    clock = FakeClock()
    script = life.script(job_subject, files=life.files)
    with ProviderMock(job_subject, script, library=face.library, clock=clock)() as mock:
        line = face.line(job_subject, clock)
        done = line.generate(params, timeout=1e7)
        assert line.handed(done, job_subject.model.output.kind) == life.handed
        assert [line.read(one) for one in line.results(done, job_subject.model.output.kind)] == [
            one.content for one in life.made
        ]
    submitted, *others = mock.sent
    assert job_subject.model.job is not None
    _is_documented(job_subject, submitted, job_subject.model.job.submit, params)
    for sent in others:
        assert (sent.verb, sent.body) == ("GET", b"")
        assert _key_is_in(sent) == ([] if sent.operation == "file" else [job_subject.provider.auth.header.lower()])


@FEW
@given(data=st.data())
def test_generate_sync_sends_the_documented_request_once(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    call = immediate_subject.model.immediate
    assert call is not None
    params = data.draw(strategies.params(immediate_subject))
    kept = immediate_subject.provider.reply_headers
    picture = Answer(content=b"picture", media_type=call.returns[0], headers={one.header: "12.5" for one in kept})
    clock = FakeClock()
    with ProviderMock(immediate_subject, Script(immediate=picture), library=face.library, clock=clock)() as mock:
        done = face.line(immediate_subject, clock).generate_sync(params)
    assert done.content == b"picture"
    assert done.headers == {one.meaning: "12.5" for one in kept}
    told = any(one.meaning == "credits_left" for one in kept)
    assert done.credits_left == (Decimal("12.5") if told else None)
    (sent,) = mock.sent
    _is_documented(immediate_subject, sent, call.operation, params)


@FEW
@given(data=st.data())
def test_a_request_that_breaks_a_rule_is_never_sent(subject: Subject, face: Face, data: st.DataObject) -> None:
    # A keyword of Python cannot have just any name.
    fault = data.draw(st.sampled_from([one for one in faults(subject) if one.rule != "additionalProperties"]))
    mutant = data.draw(fault.mutants)
    clock = FakeClock()
    with ProviderMock(subject, Script(), library=face.library, clock=clock)() as mock:
        line = face.line(subject, clock)
        if subject.model.job is not None:
            with pytest.raises(errors.RequestInvalid):
                line.submit(mutant.params)
            with pytest.raises(errors.RequestInvalid):
                line.generate(mutant.params)
        if subject.model.immediate is not None:
            with pytest.raises(errors.RequestInvalid):
                line.generate_sync(mutant.params)
    assert mock.sent == []


@FEW
@given(data=st.data())
def test_a_wait_that_cannot_be_is_refused_before_anything_is_paid(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    options: list[dict[str, object]] = [{"timeout": -1}, {"timeout": "5"}, {"timeout": math.nan}, {"on_update": 3}]
    clock = FakeClock()
    with ProviderMock(job_subject, Script(), library=face.library, clock=clock)() as mock:
        for wrong in options:
            with pytest.raises((TypeError, ValueError)):
                face.line(job_subject, clock).generate(data.draw(strategies.params(job_subject)), **wrong)
    assert mock.sent == []


def _is_documented(subject: Subject, sent: Sent, operation: ir.Operation, params: Params) -> None:
    verb, path = operation.call.split(" ", 1)
    assert sent.verb == verb
    assert sent.url == subject.provider.base_url + path.replace("{model}", quote(subject.model.id, safe=""))
    assert same(json.loads(sent.body), oracle.wire(subject.model, params))
    assert sent.headers["content-type"].partition(";")[0] == "application/json"
    auth = subject.provider.auth
    assert sent.headers[auth.header.lower()] == auth.prefix + KEY
    assert _key_is_in(sent) == [auth.header.lower()]


def _key_is_in(sent: Sent) -> list[str]:
    """Return the headers that hold the key, and "url" or "body" where it stands there."""
    places = {**sent.headers, "url": sent.url, "body": sent.body.decode()}
    return [name for name, text in places.items() if KEY in text]
