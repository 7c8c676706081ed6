"""A paid request leaves once, and whatever comes back is told apart from what may have been billed."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest

from proviso_runtime import at_once, errors, flow, protocol, results, steps
from proviso_runtime.replies import Reply

from . import scripted
from .scripted import DROPPED, GATEWAY, UNSENT, reply

NO_SUCCESS = {
    "never left": (UNSENT, errors.Unreachable),
    "answer lost": (DROPPED, errors.OutcomeUnknown),
    "gateway page": (GATEWAY, errors.OutcomeUnknown),
    "status of a CDN": (reply("<html>", status=520), errors.OutcomeUnknown),
    "undocumented 500": (reply({"code": 500}, status=500), errors.OutcomeUnknown),
    "documented 503, billed or not": (reply({"code": 503}, status=503), errors.OutcomeUnknown),
    "documented 507, not billed": (reply({"code": 507}, status=507), errors.ServerError),
    "documented 400": (reply({"code": 400}, status=400), errors.BadRequest),
    "documented 410": (reply("<html>", status=410), errors.Retired),
    "undocumented 404": (reply("<html>", status=404), errors.NotFound),
    "undocumented 429": (reply(b"", status=429), errors.RateLimited),
    "undocumented 418": (reply({}, status=418), errors.Refused),
    "redirect": (reply(b"", status=307, location="https://elsewhere.test/"), errors.UnexpectedReply),
}
NO_JOB = {
    "HTML": reply("<html>"),
    "empty": reply(b""),
    "truncated": reply(b'{"code": 200, "data": {"id": "jo'),
    "not UTF-8": reply(b'{"code": 200, "data": {"id": "\xff"}}'),
    "nested too deeply": reply(b"[" * 100_000 + b"]" * 100_000),
    "an integer too long": reply(b'{"code": ' + b"9" * 10_000 + b"}"),
    "an exponent too large": reply(b'{"code": 1.0e9999999999999999999}'),
    "NaN": reply(b'{"code": NaN}'),
    "a list": reply([1, 2]),
    "null": reply(None),
    "longer than is read": dataclasses.replace(scripted.ACCEPTED, cut=True),
    "no envelope": reply({"data": {"id": "job-1"}}),
    "envelope null": reply({"code": None, "data": {"id": "job-1"}}),
    "no data": reply({"code": 200, "data": None}),
    "no id": reply({"code": 200, "data": {}}),
    **{
        f"id {value!r}": reply({"code": 200, "data": {"id": value}})
        for value in ("", " ", None, True, 1.5, ["job-1"], {"a": 1}, "..", ".", "\ud800")
    },
}


@pytest.mark.parametrize(("answer", "kind"), NO_SUCCESS.values(), ids=NO_SUCCESS.keys())
@pytest.mark.parametrize("call", ["submit", "immediate"])
def test_a_paid_request_without_success_leaves_once(
    call: str, answer: steps.Answer, kind: type[errors.ProviderError]
) -> None:
    clock = scripted.Clock()
    aim = scripted.aim(scripted.ACME_MODEL)
    running: steps.Flow[object] = flow.submit(aim, scripted.BODY, scripted.PARAMS, clock=clock)
    if call == "immediate":
        running = at_once.answer(aim, scripted.BODY, scripted.PARAMS, clock=clock)
    played = scripted.play(running, [answer], clock)

    assert type(played.error) is kind
    assert played.paid == len(played.requests) == 1
    assert clock.slept == []


def test_what_explains_an_error_is_not_handed_over_as_the_result() -> None:
    returns = ("audio/mpeg", "application/octet-stream")
    call = protocol.Immediate(call="POST /now/{model}", returns=returns)
    aim = scripted.aim(dataclasses.replace(scripted.ACME_MODEL, kind="audio", immediate=call))
    for media_type, handed in (
        ("audio/mpeg", True),
        ("audio/x-wav", True),
        ("application/octet-stream", True),
        ("application/json", False),
        ("application/problem+json", False),
        ("application/xml", False),
        ("text/html", False),
        ("image/png", False),
        ("", False),
    ):
        answer = Reply(status=200, headers={"content-type": media_type}, content=b'{"code": 200}')
        clock = scripted.Clock()
        played = scripted.play(at_once.answer(aim, scripted.BODY, scripted.PARAMS, clock=clock), [answer], clock)
        assert (played.error is None) is handed, media_type
        assert handed or isinstance(played.error, errors.UnexpectedReply)


@pytest.mark.parametrize("answer", NO_JOB.values(), ids=NO_JOB.keys())
def test_an_accepted_reply_without_a_job_id_keeps_its_bytes(answer: Reply) -> None:
    played = scripted.submit(answer)

    assert isinstance(played.error, errors.UnexpectedReply)
    assert played.error.expected
    assert played.error.reply is answer
    assert played.paid == len(played.requests) == 1


def test_an_unknown_outcome_says_what_to_look_for() -> None:
    played = scripted.submit(GATEWAY)

    error = played.error
    assert isinstance(error, errors.OutcomeUnknown)
    body = played.requests[0].body
    assert body is not None
    assert json.loads(body) == scripted.BODY
    assert error.body_sha256 == hashlib.sha256(body).hexdigest()
    assert hashlib.sha256(body).hexdigest() in str(error)
    assert (error.model, error.status, error.sent_at) == ("painter/5", 502, 1_800_001_000.0)
    assert "2027-01-15 08:16:40 UTC" in str(error)
    assert error.billed is None
    assert error.worth_retry is None


def test_an_unsent_request_is_free_and_may_be_repeated() -> None:
    error = scripted.submit(UNSENT).error

    assert isinstance(error, errors.Unreachable)
    assert (error.billed, error.worth_retry, error.__cause__) == (False, True, UNSENT.error)


def test_an_envelope_that_says_no_is_a_refusal_with_its_code_as_it_came() -> None:
    for code in (401, "200", 200.0, True, "E_CREDIT"):
        error = scripted.submit(reply({"code": code, "message": "no", "data": {"id": "job-1"}})).error
        assert type(error) is errors.Refused
        assert error.status == 200
        assert error.code == (str(code) if isinstance(code, float) else code)
        assert error.message == "no"


def test_a_refusal_carries_what_is_documented_about_it() -> None:
    error = scripted.submit(reply({"code": 1042, "data": {"error": "no such tier"}}, status=400)).error

    assert isinstance(error, errors.BadRequest)
    assert (error.provider, error.status, error.code, error.message) == ("acme", 400, 1042, "no such tier")
    assert (error.billed, error.worth_retry) == (False, None)
    assert (
        str(error)
        == "Acme says of the request for painter/5 that the request is wrong (HTTP 400, code 1042): no such tier. Nothing was charged."
    )


def test_an_accepted_job_has_its_id_and_the_numbers_reported() -> None:
    accepted = scripted.submit(reply({"code": 200, "data": {"id": 77, "held": "0.02"}})).result

    assert accepted is not None
    assert accepted.job_id == "77"
    assert {name: str(number) for name, number in accepted.reported.items()} == {"held": "0.02"}


def test_reported_values_that_are_no_numbers_are_left_out() -> None:
    for held in ("free", "NaN", "1_0", "", True, None, [1], "1e9999"):
        accepted = scripted.submit(reply({"code": 200, "data": {"id": "j", "held": held}})).result
        assert accepted is not None
        assert accepted.reported == {}


def test_the_model_id_is_escaped_in_the_address() -> None:
    assert scripted.submit(scripted.ACCEPTED).requests[0].url == "https://api.acme.test/v1/tasks/painter/5"


IMAGE = Reply(status=200, headers={"content-type": "image/PNG; x=y", "x-credits": "12.50"}, content=b"\x89PNG")


def test_an_image_is_handed_over_also_of_another_type() -> None:
    for media_type in ("image/png", "image/webp"):
        clock = scripted.Clock()
        aim = scripted.aim(scripted.ACME_MODEL)
        answer = dataclasses.replace(IMAGE, headers={"content-type": media_type})
        played = scripted.play(at_once.answer(aim, scripted.BODY, scripted.PARAMS, clock=clock), [answer], clock)
        assert played.result is not None
        assert played.result.reply is answer
        assert played.requests[0].limit == 2**30  # an image may be larger than any JSON reply


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (dataclasses.replace(IMAGE, content=b""), errors.UnexpectedReply),
        (dataclasses.replace(IMAGE, cut=True), errors.UnexpectedReply),
        (dataclasses.replace(IMAGE, headers={}), errors.UnexpectedReply),
        (reply({"code": 200, "url": "https://x.test/a.png"}), errors.UnexpectedReply),
        (reply({"code": 401, "message": "no"}), errors.Refused),
    ],
)
def test_what_is_no_image_is_handed_over_whole(answer: Reply, kind: type[errors.ProviderError]) -> None:
    clock = scripted.Clock()
    running = at_once.answer(scripted.aim(scripted.ACME_MODEL), scripted.BODY, scripted.PARAMS, clock=clock)
    played = scripted.play(running, [answer], clock)

    assert type(played.error) is kind
    assert isinstance(played.error, errors.ProviderError)
    assert played.error.reply is answer


def test_headers_tell_of_a_result_at_once_and_of_one_that_was_filtered() -> None:
    call = protocol.Immediate(
        call="POST /now/{model}",
        returns=("image/png",),
        told={"seed": "X-Seed", "left": "X-Left"},
        told_cost=protocol.CostAt(at="X-Cost", unit="credits"),
        empty=(protocol.Empty(says="It was filtered.", headers={"X-End": ("FILTERED",)}, billed=False),),
    )
    aim = scripted.aim(dataclasses.replace(scripted.ACME_MODEL, immediate=call))
    clock = scripted.Clock()

    def answered(**headers: str) -> scripted.Played[results.Delivered]:
        named = {f"x-{name}": text for name, text in headers.items()}
        answer = Reply(status=200, headers={"content-type": "image/png", **named}, content=b"picture")
        return scripted.play(at_once.answer(aim, scripted.BODY, scripted.PARAMS, clock=clock), [answer], clock)

    told = answered(seed=" 17 ", left="many", cost="0.04", end="filtered?").result
    assert told is not None
    assert told.reported == {"seed": 17}
    assert str(told.cost) == "0.04 credits"
    filtered = answered(seed="17", end="FILTERED").error
    assert isinstance(filtered, errors.NoResult)
    assert (filtered.why, filtered.billed) == ("It was filtered.", False)
    assert filtered.reply is not None
    assert filtered.reply.content == b"picture"
