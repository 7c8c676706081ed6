"""Callbacks are remembered after all else, by a ledger where there is one, and never without bounds."""

from __future__ import annotations

import asyncio
import dataclasses
import threading

import pytest

from proviso_runtime import callbacks, errors, hearing, proofs, protocol, steps
from proviso_runtime.ledger.entries import Ended, Ledger

from . import scripted

SHARED = "whsec-7"
SHOWN = {"x-secret": SHARED}
PROOF = proofs.SharedSecret(header="X-Secret", variable="ACME_SECRET")
COLLECTED = dataclasses.replace(
    scripted.BASIC_MODEL, callback=proofs.Callback(body="collect", id="$.request_id", proof=PROOF)
)
POLLED = dataclasses.replace(
    scripted.BASIC_MODEL, callback=proofs.Callback(body="poll", id="$.request_id", proof=PROOF)
)


def read(body: bytes, *answers: steps.Answer, model: protocol.Model = COLLECTED) -> scripted.Played[callbacks.Told]:
    clock = scripted.Clock()
    reading = callbacks.read(scripted.aim(model), SHOWN, body, secret=SHARED, clock=clock)
    return scripted.play(reading, answers, clock)


class Failing:
    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        raise errors.LedgerFailed(f"{provider} {len(digest)} {at}")


def test_the_final_reply_in_a_callback_needs_no_request() -> None:
    told = read(b'{"request_id": "j1", "output": "https://a.test/1.png"}').result
    assert told is not None
    assert [one.address for one in told.outcome(first=True).found.items] == ["https://a.test/1.png"]
    with pytest.raises(errors.Replayed, match="j1"):
        told.outcome(first=False)


def test_the_ledger_is_told_how_the_job_ended() -> None:
    for body, state in (
        (b'{"request_id": "j1", "output": "https://a.test/1.png"}', "succeeded"),
        (b'{"request_id": "j1", "status": "BAD", "error": "blurred"}', "failed"),
    ):
        (ended,) = read(body).changes
        assert isinstance(ended, Ended)
        assert (ended.state, ended.job_id, ended.provider, ended.entry) == (state, "j1", "basic", None)
    assert read(b'{"request_id": "j1", "status": "OPEN"}').changes == []


def test_what_a_callback_says_is_told_by_it_and_what_a_fetch_says_is_not() -> None:
    ok = b'{"request_id": "j1", "status": "OK"}'
    for answer in (scripted.reply({"error": "no"}, status=403), scripted.reply(b"{")):
        assert read(ok, answer, model=POLLED).error is not None
    gone = read(ok, scripted.reply({"error": "no"}, status=404), model=POLLED).result
    bad = read(b'{"request_id": "j1", "status": "BAD", "error": "blurred"}', model=POLLED).result
    assert gone is not None
    assert bad is not None
    for told, kind in ((gone, errors.JobExpired), (bad, errors.JobFailed)):
        with pytest.raises(kind):
            told.outcome(first=True)
        with pytest.raises(errors.Replayed):
            told.outcome(first=False)


@pytest.mark.parametrize("body", ["{}", bytearray(b"{}"), {}, None])
def test_a_body_that_is_no_bytes_is_a_mistake_of_the_caller(body: bytes) -> None:
    with pytest.raises(TypeError, match="as they came"):
        read(body)


def test_a_ledger_that_fails_is_told_with_the_job() -> None:
    told = read(b'{"request_id": "j1", "output": "https://a.test/1.png"}').result
    assert told is not None
    with pytest.raises(errors.LedgerFailed, match=r"basic 64 7\.0") as blocking:
        hearing.heard(Failing(), told, at=7.0)
    with pytest.raises(errors.LedgerFailed) as awaited:
        asyncio.run(hearing.awaited(Failing(), told, at=7.0))
    assert (blocking.value.job_id, awaited.value.job_id) == ("j1", "j1")


def test_a_ledger_is_asked_beside_the_loop() -> None:
    class Slow:
        def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
            assert threading.current_thread() is not threading.main_thread()
            return bool(provider and digest and at)

    told = read(b'{"request_id": "j1", "output": "https://a.test/1.png"}').result
    assert told is not None
    assert asyncio.run(hearing.awaited(Slow(), told, at=7.0))


def test_a_memory_keeps_the_latest_callbacks() -> None:
    memory = hearing.Memory(most=3)
    assert [memory.hear("acme", one, at=0) for one in "abcabc"] == [True, True, True, False, False, False]
    assert memory.hear("acme", "d", at=0)
    assert [memory.hear("acme", one, at=0) for one in "bcda"] == [False, False, False, True]
    assert memory.hear("basic", "d", at=0)


def test_of_two_that_hear_at_once_one_is_the_first() -> None:
    memory, found = hearing.Memory(), list[bool]()
    threads = [
        threading.Thread(target=lambda: found.extend(memory.hear("acme", str(one), at=0) for one in range(2000)))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found.count(True) == 2000


def hears(ledger: Ledger) -> hearing.Hears:
    """Hold a ledger to be one that hears, for type checkers."""
    return ledger
