"""Whatever interrupts a paid call at whatever step, the ledger and the caller know what became of it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence

import pytest

from proviso_runtime import errors, flow, options, purchases, steps, transport
from proviso_runtime.ledger import Change, MemoryLedger

from . import scripted
from .scripted import ACCEPTED, DROPPED, UNSENT, reply

Kind = type[steps.Request | steps.Pause | steps.Record]
BUSY = reply("<html>", status=418, retry_after="5")
STOPS: tuple[BaseException, ...] = (KeyboardInterrupt(), asyncio.CancelledError(), SystemExit())


@dataclasses.dataclass
class Stopped:
    """What is left of an interrupted submission."""

    ledger: MemoryLedger
    sent: int = 0
    error: BaseException | None = None
    accepted: flow.Accepted | None = None

    @property
    def states(self) -> list[str]:
        return [entry.state for entry in self.ledger.find()]


def submit(*answers: steps.Answer, at: Kind, nth: int, stop: BaseException, resend_for: float | None = None) -> Stopped:
    """Submit, and throw something into the flow at the nth step of a kind, which is then not done."""
    model = dataclasses.replace(scripted.ACME_MODEL, resend_for=resend_for)
    aim = dataclasses.replace(scripted.aim(model), options=options.Options())
    running = flow.submit(aim, scripted.BODY, scripted.PARAMS, clock=scripted.Clock())
    left, seen, replies = Stopped(MemoryLedger()), 0, list(answers)
    try:
        step = next(running)
        while True:
            seen += isinstance(step, at)
            if isinstance(step, at) and seen == nth:
                step = running.throw(stop)
                continue
            if isinstance(step, steps.Record):
                left.ledger.write(step.changes)
            left.sent += isinstance(step, steps.Request)
            step = running.send(replies.pop(0) if isinstance(step, steps.Request) else None)
    except StopIteration as end:
        left.accepted = end.value
    except BaseException as error:
        left.error = error
    return left


@pytest.mark.parametrize("stop", STOPS, ids=repr)
def test_an_interruption_before_the_request_leaves_nothing_sent(stop: BaseException) -> None:
    left = submit(at=steps.Record, nth=1, stop=stop)

    assert left.error is stop
    assert (left.sent, left.states) == (0, [])


@pytest.mark.parametrize("stop", STOPS, ids=repr)
def test_an_interruption_during_the_request_leaves_it_unknown(stop: BaseException) -> None:
    assert submit(at=steps.Request, nth=1, stop=stop).states == ["unknown"]
    assert submit(UNSENT, at=steps.Request, nth=2, stop=stop).states == ["unknown"]


@pytest.mark.parametrize("stop", STOPS, ids=repr)
def test_an_interruption_of_the_pause_before_a_second_try_leaves_it_unsent(stop: BaseException) -> None:
    left = submit(UNSENT, at=steps.Pause, nth=1, stop=stop)

    assert left.error is stop
    assert left.states == ["unsent"]


@pytest.mark.parametrize("stop", STOPS, ids=repr)
def test_a_request_in_doubt_stays_so_whatever_comes_after(stop: BaseException) -> None:
    for later in ([UNSENT], [UNSENT, UNSENT], [DROPPED, UNSENT]):
        left = submit(DROPPED, *later, at=steps.Pause, nth=1 + len(later), stop=stop, resend_for=600)
        assert left.error is stop
        assert left.states == ["unknown"]
    left = submit(DROPPED, BUSY, at=steps.Pause, nth=9, stop=stop, resend_for=600)
    assert isinstance(left.error, errors.OutcomeUnknown)
    assert (left.sent, left.states) == (2, ["unknown"])


def test_nothing_is_sent_again_when_sending_it_again_may_start_something_new() -> None:
    left = submit(DROPPED, *[UNSENT] * 50, at=steps.Pause, nth=99, stop=KeyboardInterrupt(), resend_for=2)

    assert isinstance(left.error, errors.OutcomeUnknown)
    assert left.states == ["unknown"]
    assert left.sent <= 4


def test_what_is_sent_again_is_not_sent_before_the_provider_asks_for_it() -> None:
    asks = reply("<html>", status=503, retry_after="60")
    left = submit(asks, ACCEPTED, at=steps.Pause, nth=99, stop=KeyboardInterrupt(), resend_for=600)

    assert isinstance(left.error, errors.OutcomeUnknown)
    assert left.sent == 1


@pytest.mark.parametrize("stop", STOPS, ids=repr)
def test_an_interruption_while_an_accepted_job_is_written_down_loses_neither_the_id_nor_the_entry(
    stop: BaseException,
) -> None:
    left = submit(ACCEPTED, at=steps.Record, nth=2, stop=stop)

    assert left.error is stop
    assert "resume('job-1')" in stop.__notes__[-1]
    assert [(entry.state, entry.job_id) for entry in left.ledger.find()] == [("accepted", "job-1")]


def test_a_ledger_that_cannot_keep_the_intent_keeps_everything_from_being_sent() -> None:
    full = errors.LedgerFailed("the disk is full")
    left = submit(ACCEPTED, at=steps.Record, nth=1, stop=full)

    assert left.error is full
    assert (left.sent, left.states) == (0, [])


def test_a_flow_that_is_closed_says_nothing_more() -> None:
    running = flow.submit(scripted.aim(scripted.ACME_MODEL), scripted.BODY, scripted.PARAMS, clock=scripted.Clock())
    next(running)
    assert isinstance(running.send(None), steps.Request)
    running.close()


class Failing(MemoryLedger):
    """A ledger that fails once it has an entry."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def write(self, changes: Sequence[Change], /) -> None:
        if next(self.find(), None) is not None:
            raise self._error
        super().write(changes)


@pytest.mark.parametrize("error", [errors.LedgerFailed("full"), OSError(f"cannot keep {scripted.PROMPT}")], ids=repr)
def test_a_ledger_that_fails_after_the_job_was_accepted_keeps_no_one_from_it(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def runs() -> steps.Flow[str]:
        yield steps.Record(changes=(change,), vital=True)
        yield steps.Record(changes=(change,))
        return "job-1"

    aim = scripted.aim(scripted.ACME_MODEL)
    (bought,) = purchases.ordered(aim, (scripted.PARAMS,))
    change = bought.intended(steps.Request(verb="POST", url="https://a.test/"), at=0.0, within=0.0, job_id=None)
    with scripted.Client(scripted.KEY, ledger=Failing(error)) as client:
        assert isinstance(client.door, transport.Blocking)
        assert client.door.run(runs()) == "job-1"
    assert "lacks what has just happened" in caplog.text
    assert scripted.PROMPT not in caplog.text
