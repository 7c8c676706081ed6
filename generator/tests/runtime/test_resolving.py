"""Files are asked about until their addresses come, for free, and what was paid for is never lost with them."""

from __future__ import annotations

import dataclasses
import decimal
from decimal import Decimal

from proviso_runtime import at_once, errors, protocol, replies, results, steps
from proviso_runtime.replies import Reply

from . import scripted
from .scripted import reply

FILES = protocol.ResultsAt(
    at="$.files[*]", forms=("file",), resolve=protocol.Resolve(call="GET /files/{file}/url", at="$.url")
)
JOB = dataclasses.replace(scripted.aim(scripted.BASIC_MODEL).job, collect=None, results=(FILES,))
MODEL = dataclasses.replace(scripted.BASIC_MODEL, job=JOB)
NOW = dataclasses.replace(
    scripted.BASIC_MODEL, job=None, immediate=protocol.Immediate(call="POST /now", results=(FILES,))
)
DONE = reply({"status": "OK", "files": ["a/b", 7]})
FIRST, SECOND = reply({"url": "https://x.test/1"}), reply({"url": "https://x.test/2"})
BUSY = reply({}, status=503, retry_after="4")


def test_every_file_is_asked_about_in_order_and_again_where_trouble_passes() -> None:
    clock = scripted.Clock()
    played = scripted.wait(DONE, BUSY, scripted.DROPPED, FIRST, SECOND, model=MODEL, clock=clock, timeout=600)
    assert played.result is not None
    assert [one.address for one in played.result.found.items] == ["https://x.test/1", "https://x.test/2"]
    asked = [request.url for request in played.requests[1:]]
    assert asked == ["https://basic.test/files/a%2Fb/url"] * 3 + ["https://basic.test/files/7/url"]
    assert all(request.credentials and not request.paid for request in played.requests)
    assert 4.0 in clock.slept


def test_what_does_not_pass_is_raised_with_the_job_id() -> None:
    for answer, kind in (
        (reply({"error": "no"}, status=404), errors.NotFound),
        (reply({"url": "nowhere"}), errors.UnexpectedReply),
        (reply("<html>"), errors.UnexpectedReply),
    ):
        played = scripted.wait(DONE, answer, answer, model=MODEL)
        assert type(played.error) is kind
        assert played.error is not None
        assert played.error.job_id == "job-1"


def test_a_file_without_an_address_is_a_failure_among_the_others() -> None:
    played = scripted.wait(DONE, reply({"error": "no"}, status=404), SECOND, model=MODEL)
    assert played.result is not None
    assert [one.address for one in played.result.found.items] == ["https://x.test/2"]
    assert [one.index for one in played.result.found.failures] == [0]


def test_trouble_ends_at_the_deadline_and_costs_nothing() -> None:
    played = scripted.wait(DONE, scripted.DROPPED, model=MODEL, timeout=60)
    assert isinstance(played.error, errors.UnexpectedReply)
    assert (played.error.job_id, played.error.billed, played.error.worth_retry) == ("job-1", False, True)
    assert played.error.__cause__ is scripted.DROPPED.error


def at_once_with(*answers: steps.Answer) -> scripted.Played[results.Delivered]:
    clock = scripted.Clock()
    running = at_once.answer(scripted.aim(NOW), scripted.BODY, scripted.PARAMS, clock=clock)
    return scripted.play(running, answers, clock)


def test_a_paid_answer_is_kept_where_its_files_are_refused() -> None:
    played = at_once_with(DONE, reply({}, status=403))
    assert isinstance(played.error, errors.UnexpectedReply)
    assert played.error.reply is DONE
    assert isinstance(played.error.__cause__, errors.Forbidden)
    assert played.paid == 1


def test_a_paid_answer_names_its_files() -> None:
    played = at_once_with(DONE, BUSY, FIRST, SECOND)
    assert played.result is not None
    assert [one.address for one in played.result.found.items] == ["https://x.test/1", "https://x.test/2"]


WHOLE = protocol.ResultsAt(at="$", forms=("bytes",), media_type="image/webp")
BODY = Reply(status=200, headers={"content-type": "image/png"}, content=b"\x89PNG")


def test_a_body_is_the_result_where_the_status_is_the_state() -> None:
    state = protocol.State(at="http-status", phases={202: "running", 200: "succeeded"})
    model = dataclasses.replace(MODEL, job=dataclasses.replace(JOB, state=state, results=(WHOLE,)))
    unnamed = dataclasses.replace(BODY, headers={"content-type": "application/octet-stream"})
    for answer, media_type in ((BODY, "image/png"), (unnamed, "image/webp")):
        played = scripted.wait(reply(b"", status=202), answer, model=model)
        assert played.result is not None
        (item,) = played.result.found.items
        assert (item.content, item.media_type) == (b"\x89PNG", media_type)
        assert played.requests[0].limit == 2**30


def test_a_page_is_no_result() -> None:
    state = protocol.State(at="http-status", phases={200: "succeeded"})
    model = dataclasses.replace(MODEL, job=dataclasses.replace(JOB, state=state, results=(WHOLE,)))
    for answer in (reply("<html>"), reply({"a": 1}), reply(b""), dataclasses.replace(BODY, cut=True)):
        assert isinstance(scripted.wait(answer, model=model).error, errors.UnexpectedReply)


def test_what_a_request_costs_is_told_by_the_reply_that_comes_last() -> None:
    place = protocol.CostAt(at="$.paid", unit="EUR")
    job = dataclasses.replace(
        JOB, results=(protocol.ResultsAt(at="$.output"),), poll=dataclasses.replace(JOB.poll, cost=place)
    )
    model = dataclasses.replace(MODEL, job=job)
    for paid, told in ((0.5, "0.5 EUR"), ("0.084", "0.084 EUR"), ("free", None), (None, None), (True, None)):
        played = scripted.wait(reply({"status": "OK", "output": scripted.PICTURE, "paid": paid}), model=model)
        assert played.result is not None
        assert (None if played.result.cost is None else str(played.result.cost)) == told


def test_costs_of_single_results_are_summed_and_never_in_part() -> None:
    place = protocol.CostAt(at="$[*].cost", unit="USD")
    assert str(replies.cost(place, [{"cost": Decimal("0.0013")}, {"cost": "0.0013"}])) == "0.0026 USD"
    assert replies.cost(place, [{"cost": Decimal("0.0013")}, {"cost": None}]) is None
    assert replies.cost(place, []) is None


def test_costs_are_exact_whatever_the_callers_context_does_and_never_raise() -> None:
    place = protocol.CostAt(at="$[*].cost", unit="USD")
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact])):
        assert str(replies.cost(place, [{"cost": Decimal("12.3456")}, {"cost": Decimal("0.0001")}])) == "12.3457 USD"
        assert str(replies.cost(place, [{"cost": Decimal(10**40 + 1)}])) == f"{10**40 + 1} USD"
        assert replies.cost(place, [{"cost": "9e999"}, {"cost": Decimal("1e-999")}]) is None
        assert replies.cost(place, [{"cost": Decimal("9e999999")}, {"cost": Decimal("9e999999")}]) is None
