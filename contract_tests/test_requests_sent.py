"""A paid call sends exactly one request, the documented one, and the key goes into its place and nowhere else."""

from __future__ import annotations

import itertools
import math
import os
import re
from decimal import Decimal
from unittest import mock
from urllib.parse import quote

import pytest
from hypothesis import strategies as st

from harness import keys, sent_bodies
from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face
from harness.provider_mock import ProviderMock, Sent
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import immediate
from proviso.answers.documented import Answer
from proviso.answers.scripts import Script
from proviso.drawing import at_once, strategies, transcripts
from proviso.drawing.mutants import faults
from proviso.oracle import access, bodies, proofs
from proviso.oracle.exact import same
from proviso_runtime import errors, jobs

NOT_FOUND = Answer(status=404, content=b"")
_ANY_NAME = ("", "additionalProperties")


@few(data=st.data())
def test_submit_sends_the_documented_request_once(job_subject: Subject, face: Face, data: st.DataObject) -> None:
    life = data.draw(transcripts.transcripts(job_subject))
    params = data.draw(strategies.params(job_subject))
    clock = FakeClock()
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)() as provider:
        face.line(job_subject, clock).submit(params)
    (sent,) = provider.sent
    assert job_subject.model.job is not None
    _is_documented(job_subject, sent, job_subject.model.job.submit, params)


@few(data=st.data())
def test_generate_pays_once_and_shows_the_key_to_the_provider_alone(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    clock = FakeClock()
    script = life.script(job_subject, files=life.files)
    with ProviderMock(job_subject, script, library=face.library, clock=clock)() as provider:
        line = face.line(job_subject, clock)
        done = line.generate(params, timeout=1e5)
        assert line.handed(done, job_subject.model.output.kind) == life.handed
        assert [line.read(one) for one in line.results(done, job_subject.model.output.kind)] == [
            one.content for one in life.made
        ]
    submitted, *others = provider.sent
    assert job_subject.model.job is not None
    _is_documented(job_subject, submitted, job_subject.model.job.submit, params)
    for sent in others:
        free = access.is_own(job_subject.provider, sent.url) and (sent.operation != "file" or script.keyed)
        assert keys.places(sent) == (_key_belongs_in(job_subject, sent) if free else set())


@few(data=st.data())
def test_generate_sync_sends_the_documented_request_once(
    immediate_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(immediate_subject))
    answering = data.draw(at_once.answers(immediate_subject, params))
    script = answering.script(immediate_subject)
    kept = immediate_subject.provider.reply_headers
    clock = FakeClock()
    with ProviderMock(immediate_subject, script, library=face.library, clock=clock)() as provider:
        line = face.line(immediate_subject, clock)
        done = line.generate_sync(params)
        assert line.handed(done, immediate_subject.model.output.kind) == answering.handed
        if not isinstance(done, jobs.Instant):
            contents = [line.read(one) for one in line.results(done, immediate_subject.model.output.kind)]
            assert contents == [one.content for one in answering.made]
    assert done.reported == answering.reports
    cost = None if done.cost is None else (done.cost.amount, done.cost.unit)
    assert answering.cost(immediate_subject) in (None, cost)
    assert done.headers == {one.meaning: "12.5" for one in kept}
    told = any(one.meaning == "credits_left" for one in kept)
    assert done.credits_left == (Decimal("12.5") if told else None)
    sent, *others = provider.sent
    _is_documented(immediate_subject, sent, immediate.call(immediate_subject).operation, params)
    fetched = [one for one in others if one.operation == "file"]
    shown = [bool(keys.places(one)) for one in fetched]
    assert shown == [script.keyed and access.is_own(immediate_subject.provider, url) for url in answering.files]
    assert len(others) - len(fetched) == len(script.resolves)


@few(data=st.data())
def test_a_request_that_breaks_a_rule_is_never_sent(subject: Subject, face: Face, data: st.DataObject) -> None:
    # A keyword of Python cannot have just any name.
    wrong = [one for one in faults(subject) if one.severity == "error" and (one.parameter, one.rule) != _ANY_NAME]
    fault = data.draw(st.sampled_from(wrong))
    mutant = data.draw(fault.mutants)
    clock = FakeClock()
    with ProviderMock(subject, Script(), library=face.library, clock=clock)() as provider:
        line = face.line(subject, clock)
        if subject.model.job is not None:
            with pytest.raises(errors.RequestInvalid):
                line.submit(mutant.params)
            with pytest.raises(errors.RequestInvalid):
                line.generate(mutant.params)
        if subject.model.immediate is not None:
            with pytest.raises(errors.RequestInvalid):
                line.generate_sync(mutant.params)
    assert provider.sent == []


@few(data=st.data())
def test_a_wait_that_cannot_be_is_refused_before_anything_is_paid(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    options: list[dict[str, object]] = [{"timeout": -1}, {"timeout": "5"}, {"timeout": math.nan}, {"on_update": 3}]
    clock = FakeClock()
    with ProviderMock(job_subject, Script(), library=face.library, clock=clock)() as provider:
        for wrong in options:
            with pytest.raises((TypeError, ValueError)):
                face.line(job_subject, clock).generate(data.draw(strategies.params(job_subject)), **wrong)
    assert provider.sent == []


@few(data=st.data())
def test_a_key_of_the_environment_is_shown_in_the_way_that_it_is_for(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from(subject.provider.auth))
    params = data.draw(strategies.params(subject))
    clock = FakeClock()
    script = Script(submit=NOT_FOUND, immediate=NOT_FOUND)
    with mock.patch.dict(os.environ, keys.environment(way), clear=True):
        line = face.line(subject, clock, given=False)
    with (
        ProviderMock(subject, script, library=face.library, clock=clock, way=way)() as provider,
        pytest.raises(errors.Refused),
    ):
        line.submit(params) if subject.model.job is not None else line.generate_sync(params)
    (sent,) = provider.sent
    assert keys.places(sent) == proofs.documented_places(way, sent)


def test_without_a_key_there_is_no_client(subject: Subject, face: Face) -> None:
    with mock.patch.dict(os.environ, clear=True), pytest.raises(errors.KeyMissing) as missing:
        face.line(subject, FakeClock(), given=False)
    for way in subject.provider.auth:
        assert all(variable in str(missing.value) for variable in keys.environment(way))


def test_a_key_that_cannot_be_shown_is_refused_and_not_printed(subject: Subject, face: Face) -> None:
    ways = [(way, variable) for way in subject.provider.auth for variable in keys.environment(way)]
    for (way, variable), broken in itertools.product(ways, ("k3y\nk3y", " k3y", "k3y\r", "k3yключ", "k3y\0")):
        held = {**keys.environment(way), variable: broken}
        with mock.patch.object(os, "environ", held), pytest.raises(errors.KeyInvalid) as invalid:
            face.line(subject, FakeClock(), given=False)
        assert variable in str(invalid.value)
        assert "k3y" not in repr(invalid.value)


def _is_documented(subject: Subject, sent: Sent, operation: ir.Operation, params: Params) -> None:
    model, way = subject.model, subject.provider.auth[0]
    document = access.body(way, sent_bodies.read(sent))
    fresh = _chosen(subject, sent, params, document)
    verb, path = operation.call.split(" ", 1)
    placed = {
        **access.settings(subject.provider),
        **bodies.carried(model, params, "path", fresh=fresh),
    }
    path = path.replace("{model}", quote(model.id))
    path, _, query = re.sub(
        r"{([^{}]*)}", lambda place: quote(sent_bodies.text(placed[place[1]]), safe=""), path
    ).partition("?")
    called, _, asked = access.bare(model, way, sent.url).partition("?")
    assert (sent.verb, called) == (verb, access.base_url(subject.provider) + path)
    carried = bodies.carried(model, params, "query", fresh=fresh)
    assert access.query(f"?{asked}") == access.query(f"?{query}") + [
        (name, sent_bodies.text(one)) for name, one in carried.items()
    ]
    for name, one in bodies.carried(model, params, "header", fresh=fresh).items():
        assert sent.headers[name.lower()] == sent_bodies.text(one)
    assert same(document, sent_bodies.expected(model, bodies.wire(model, params, fresh=fresh)))
    assert keys.places(sent) == _key_belongs_in(subject, sent)


def _chosen(subject: Subject, sent: Sent, params: Params, document: object) -> str:
    """Return the UUID that a request carries, in its body or beside it."""
    for one in subject.model.beside:
        if isinstance(one.value, ir.Fresh):
            places = dict(access.query(sent.url)) if one.carrier == "query" else sent.headers
            return places[one.name if one.carrier == "query" else one.name.lower()]
    return bodies.fresh(subject.model, params, document)


def _key_belongs_in(subject: Subject, sent: Sent) -> set[str]:
    return proofs.documented_places(subject.provider.auth[0], sent)
