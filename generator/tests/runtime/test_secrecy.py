"""No key, prompt or query of a signed address is ever printed."""

from __future__ import annotations

import copy
import json

import pytest

from proviso_runtime import errors, flow, redaction, replies

from . import scripted
from .doors import BlockingHttpx2
from .scripted import KEY, PICTURE, PROMPT, reply

ECHO = f"Key {KEY} may not draw '{PROMPT}', see {PICTURE} or {PROMPT[:20]}... (tier 2K is not known)"


def printed(error: BaseException | None) -> str:
    assert error is not None
    return f"{error!s}\n{error!r}"


def shows_nothing(text: str) -> bool:
    return not any(secret in text for secret in (KEY, PROMPT, PROMPT[:20], "signature", "abc123"))


def test_a_refusal_that_quotes_the_request_is_printed_without_the_quotation() -> None:
    for answer in (
        reply({"code": KEY, "data": {"error": ECHO}}, status=400),
        reply({"code": PROMPT, "data": {"error": ECHO}}, status=418),
        reply({"code": 9, "message": ECHO}),
        reply(f"<html>{ECHO}", status=502),
        reply(f"<html>{ECHO}"),
    ):
        error = scripted.submit(answer).error
        assert shows_nothing(printed(error))
        assert isinstance(error, errors.ProviderError)
        assert error.message is None or KEY not in error.message
    assert "tier 2K is not known" in printed(scripted.submit(reply({"message": ECHO}, status=400)).error)


def test_a_failure_of_a_job_of_another_process_is_not_quoted_but_kept() -> None:
    error = scripted.wait(scripted.acme("broken", why={"code": "NSFW", "text": ECHO})).error

    assert shows_nothing(printed(error))
    assert isinstance(error, errors.JobFailed)
    assert error.message is not None
    assert PROMPT in error.message
    assert ".message" in str(error)


def test_a_failure_of_our_own_job_tells_the_reason() -> None:
    accepted = scripted.submit(scripted.ACCEPTED).result
    assert accepted is not None
    shown = accepted.target.discretion.shown(ECHO)

    assert shown is not None
    assert shows_nothing(shown)
    assert "may not draw" in shown


def test_nothing_that_can_be_printed_shows_the_key() -> None:
    def answer(_: object) -> tuple[int, dict[str, str], bytes]:
        return (
            200,
            {"content-type": "application/json"},
            json.dumps(
                {"code": 200, "data": {"id": "job-1", "state": "done", "result": json.dumps({"urls": [PICTURE]})}}
            ).encode(),
        )

    client = BlockingHttpx2(answer, scripted.Clock()).client
    job = client.painter.submit()
    done = job.wait()
    running = flow.submit(scripted.aim(scripted.ACME_MODEL), scripted.BODY, scripted.PARAMS, clock=scripted.Clock())
    next(running)
    request = running.send(None)

    things = (client, client.door, job, done, done.images[0], request, client.target(scripted.ACME_MODEL))
    for thing in things:
        assert shows_nothing(f"{thing!r} {thing!s}")
    assert repr(done.images[0]) == "Image(https://cdn.files.test/a.png?…)"
    assert (
        repr(scripted.DONE) == f"Reply(status=200, media_type='application/json', length={len(scripted.DONE.content)})"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://u:p@x.test/a?b=c#d, ok", "see https://x.test/a?… ok"),
        ("https://x.test/a and http://y.test?q=1", "https://x.test/a and http://y.test?…"),
        ("what? nothing", "what? nothing"),
    ],
)
def test_the_query_of_an_address_is_blanked(text: str, shown: str) -> None:
    assert redaction.without_query(text) == shown


def test_a_long_message_is_shortened() -> None:
    shown = redaction.Discretion((KEY,)).about({}).shown("word " * 200)
    assert shown is not None
    assert len(shown) == 301


def test_exceptions_survive_a_journey_between_processes() -> None:
    for answer in (scripted.GATEWAY, reply({"code": 5, "message": "no"}, status=400), reply(b"{")):
        error = scripted.submit(answer).error
        assert isinstance(error, errors.ProviderError)
        again = copy.deepcopy(error)
        assert (type(again), str(again)) == (type(error), str(error))
        assert {**vars(again), "reply": 0} == {**vars(error), "reply": 0}
        assert isinstance(again.reply, replies.Reply)
