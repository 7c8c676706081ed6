"""A job ends exactly when the documents say so, and until then nothing loses it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from proviso_runtime import errors, jobs, protocol, steps
from proviso_runtime.replies import Reply

from . import scripted
from .scripted import BASIC_MODEL, DONE, DROPPED, GATEWAY, UNSENT, WORKING, acme, basic, reply, wait


def test_a_job_ends_at_the_first_terminal_state() -> None:
    for end, kind in (
        (acme("broken"), errors.JobFailed),
        (acme("stopped"), errors.JobFailed),
        (acme("gone"), errors.JobExpired),
    ):
        played = wait(WORKING, end, DONE)
        assert type(played.error) is kind
        assert len(played.requests) == 2

    played = wait(WORKING, DONE, acme("broken"))
    assert played.result is not None
    assert played.result.found.items == tuple(map(scripted.image, (scripted.PICTURE,)))
    assert len(played.requests) == 2


def test_a_failure_carries_reason_state_and_job_id() -> None:
    error = wait(acme("broken", why={"code": "NSFW", "text": "not allowed"})).error

    assert isinstance(error, errors.JobFailed)
    assert (error.job_id, error.code, error.message) == ("job-1", "NSFW", "not allowed")
    assert (error.state, error.phase, error.provider) == ("broken", "failed", "acme")


def test_a_state_is_compared_by_type_and_value() -> None:
    assert wait(acme(2, result=json.dumps({"urls": [scripted.PICTURE]}))).result is not None
    for other in ("2", 2.0, True, "DONE", None):
        assert isinstance(wait(acme(other)).error, errors.WaitTimeout)


def test_an_unknown_state_is_waited_on_until_the_deadline_and_named() -> None:
    updates: list[jobs.Update] = []
    played = wait(acme("dreaming"), timeout=30.0, on_update=updates.append)

    error = played.error
    assert isinstance(error, errors.WaitTimeout)
    assert (error.job_id, error.state, error.waited) == ("job-1", "dreaming", 30.0)
    assert "dreaming, which is not documented" in str(error)
    assert "resume('job-1')" in str(error)
    assert {update.phase for update in updates} == {"unknown"}
    assert isinstance(wait(acme("dreaming"), DONE).result, object)
    assert wait(acme("dreaming"), DONE).result is not None


@pytest.mark.parametrize(
    "trouble",
    [
        DROPPED,
        UNSENT,
        GATEWAY,
        reply({"code": 500}, status=500),
        reply("<html>", status=520),
        reply(b"", status=429),
        reply({"code": 503}, status=503),
        reply(b"", status=408),
    ],
    ids=["dropped", "unsent", "502", "500", "520", "429", "503", "408"],
)
def test_trouble_on_a_poll_is_asked_again_with_growing_pauses(trouble: steps.Answer) -> None:
    clock = scripted.Clock()
    played = wait(WORKING, trouble, trouble, trouble, WORKING, DONE, clock=clock)

    assert played.result is not None
    assert played.paid == 0
    first, *grown, last = clock.slept
    assert first == pytest.approx(3.0)
    assert last == pytest.approx(3.0)
    # Pauses are spread, and never shorter than what is documented.
    for pause, longest in zip(grown, (4.5, 6.75, 10.125), strict=True):
        assert max(3.0, longest / 2) <= pause <= longest

    clock = scripted.Clock()
    wait(trouble, WORKING, trouble, DONE, clock=clock)
    assert clock.slept[1] == pytest.approx(3.0)
    assert all(3.0 <= pause <= 4.5 for pause in clock.slept[::2])

    error = wait(trouble, timeout=60.0).error
    assert isinstance(error, errors.WaitTimeout)
    assert error.job_id == "job-1"


def test_a_documented_wait_of_a_rate_limit_is_kept() -> None:
    clock = scripted.Clock()
    wait(reply(b"", status=429, retry_after="40"), DONE, clock=clock)

    assert clock.slept == [40.0]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, errors.BadRequest), (401, errors.Unauthorized), (403, errors.Forbidden), (404, errors.NotFound)],
)
def test_a_refusal_of_a_poll_ends_the_wait_with_the_job_id(status: int, kind: type[errors.Refused]) -> None:
    played = wait(WORKING, reply("<html>", status=status))

    assert type(played.error) is kind
    assert isinstance(played.error, errors.Refused)
    assert played.error.job_id == "job-1"


UNREAD: dict[str, Reply] = {
    "HTML": reply("<html>"),
    "empty": reply(b""),
    "truncated": reply(b'{"code": 200, "data": {"sta'),
    "a list": reply([]),
    "no envelope": reply({"data": {"state": "working"}}),
    "no state": reply({"code": 200, "data": {}}),
    "state is a list": acme(["working"]),
    "state is a mapping": acme({"working": True}),
}
BROKEN: dict[str, Reply] = {
    "redirect": reply(b"", status=302, location="https://elsewhere.test/"),
    "no result": acme("done"),
    "result null": acme("done", result=None),
    "broken result": acme("done", result="{"),
    "empty list": acme("done", result='{"urls": []}'),
    "list of null": acme("done", result='{"urls": [null, "", {}]}'),
    "no address": acme(
        "done", result='{"urls": ["file:///etc/passwd", "a.png", "https://", "https://[", "http://a b/"]}'
    ),
}


@pytest.mark.parametrize("answer", UNREAD.values(), ids=UNREAD.keys())
def test_a_reply_that_tells_nothing_of_the_job_is_asked_for_again(answer: Reply) -> None:
    played = wait(answer, WORKING, answer, answer, DONE)

    assert played.error is None
    assert played.result is not None
    assert len(played.requests) == 5


@pytest.mark.parametrize("answer", UNREAD.values(), ids=UNREAD.keys())
def test_replies_that_never_tell_anything_are_shown_at_the_deadline(answer: Reply) -> None:
    clock = scripted.Clock()
    error = wait(answer, clock=clock, timeout=60).error
    later = wait(WORKING, answer, timeout=60).error

    assert isinstance(error, errors.UnexpectedReply)
    assert (error.job_id, error.reply) == ("job-1", answer)
    assert sum(clock.slept) == pytest.approx(60)
    assert error.expected
    assert isinstance(later, errors.WaitTimeout)
    assert isinstance(later.__cause__, errors.UnexpectedReply)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_a_reply_of_the_wrong_shape_ends_the_wait_at_once_with_the_job_id(answer: Reply) -> None:
    played = wait(WORKING, answer, DONE)

    error = played.error
    assert isinstance(error, errors.UnexpectedReply)
    assert (error.job_id, error.reply, len(played.requests)) == ("job-1", answer, 2)
    assert error.expected


def test_an_envelope_that_says_no_ends_the_wait_with_the_job_id() -> None:
    error = wait(reply({"code": 4040, "message": "who?"})).error

    assert type(error) is errors.Refused
    assert (error.job_id, error.code, error.message) == ("job-1", 4040, "who?")


def test_a_state_of_failure_counts_whatever_the_envelope_says_unless_that_passes() -> None:
    told = {"state": "broken", "why": {"code": "NSFW", "text": "no"}}
    for verdict in (4040, None):
        error = wait(reply({"code": verdict, "data": told})).error
        assert isinstance(error, errors.JobFailed)
        assert error.code == "NSFW"
    passing = {"429": protocol.Refusal(means="rate-limited", retry=True)}
    model = dataclasses.replace(scripted.ACME_MODEL, errors=protocol.Errors(code=("$.code",), codes=passing))
    assert wait(reply({"code": 429, "data": told}), DONE, model=model).result is not None


def test_a_status_that_means_expired_is_no_missing_page() -> None:
    error = wait(reply("<html>", status=404), model=BASIC_MODEL).error

    assert isinstance(error, errors.JobExpired)
    assert error.job_id == "job-1"
    assert "3600 s from submission" in str(error)


def test_a_failed_job_with_status_422_is_a_reply_and_no_refusal() -> None:
    error = wait(basic("BAD", status=422, error="prompt is empty"), model=BASIC_MODEL).error

    assert isinstance(error, errors.JobFailed)
    assert (error.message, error.status) == ("prompt is empty", 422)


def test_an_envelope_answers_for_successful_statuses_only() -> None:
    assert scripted.ACME_MODEL.job is not None
    poll = dataclasses.replace(scripted.ACME_MODEL.job.poll, reads=(200, 422))
    job = dataclasses.replace(scripted.ACME_MODEL.job, poll=poll)
    model = dataclasses.replace(scripted.ACME_MODEL, job=job)

    error = wait(reply({"code": 422, "data": {"state": "broken"}}, status=422), model=model).error

    assert isinstance(error, errors.JobFailed)


def test_the_result_is_collected_where_it_stands_apart() -> None:
    final = basic("OK", output=["https://x.test/1.png", "https://x.test/2.png"], cost="0.01", left=1.5)
    played = wait(basic("OPEN"), basic("OK"), final, model=BASIC_MODEL)

    assert played.result is not None
    assert played.result.found.items == tuple(map(scripted.image, ("https://x.test/1.png", "https://x.test/2.png")))
    assert {name: str(number) for name, number in played.result.reported.items()} == {"cost": "0.01", "left": "1.5"}
    assert [request.url for request in played.requests] == [
        "https://basic.test/v2/job-1/status",
        "https://basic.test/v2/job-1/status",
        "https://basic.test/v2/job-1",
    ]
    one = wait(basic("OK"), basic("OK", output="https://x.test/1.png"), model=BASIC_MODEL).result
    assert one is not None
    assert one.found.items == tuple(map(scripted.image, ("https://x.test/1.png",)))


def test_a_collect_is_free_and_asked_again_until_the_deadline() -> None:
    final = basic("OK", output="https://x.test/1.png")
    assert wait(basic("OK"), DROPPED, GATEWAY, basic("OPEN"), final, model=BASIC_MODEL).result is not None

    error = wait(basic("OK"), GATEWAY, model=BASIC_MODEL).error
    assert isinstance(error, errors.WaitTimeout)
    assert (error.job_id, error.state) == ("job-1", "OK")


def test_a_collect_may_still_tell_that_the_job_failed_or_is_gone() -> None:
    failed = wait(basic("OK"), basic("BAD", status=422, error="late"), model=BASIC_MODEL).error
    assert isinstance(failed, errors.JobFailed)
    assert (failed.message, failed.state) == ("late", "BAD")
    assert isinstance(wait(basic("OK"), reply("<html>", status=404), model=BASIC_MODEL).error, errors.JobExpired)


@pytest.mark.parametrize(
    ("detail", "message"),
    [
        (basic("BAD", status=422, error="too dark"), "too dark"),
        (DROPPED, None),
        (GATEWAY, None),
        (reply("<html>"), None),
        (reply(b"", status=404), None),
    ],
)
def test_the_reason_of_a_failure_is_collected_once(detail: steps.Answer, message: str | None) -> None:
    played = wait(basic("BAD"), detail, model=BASIC_MODEL)

    assert isinstance(played.error, errors.JobFailed)
    assert played.error.message == message
    assert len(played.requests) == 2


def test_numbers_with_a_fraction_are_exact() -> None:
    result = wait(DONE).result

    assert result is not None
    assert str(result.reported["cost"]) == "0.032"


def test_updates_tell_phase_and_word_of_every_poll_that_was_read() -> None:
    updates: list[jobs.Update] = []
    wait(acme("waiting"), DROPPED, WORKING, DONE, on_update=updates.append)

    assert [(u.phase, u.state, u.polls) for u in updates] == [
        ("queued", "waiting", 1),
        ("running", "working", 3),
        ("succeeded", "done", 4),
    ]
    assert 3.0 + 3.0 + 3.0 <= updates[-1].elapsed <= 3.0 + 4.5 + 3.0


def test_the_job_id_is_escaped_in_the_address() -> None:
    aim = scripted.aim(scripted.ACME_MODEL)
    escaped = "a%2Fb%3Fc%3Dd%26%7Bmodel%7D%23%C3%A9"
    assert aim.address("GET /x/{id}?id={id}&m={model}", job_id="a/b?c=d&{model}#é") == (
        "GET",
        f"https://api.acme.test/v1/x/{escaped}?id={escaped}&m=painter/5",
    )
