"""What the ledger is told of a paid request, whatever comes of it and whatever comes in between."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

from proviso_runtime import at_once, budgets, errors, flow, options, outgoing, protocol, steps, submitting
from proviso_runtime.ledger import MemoryLedger
from proviso_runtime.ledger.entries import Change, Entry

from . import scripted
from .scripted import reply
from .test_several import CHOSEN, EACH, GIVEN, REQUESTS, jobs

LOST = steps.Lost(error=TimeoutError("no answer"), sent="maybe")
REPEATABLE = dataclasses.replace(scripted.ACME_MODEL, resend_for=600.0)
PICTURE = dataclasses.replace(reply(b"\x89PNG\r\n\x1a\n"), headers={"content-type": "image/png"})


def entries(changes: Iterable[Change]) -> list[Entry]:
    ledger = MemoryLedger()
    for change in changes:
        ledger.write([change])
    return list(ledger.find())


def submitted(*answers: steps.Answer, model: protocol.Model = scripted.ACME_MODEL) -> scripted.Played[flow.Accepted]:
    aim = dataclasses.replace(scripted.aim(model), options=options.Options(start_within=30.0))
    clock = scripted.Clock()
    return scripted.play(flow.submit(aim, scripted.BODY, scripted.PARAMS, clock=clock), answers, clock)


def test_a_refusal_of_a_second_try_settles_no_doubt_about_the_first() -> None:
    duplicate = reply({"code": 409, "message": "there is such a job"})
    for second in (duplicate, reply({"code": 409}, status=409)):
        played = submitted(LOST, second, model=REPEATABLE)
        assert isinstance(played.error, errors.OutcomeUnknown)
        assert [one.state for one in entries(played.changes)] == ["unknown"]
    once = submitted(duplicate, model=REPEATABLE)
    assert type(once.error) is errors.Refused
    assert [one.state for one in entries(once.changes)] == ["refused"]


@pytest.mark.parametrize("status", [408, 460, 499, 500, 504, 520])
def test_a_gateway_that_gave_up_leaves_it_unknown_unless_a_document_says_otherwise(status: int) -> None:
    page = reply("<html>", status=status)
    assert isinstance(submitted(page).error, errors.OutcomeUnknown)
    stated = protocol.Errors(statuses={status: protocol.Refusal(means="timeout", billed=False)})
    played = submitted(page, model=dataclasses.replace(scripted.ACME_MODEL, errors=stated))
    assert isinstance(played.error, errors.Refused)


def interrupted(running: steps.Flow[object], answer: steps.Answer, at: int) -> tuple[BaseException, list[Entry]]:
    """Drive a flow whose caller is interrupted at its nth record, before that is kept."""
    kept: list[Change] = []
    with pytest.raises(KeyboardInterrupt) as stopped:
        _drive(running, answer, at, kept)
    return stopped.value, entries(kept)


def _drive(running: steps.Flow[object], answer: steps.Answer, at: int, kept: list[Change]) -> None:
    step, records = running.send(None), 0
    while True:
        if not isinstance(step, steps.Record):
            step = running.send(answer)
            continue
        records += 1
        if records == at:
            step = running.throw(KeyboardInterrupt())
        else:
            kept += step.changes
            step = running.send(None)


def test_an_interrupt_right_after_the_acceptance_loses_no_job() -> None:
    aim, clock = scripted.aim(scripted.ACME_MODEL), scripted.Clock()
    running = flow.submit(aim, scripted.BODY, scripted.PARAMS, clock=clock)
    stopped, (entry,) = interrupted(running, scripted.ACCEPTED, at=2)
    assert (entry.state, entry.job_id) == ("accepted", "job-1")
    assert any("job-1" in note for note in stopped.__notes__)


def test_an_interrupt_right_after_a_result_came_at_once_leaves_it_written_down() -> None:
    aim, clock = scripted.aim(scripted.ACME_MODEL), scripted.Clock()
    running = at_once.answer(aim, scripted.BODY, scripted.PARAMS, clock=clock)
    _, (entry,) = interrupted(running, PICTURE, at=2)
    assert entry.state == "succeeded"


def several(model: protocol.Model, answer: steps.Answer) -> scripted.Played[tuple[flow.Accepted, ...]]:
    clock, sent = scripted.Clock(), outgoing.several(EACH, REQUESTS)
    return scripted.play(submitting.submit_many(scripted.aim(model), sent, REQUESTS, clock=clock), [answer], clock)


def test_jobs_that_a_strange_reply_tells_of_are_written_down() -> None:
    played = several(GIVEN, jobs({"id": "a"}, {}, {"id": "c"}))
    assert isinstance(played.error, errors.UnexpectedReply)
    found = entries(played.changes)
    assert sorted(one.job_id or "" for one in found) == ["", "a", "c"]
    assert {one.state for one in found if one.job_id} == {"accepted"}
    assert {one.state for one in found if not one.job_id} == {"unknown"}


def test_a_refusal_of_one_of_several_chosen_jobs_may_be_none_of_the_others() -> None:
    played = several(CHOSEN, reply({"code": 207, "message": "one of them is bad"}))
    assert isinstance(played.error, errors.UnexpectedReply)
    assert [one.state for one in entries(played.changes)] == ["unknown"] * 3


def test_a_job_that_is_taken_up_by_its_id_gives_back_what_was_held_for_it() -> None:
    budget = budgets.Budget(1)
    hold = budget.hold(budget.limit)
    hold.name(("acme", "job-1"))
    taken_up = budget.held_for(("acme", "job-1"))
    assert taken_up is hold
    taken_up.release()
    assert budget.left == 1
    assert budget.held_for(("acme", "job-1")) is None
