"""One paid call carries several requests where that is documented: each is checked, counted and answered as one alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from harness import json_schemas, sent_bodies, several
from harness.clock import FakeClock
from harness.effort import few, usual
from harness.faces import Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import ir
from proviso.answers import courses, planting
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.answers.scripts import Script
from proviso.drawing import mutants
from proviso.oracle import access, meaning, prices
from proviso.oracle.exact import encoded, same
from proviso_runtime import errors

_NONE_OF_THEM: tuple[object, ...] = (None, 3, "[]", {}, b"[]")


@usual(data=st.data())
def test_several_valid_requests_are_valid_for_every_reading(many_subject: Subject, data: st.DataObject) -> None:
    module, model = many_subject.module, many_subject.model
    requests = data.draw(several.requests(many_subject))
    found = sorted((one.at, one.rule) for one in module.violations_many(requests))
    advised = [meaning.advised(model, params) for params in requests]
    assert found == sorted((f"/{number}{at}", rule) for number, one in enumerate(advised) for at, rule in one)
    assert found == sorted((one.at, one.rule) for one in module.violations_many(tuple(requests)))
    body = several.wire(model, requests)
    assert [error.message for error in json_schemas.published(many_subject).iter_errors(body)] == []
    assert same(list(module.from_body_many(body)), [meaning.settled(model, params) for params in requests])
    made = module.to_body_many(requests)
    assert same(list(module.from_body_many(json.loads(json.dumps(made)))), list(module.from_body_many(body)))
    assert [list(one) for one in made if isinstance(one, dict)] == [list(one) for one in body if isinstance(one, dict)]


@usual(data=st.data())
def test_a_fault_is_reported_at_its_request_and_with_all_others(many_subject: Subject, data: st.DataObject) -> None:
    module = many_subject.module
    wrong = [one for one in mutants.faults(many_subject) if one.severity == "error"]
    requests = data.draw(several.requests(many_subject))
    body = several.wire(many_subject.model, requests)
    places = data.draw(st.sets(st.integers(0, len(requests) - 1), min_size=1))
    flat, wire = list[tuple[str, str]](), list[tuple[str, str]]()
    for number in places:
        mutant = data.draw(data.draw(st.sampled_from(wrong)).mutants)
        requests[number] = mutant.params
        flat.append((f"/{number}{mutant.at}", mutant.rule))
        if isinstance(mutant.body, list):
            body[number] = mutant.body[0]
            wire.append((several.at_wire(mutant, number), mutant.rule))
    with pytest.raises(errors.RequestInvalid) as refused:
        module.to_body_many(requests)
    assert _errors(refused.value) == sorted(flat)
    assert _errors(errors.RequestInvalid(module.violations_many(requests))) == sorted(flat)
    with pytest.raises(errors.RequestInvalid):
        module.quote_many(requests)
    if wire:
        with pytest.raises(errors.RequestInvalid) as unread:
            module.from_body_many(body)
        assert _errors(unread.value) == sorted(wire)


@few(data=st.data())
def test_a_fault_in_any_request_is_refused_by_the_schema(many_subject: Subject, data: st.DataObject) -> None:
    told = [one for one in mutants.faults(many_subject) if one.severity == "error" and one.in_schema]
    body = several.wire(many_subject.model, data.draw(several.requests(many_subject)))
    mutant = data.draw(data.draw(st.sampled_from(told)).mutants)
    if isinstance(mutant.body, list):
        body[data.draw(st.integers(0, len(body) - 1))] = mutant.body[0]
        assert not json_schemas.published(many_subject).is_valid(body)


@usual(data=st.data())
def test_none_and_too_many_are_refused_at_the_root(many_subject: Subject, data: st.DataObject) -> None:
    module, most = many_subject.module, several.most(many_subject)
    one = data.draw(several.requests(many_subject))[0]
    crowd = [one] * data.draw(st.integers(most + 1, most + 3))
    for requests, rule in (([], "minItems"), (crowd, "maxItems")):
        body = several.wire(many_subject.model, requests)
        assert _errors(errors.RequestInvalid(module.violations_many(requests))) == [("", rule)]
        assert not json_schemas.published(many_subject).is_valid(body)
        with pytest.raises(errors.RequestInvalid) as refused:
            module.from_body_many(body)
        assert _errors(refused.value) == [("", rule)]
    for wrong in _NONE_OF_THEM:
        assert _errors(errors.RequestInvalid(module.violations_many(wrong))) == [("", "type")]
        with pytest.raises(errors.RequestInvalid) as refused:
            module.from_body_many(wrong)
        assert _errors(refused.value) == [("", "type")]


@usual(data=st.data())
def test_the_quote_of_several_requests_is_the_sum(many_subject: Subject, data: st.DataObject) -> None:
    requests = data.draw(several.requests(many_subject))
    for priced in prices.priced(many_subject.model):
        quote = many_subject.module.quote_many(requests, **priced.chosen)
        each = [prices.amounts(many_subject.model, priced.price, params) for params in requests]
        for amount, parts in (
            (quote.hold, [one.hold for one in each]),
            (quote.least, [one.least for one in each]),
            (quote.most, [one.most for one in each]),
        ):
            known = [one for one in parts if one is not None]
            assert amount == (sum(known) if len(known) == len(parts) else None)
        assert quote.charge == quote.most
        assert quote.known is (quote.most is not None)
        assert quote.currency == priced.price.currency


@few(data=st.data())
def test_one_call_starts_a_job_for_each_and_each_is_waited_for_by_itself(
    many_subject: Subject, face: Face, data: st.DataObject
) -> None:
    batch = data.draw(several.batches(many_subject))
    clock = FakeClock()
    line = face.line(many_subject, clock)
    with ProviderMock(many_subject, batch.script, library=face.library, clock=clock)() as provider:
        started = line.submit_many(batch.given)
    (sent,) = provider.sent
    course, started_at = courses.job(many_subject), clock.monotonic()
    document = access.body(many_subject.provider.auth[0], sent_bodies.read(sent))
    ids = batch.ids if course.id == ir.CHOSEN_ID else ()
    assert same(document, several.wire(many_subject.model, batch.given, ids))
    assert [job.id for job in started] == batch.ids
    for job, life, told, params in zip(started, batch.lives, batch.reports, batch.given, strict=True):
        assert {name: number for name, number in told.items() if name} == dict(job.reported)
        assert (None if job.cost is None else job.cost.amount) == told.get("")
        script = life.script(many_subject, files=life.files)
        since, first = clock.monotonic(), meaning.pace(many_subject.model, params).first
        with ProviderMock(many_subject, script, library=face.library, clock=clock)() as provider:
            done = line.wait(job, timeout=1e5)
        assert first is None or provider.sent[0].at == max(since, started_at + float(first))
        assert line.handed(done, many_subject.model.output.kind) == life.handed


@few(data=st.data())
def test_several_requests_of_which_one_breaks_a_rule_are_never_sent(
    many_subject: Subject, face: Face, data: st.DataObject
) -> None:
    wrong = [one for one in mutants.faults(many_subject) if one.severity == "error"]
    requests = data.draw(several.requests(many_subject))
    mutant = data.draw(data.draw(st.sampled_from(wrong)).mutants)
    requests[data.draw(st.integers(0, len(requests) - 1))] = mutant.params
    clock = FakeClock()
    with ProviderMock(many_subject, Script(), library=face.library, clock=clock)() as provider:
        for refused in (requests, [], [*requests] * (several.most(many_subject) + 1)):
            with pytest.raises(errors.RequestInvalid):
                face.line(many_subject, clock).submit_many(refused)
    assert provider.sent == []


@few(data=st.data())
def test_a_reply_that_is_lost_or_strange_loses_no_id_and_sends_nothing_again(
    many_subject: Subject, face: Face, data: st.DataObject
) -> None:
    batch = data.draw(several.batches(many_subject, least=2))
    chosen = courses.job(many_subject).id == ir.CHOSEN_ID
    strange = Answer(content=b"<html>", media_type="text/html")
    reactions: tuple[Reaction, ...] = (Broken(error="ReadError"), Answer(status=502, content=b"?"), strange)
    lost = data.draw(st.sampled_from(reactions))
    clock = FakeClock()
    script = replace(batch.script, submit=lost)
    with (
        ProviderMock(many_subject, script, library=face.library, clock=clock)() as provider,
        pytest.raises((errors.OutcomeUnknown, errors.UnexpectedReply)) as unknown,
    ):
        face.line(many_subject, clock).submit_many(batch.given)
    assert provider.count("submit") == 1
    assert isinstance(unknown.value, errors.UnexpectedReply) is (lost is strange)
    assert unknown.value.job_ids == (tuple(batch.ids) if chosen else ())
    assert unknown.value.job_id is None


@few(data=st.data())
def test_ids_that_are_not_those_of_the_requests_are_kept_and_not_believed(
    told_subject: Subject, face: Face, data: st.DataObject
) -> None:
    batch = data.draw(several.batches(told_subject, least=2))
    course = courses.job(told_subject)
    ids = [one.job_id for one in batch.lives]
    wrong = data.draw(st.sampled_from((ids[:-1], [*ids, "one-more"], [*ids[:-1], ids[0]], [*ids[:-1], None], [])))
    body = planting.planted(course.id, json.loads(batch.submit.content), *wrong)
    clock = FakeClock()
    script = Script(submit=replace(batch.submit, content=encoded(body)))
    with (
        ProviderMock(told_subject, script, library=face.library, clock=clock)() as provider,
        pytest.raises(errors.UnexpectedReply, match="may have been accepted") as unexpected,
    ):
        face.line(told_subject, clock).submit_many(batch.given)
    assert provider.count("submit") == 1
    assert unexpected.value.job_ids == tuple(str(one) for one in wrong if one is not None)


def _errors(refused: errors.RequestInvalid) -> list[tuple[str, str]]:
    return sorted((one.at, one.rule) for one in refused.violations if one.severity == "error")
