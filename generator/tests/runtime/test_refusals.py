"""A refusal says what its code and its status mean, wherever it stands and however it is written."""

from __future__ import annotations

import dataclasses

import pytest

from proviso_runtime import errors, protocol
from proviso_runtime.replies import Detail, Reply

from . import scripted
from .scripted import reply

STATED = protocol.Errors(
    message=("$.detail", "$.detail[*].msg", "$.title"),
    code=("$.code",),
    statuses={429: protocol.Refusal(means="rate-limited", retry=True), 406: protocol.Refusal(means="out-of-credit")},
    codes={
        "12": protocol.Refusal(means="out-of-credit", billed=False),
        "gone": protocol.Refusal(means="expired"),
        "busy": protocol.Refusal(means="unavailable"),
    },
    in_success=(protocol.Match(path="$.ok", how="is", values=(False,)),),
    details=protocol.Details(at="$.detail[*]", place="$.loc[*]", message=("$.msg",), code=("$.type",)),
)
MODEL = dataclasses.replace(scripted.BASIC_MODEL, errors=STATED)


def refused(answer: Reply) -> errors.ProviderError:
    error = scripted.submit(answer, model=MODEL).error
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("answer", "kind", "costs"),
    [
        (reply({"ok": False, "code": 12}), errors.OutOfCredit, False),
        (reply({"ok": False, "code": "12"}), errors.OutOfCredit, False),
        (reply({"ok": False, "code": 13}), errors.Refused, None),
        (reply({"ok": False}), errors.Refused, None),
        (reply({"code": 12}, status=429), errors.OutOfCredit, False),
        (reply({"code": 13}, status=429), errors.RateLimited, None),
        (reply({}, status=406), errors.OutOfCredit, None),
    ],
)
def test_the_code_says_more_than_the_status(answer: Reply, kind: type[errors.Refused], costs: object) -> None:
    error = refused(answer)
    assert type(error) is kind
    assert error.billed is costs
    assert error.reply is answer


def test_what_is_wrong_is_listed_one_by_one() -> None:
    listed = [
        {"loc": ["body", "prompt"], "msg": "too long", "type": "value_error"},
        {"loc": ["body", "images", 0], "msg": "no address"},
        {"loc": "body", "msg": None, "type": 7},
        "?",
    ]
    error = refused(reply({"detail": listed}, status=422))
    assert isinstance(error, errors.BadRequest)
    assert error.message == "too long; no address"
    assert error.details == (
        Detail(place=("body", "prompt"), message="too long", code="value_error"),
        Detail(place=("body", "images", 0), message="no address"),
        Detail(code=7),
    )


def test_problem_details_are_json() -> None:
    answer = Reply(
        status=422,
        headers={"content-type": "application/problem+json; charset=utf-8"},
        content=b'{"type": "about:blank", "title": "Unprocessable", "detail": "The seed is too large."}',
    )
    error = refused(answer)
    assert isinstance(error, errors.BadRequest)
    assert (error.message, error.details) == ("The seed is too large.", ())
    assert answer.is_json


def test_a_poll_that_is_refused_inside_a_success_is_asked_again_where_that_passes() -> None:
    done = reply({"status": "OK", "output": scripted.PICTURE})
    played = scripted.wait(reply({"ok": False, "code": "busy"}), done, done, model=MODEL)
    assert played.result is not None
    assert type(scripted.wait(reply({"ok": False, "code": 12}), model=MODEL).error) is errors.OutOfCredit
    assert type(scripted.wait(reply({"ok": False, "code": "gone"}), model=MODEL).error) is errors.JobExpired
    assert type(scripted.wait(reply({"code": "gone"}, status=406), model=MODEL).error) is errors.JobExpired


def test_a_poll_keeps_to_the_time_that_it_is_asked_to_wait() -> None:
    done = reply({"status": "OK", "output": scripted.PICTURE})
    busy = reply({}, status=429, retry_after="9")
    clock = scripted.Clock()
    assert scripted.wait(busy, done, done, model=MODEL, clock=clock).result is not None
    assert 9.0 in clock.slept
