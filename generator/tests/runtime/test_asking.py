"""Calls about a job go where the documents or the provider say, carry what they say, and cost nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from proviso_runtime import (
    addresses,
    cancelling,
    errors,
    flow,
    links,
    protocol,
    results,
    schedule,
    states,
    steps,
    waiting,
)
from proviso_runtime.jsontext import Json

from . import scripted
from .scripted import ACME, ACME_MODEL, DONE, DROPPED, GATEWAY, UNSENT, WORKING, acme, aim, basic, play, reply

assert ACME_MODEL.job is not None
JOB = ACME_MODEL.job
ELSEWHERE = "https://eu.acme.test/jobs/7?signature=s3cret"


def changed(**facts: Any) -> protocol.Model:
    return replace(ACME_MODEL, job=replace(JOB, **facts))


def accepted(**members: object) -> steps.Answer:
    return reply({"code": 200, "data": {"id": "job-1", **members}})


def test_a_poll_carries_the_documented_body_with_the_id_in_it() -> None:
    template: protocol.Template = {"tasks": ["{id}"], "of": "{model}", "note": "job {id} {model}", "n": 1, "all": None}
    model = changed(poll=protocol.Fetch(call="POST /query", body=template))
    clock = scripted.Clock()
    plan = schedule.Schedule(protocol.Pace(), clock=clock, timeout=None, since=None)
    running = waiting.wait(aim(model), '{model}"', schedule=plan, on_update=None)
    played = play(running, [DONE], clock)

    (sent,) = played.requests
    assert (sent.verb, sent.url, sent.paid) == ("POST", f"{ACME.base_url}/query", False)
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.body or b"") == {
        "tasks": ['{model}"'],
        "of": "painter/5",
        "note": 'job {model}" painter/5',
        "n": 1,
        "all": None,
    }


def test_an_accepted_job_knows_the_addresses_of_its_calls() -> None:
    model = changed(
        poll=protocol.Fetch(address="$.data.urls.get"),
        collect=protocol.Fetch(call="GET /results/{id}", address="$.data.urls.result"),
        cancel=protocol.Fetch(call="DELETE /tasks/{id}", address="$.data.urls.cancel"),
    )
    played = scripted.submit(accepted(urls={"get": ELSEWHERE, "cancel": "ftp://nowhere"}), model=model)
    assert played.result is not None
    assert played.result.target.links == {"poll": ELSEWHERE}

    done = play(
        waiting.wait(
            played.result.target,
            "job-1",
            schedule=schedule.Schedule(protocol.Pace(), clock=scripted.Clock(), timeout=None, since=None),
            on_update=None,
        ),
        [acme("done", urls={"result": f"{ELSEWHERE}&r"}), DONE],
        scripted.Clock(),
    )
    assert [(one.verb, one.url) for one in done.requests] == [("GET", ELSEWHERE), ("GET", f"{ELSEWHERE}&r")]


def test_an_accepted_job_that_nobody_can_ask_about_is_unexpected_and_keeps_its_id() -> None:
    model = changed(poll=protocol.Fetch(address="$.data.urls.get"))
    for members in ({}, {"urls": None}, {"urls": {"get": None}}, {"urls": {"get": "//x"}}):
        error = scripted.submit(accepted(**members), model=model).error
        assert isinstance(error, errors.UnexpectedReply)
        assert (error.job_id, "$.data.urls.get" in error.expected) == ("job-1", True)


def test_addresses_are_checked_when_a_job_is_taken_up() -> None:
    job = replace(JOB, poll=protocol.Fetch(address="$.urls.get"), cancel=protocol.Fetch(call="POST /{id}/stop"))
    assert links.checked(job, {"poll": ELSEWHERE}) == {"poll": ELSEWHERE}
    assert links.checked(JOB, None) == {}
    for given, told in (
        (None, "addresses=job.addresses"),
        ({}, "addresses=job.addresses"),
        ({"poll": "jobs/7"}, "no http address"),
        ({"poll": ELSEWHERE, "cancel": ELSEWHERE}, "not for 'cancel'"),
    ):
        with pytest.raises(ValueError, match=told):
            links.checked(job, given)


def test_what_takes_a_job_up_is_told_without_what_may_be_secret() -> None:
    assert links.taken_up({}, "job-1") == "resume('job-1')"
    assert (
        links.taken_up({"poll": ELSEWHERE}, "7") == "resume('7', addresses={'poll': 'https://eu.acme.test/jobs/7?…'})"
    )


def test_the_http_status_is_the_state_where_documents_say_so() -> None:
    state = protocol.State(
        at=protocol.HTTP_STATUS, phases={202: "running", 200: "succeeded", 404: "expired", 422: "failed"}
    )
    fetch = protocol.Fetch(call="GET /results/{id}", reads=(200, 202, 404, 422))
    model = replace(
        scripted.BASIC_MODEL, job=replace(JOB, state=state, poll=fetch, results=(protocol.ResultsAt(at="$.url"),))
    )
    at_work = (reply(b"", status=202), reply("<html>", status=202), basic("x", status=202))

    played = scripted.wait(*at_work, reply({"url": scripted.PICTURE}), model=model)
    assert played.result is not None
    assert len(played.requests) == 4

    failed = scripted.wait(reply(b"", status=422), model=model).error
    assert isinstance(failed, errors.JobFailed)
    assert failed.state == 422
    assert isinstance(scripted.wait(reply(b"", status=404), model=model).error, errors.JobExpired)
    unknown = scripted.wait(reply(b"", status=203), model=model, timeout=5).error
    assert isinstance(unknown, errors.WaitTimeout)
    assert unknown.state == 203
    assert isinstance(scripted.wait(reply(b"\x89PNG"), model=model).error, errors.UnexpectedReply)


def test_what_a_reply_shows_comes_before_the_http_status() -> None:
    lost = protocol.Case(when=(protocol.Match(path="$.lost", how="is", values=("Yes",)),), means="failed")
    state = protocol.State(at=protocol.HTTP_STATUS, phases={202: "running"}, cases=(lost,), ignore_case=True)
    model = replace(scripted.BASIC_MODEL, job=replace(JOB, state=state, poll=protocol.Fetch(call="GET /{id}")))
    error = scripted.wait(reply({}, status=202), reply({"lost": "YES"}, status=202), model=model).error
    assert isinstance(error, errors.JobFailed)
    assert error.state == 202


def test_a_key_in_the_body_is_shown_to_the_provider_alone() -> None:
    poll = protocol.Fetch(call="POST /query", address="$.url", body={"id": "{id}"})
    own = replace(aim(changed(poll=poll)), members={"key": scripted.KEY}, origins=addresses.origins([ACME.base_url]))
    sent: list[bytes | None] = []
    for target in (own, replace(own, links={"poll": ELSEWHERE})):
        plan = schedule.Schedule(protocol.Pace(), clock=scripted.Clock(), timeout=None, since=None)
        running = waiting.wait(target, "job-1", schedule=plan, on_update=None)
        sent += [one.body for one in play(running, [DONE], scripted.Clock()).requests]
    assert [json.loads(body or b"") for body in sent] == [{"id": "job-1", "key": scripted.KEY}, {"id": "job-1"}]


def test_a_job_that_had_ended_when_it_was_accepted_is_not_asked_about() -> None:
    def waited(document: Json, *answers: steps.Answer) -> scripted.Played[results.Delivered]:
        first = states.Seen(reply=WORKING, document=document)
        clock = scripted.Clock()
        plan = schedule.Schedule(protocol.Pace(), clock=clock, timeout=None, since=None)
        return play(waiting.wait(aim(ACME_MODEL), "job-1", schedule=plan, on_update=None, first=first), answers, clock)

    told = DONE.json()
    assert waited(told).requests == []
    assert waited(told).result is not None
    assert isinstance(waited({"code": 200, "data": {"state": "broken"}}).error, errors.JobFailed)
    assert isinstance(waited({"code": 200, "data": {"state": "gone"}}).error, errors.JobExpired)
    says_nothing: list[Json] = [{"data": {}}, None, [], {"data": {"state": "working"}}, {"data": {"state": "dreaming"}}]
    for silent in says_nothing:
        played = waited(silent, DONE)
        assert played.result is not None
        assert len(played.requests) == 1


@pytest.mark.parametrize(("patience", "text"), [(0.2, "wait=1"), (30, "wait=30"), (59.5, "wait=60")])
def test_a_reply_is_asked_to_wait_in_whole_seconds(patience: float, text: str) -> None:
    mode = protocol.Patience(header="Prefer", value="wait={seconds}", most=60.0)
    model = changed(submit=replace(JOB.submit, wait=mode))
    played = play(
        flow.submit(aim(model), {}, {}, clock=scripted.Clock(), patience=patience),
        [scripted.ACCEPTED],
        scripted.Clock(),
    )
    (sent,) = played.requests
    assert sent.headers["prefer"] == text
    assert sent.patience == 120 + patience
    assert played.result is not None
    assert played.result.heard is not None

    asked = changed(submit=replace(JOB.submit, call="POST /x?a=1", wait=protocol.Patience(query="hold on", most=60.0)))
    (sent,) = play(
        flow.submit(aim(asked), {}, {}, clock=scripted.Clock(), patience=patience),
        [scripted.ACCEPTED],
        scripted.Clock(),
    ).requests
    assert sent.url == f"{ACME.base_url}/x?a=1&hold%20on={text.removeprefix('wait=')}"


def test_pauses_go_by_the_age_of_the_job() -> None:
    clock = scripted.Clock()
    pace = protocol.Pace(first=1.0, every=2.0, later=((4.0, 3.0), (10.0, 8.0)), limit=100.0)
    scripted.wait(*[WORKING] * 6, DONE, clock=clock, since=clock.at, pace=pace)
    # Asked at the ages 1, 3, 5, 8, 11, 19 and 27.
    assert clock.slept == [1.0, 2.0, 2.0, 3.0, 3.0, 8.0, 8.0]

    clock = scripted.Clock()
    scripted.wait(WORKING, DROPPED, DROPPED, DONE, clock=clock, since=clock.at - 20, pace=pace)
    assert clock.slept[0] == 8.0
    assert 8.0 <= clock.slept[1] <= 12.0
    assert 8.0 <= clock.slept[2] <= 15.0


def test_a_job_that_was_just_heard_of_is_not_asked_about_at_once() -> None:
    clock = scripted.Clock()
    pace = protocol.Pace(first=2.0, every=5.0)
    plan = schedule.Schedule(pace, clock=clock, timeout=None, since=clock.at - 30.0, heard=clock.at)
    assert plan.pause() == 5.0
    assert schedule.Schedule(pace, clock=clock, timeout=None, since=clock.at - 30.0).pause() == 0.0


STOP = changed(cancel=protocol.Fetch(call="POST /tasks/{id}/stop", reads=(409,), expired=(404,)))


@pytest.mark.parametrize(
    "heard",
    [reply({"code": 200}), reply(b"", status=204), reply("<html>", status=202), reply({"code": 409}, status=409)],
    ids=["envelope", "nothing", "html", "read"],
)
def test_a_cancellation_is_repeated_until_it_was_heard(heard: steps.Answer) -> None:
    clock = scripted.Clock()
    played = play(cancelling.cancel(aim(STOP), "job-1"), [DROPPED, GATEWAY, heard], clock)
    assert played.error is None
    assert played.paid == 0
    assert [(one.verb, one.url) for one in played.requests] == [("POST", f"{ACME.base_url}/tasks/job-1/stop")] * 3
    assert clock.slept == [1.0, 3.0]


@pytest.mark.parametrize(
    ("answer", "kind", "tries"),
    [
        (UNSENT, errors.Unreachable, 3),
        (DROPPED, errors.UnexpectedReply, 3),
        (GATEWAY, errors.ServerError, 3),
        (reply({"code": 503}, status=503, retry_after="4000"), errors.Unavailable, 3),
        (reply({"code": 400}, status=400), errors.BadRequest, 1),
        (reply({"code": 7}), errors.Refused, 1),
        (reply(b"", status=404), errors.JobExpired, 1),
    ],
)
def test_a_cancellation_that_is_not_heard_raises_with_the_job_id(
    answer: steps.Answer, kind: type[errors.ProviderError], tries: int
) -> None:
    clock = scripted.Clock()
    played = play(cancelling.cancel(aim(STOP), "job-1"), [answer], clock)
    assert type(played.error) is kind
    assert played.error.job_id == "job-1"
    assert len(played.requests) == tries
    assert sum(clock.slept) <= 60


def test_a_job_without_a_way_to_cancel_says_so() -> None:
    with pytest.raises(TypeError, match="no way to cancel"):
        play(cancelling.cancel(aim(ACME_MODEL), "job-1"), [DONE], scripted.Clock())
    model = changed(cancel=protocol.Fetch(address="$.data.urls.cancel"))
    with pytest.raises(ValueError, match="not known"):
        play(cancelling.cancel(aim(model), "job-1"), [DONE], scripted.Clock())
    linked = replace(aim(model), links={"cancel": ELSEWHERE})
    (sent,) = play(cancelling.cancel(linked, "job-1"), [reply({"code": 200})], scripted.Clock()).requests
    assert (sent.verb, sent.url) == ("POST", ELSEWHERE)
