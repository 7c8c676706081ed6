"""Every request that a client sends is described by the OpenAPI document that is exported of the same spec."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from unittest import mock

from hypothesis import strategies as st

from harness import faces, keys, openapi_reader, several
from harness.clock import FakeClock
from harness.effort import once, rare
from harness.houses import House
from harness.provider_mock import ProviderMock, Sent
from harness.subjects import Subject
from proviso import ir
from proviso.drawing import at_once, strategies, transcripts
from proviso.exports import openapi, text
from proviso.oracle import access, proofs


@rare(data=st.data())
def test_the_requests_of_a_job_are_described_however_the_key_is_shown(
    job_subject: Subject, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    asked = data.draw(patience(job_subject))
    face, script = faces.FACES[0], life.script(job_subject)
    for way in job_subject.provider.auth:
        clock = FakeClock()
        with mock.patch.dict(os.environ, keys.environment(way), clear=True):
            line = face.line(job_subject, clock, given=False)
        with ProviderMock(job_subject, script, library=face.library, clock=clock, way=way)() as provider:
            line.generate(params, timeout=1e5, **asked)
        # No document knows the addresses that a provider gives for one job.
        assert wrong(job_subject, [one for one in provider.sent if one.url not in life.links.values()]) == []


@rare(data=st.data())
def test_a_call_that_carries_several_requests_is_described_however_the_key_is_shown(
    many_subject: Subject, data: st.DataObject
) -> None:
    batch = data.draw(several.batches(many_subject, least=2))
    face = faces.FACES[0]
    for way in many_subject.provider.auth:
        clock = FakeClock()
        with mock.patch.dict(os.environ, keys.environment(way), clear=True):
            line = face.line(many_subject, clock, given=False)
        with ProviderMock(many_subject, batch.script, library=face.library, clock=clock, way=way)() as provider:
            line.submit_many(batch.given)
        (sent,) = provider.sent
        assert wrong(many_subject, [sent]) == []
        crowd = json.loads(sent.body) * several.most(many_subject)
        assert wrong(many_subject, [replace(sent, body=json.dumps(crowd).encode())])
        assert wrong(many_subject, [replace(sent, body=b"[]")])


@rare(data=st.data())
def test_a_request_that_is_answered_at_once_is_described(immediate_subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(immediate_subject))
    clock = FakeClock()
    face = faces.FACES[0]
    answering = data.draw(at_once.answers(immediate_subject, params))
    with ProviderMock(
        immediate_subject, answering.script(immediate_subject), library=face.library, clock=clock
    )() as provider:
        face.line(immediate_subject, clock).generate_sync(params)
    assert wrong(immediate_subject, provider.sent) == []


@once(data=st.data())
def test_a_request_that_breaks_a_rule_is_not_described(job_subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params))
    clock = FakeClock()
    face = faces.FACES[0]
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as provider:
        face.line(job_subject, clock).submit(params)
    (sent,) = provider.sent
    if job_subject.model.encoding == "json":
        body = json.loads(sent.body)
        more = [*body, {}] if isinstance(body, list) else {**body, "unheard-of": 1}
        assert wrong(job_subject, [replace(sent, body=json.dumps(more).encode())])
    assert wrong(job_subject, [replace(sent, verb="PATCH")])
    assert wrong(job_subject, [replace(sent, url=re.sub(r"\?|$", r"/more\g<0>", sent.url, count=1))])
    assert wrong(job_subject, [replace(sent, headers={**sent.headers, "content-type": "text/plain"})])
    way = job_subject.provider.auth[0]
    shown = proofs.documented_places(way, sent)
    bare = {name: text for name, text in sent.headers.items() if name not in shown}
    # A key in the body is nothing that the document could ask for, and neither is it then a key elsewhere.
    if not any(isinstance(one, ir.BodyKey) for one in job_subject.provider.auth):
        assert wrong(job_subject, [replace(sent, headers=bare, url=access.bare(job_subject.model, way, sent.url))])


def patience(subject: Subject) -> st.SearchStrategy[dict[str, float]]:
    """Return a strategy of options that ask the reply to submit to wait, where it can."""
    wait = None if subject.model.job is None else subject.model.job.wait
    if wait is None:
        return st.just({})
    return st.just({}) | st.fixed_dictionaries({"patience": st.floats(1, float(wait.most))})


def wrong(subject: Subject, sent: Iterable[Sent]) -> list[str]:
    """Say in what requests are not as the document describes them; files are no part of it."""
    reader = _reader(subject.house, subject.provider.name)
    return [told for one in sent if one.operation != "file" for told in reader.complaints(one)]


@cache
def _reader(house: House, name: str) -> openapi_reader.Reader:
    provider = next(one for one in house.spoken.providers if one.name == name)
    return openapi_reader.Reader(json.loads(text.written(openapi.document(provider))))
