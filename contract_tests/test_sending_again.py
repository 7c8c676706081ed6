"""A paid request is sent again only where it certainly was not accepted, or where the documents say that it does no harm."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import strategies as st

from harness import refusals
from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.drawing import strategies, transcripts
from proviso_runtime import errors
from proviso_runtime.ledger import MemoryLedger
from proviso_runtime.options import START_WITHIN

_NEVER_LEFT: list[Reaction] = [Broken(error=name) for name in ("ConnectError", "ConnectTimeout", "PoolTimeout")]
_GATEWAY = Answer(status=520, content=b"<html>gateway</html>", media_type="text/html")
_LOST: list[Reaction] = [*(Broken(error=name) for name in ("ReadTimeout", "ReadError", "WriteError")), _GATEWAY]


@few(data=st.data())
def test_what_never_left_is_sent_again_until_it_is_accepted(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    first = data.draw(st.lists(st.sampled_from(_NEVER_LEFT), min_size=1, max_size=4))
    _accepted_after(first, job_subject, face, data)


@few(data=st.data())
def test_what_the_documents_let_be_sent_again_is_sent_with_the_same_id(
    repeating_subject: Subject, face: Face, data: st.DataObject
) -> None:
    first = data.draw(st.lists(st.sampled_from([*_LOST, *_NEVER_LEFT]), min_size=1, max_size=4))
    _accepted_after(first, repeating_subject, face, data)


def _accepted_after(first: list[Reaction], subject: Subject, face: Face, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    life = data.draw(transcripts.transcripts(subject, params=params, phases=("succeeded",)))
    script = dataclasses.replace(life.script(subject), first=first)
    clock, ledger = FakeClock(), MemoryLedger()
    with ProviderMock(subject, script, library=face.library, clock=clock)() as mock:
        job = face.line(subject, clock, ledger=ledger).submit(params)
    assert job.id == life.id
    assert mock.count("submit") == len(first) + 1
    assert len({(one.body, one.url, _stable(one.headers)) for one in mock.sent}) == 1
    assert 0 < sum(clock.slept) < START_WITHIN
    (entry,) = ledger.find()
    assert (entry.state, entry.job_id) == ("accepted", life.id)


def _stable(headers: object) -> str:
    # A signature has the time in it.
    assert isinstance(headers, dict)
    return str({name: text for name, text in headers.items() if "request-id" in name or "idempotency" in name})


@few(data=st.data())
def test_a_refusal_is_sent_again_when_it_costs_nothing_and_says_when_to_return(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    known = [one for one in refusals.documented(job_subject.model) if one.status < 500]
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    for meaning in known:
        told = data.draw(st.sampled_from([None, 3, 7]))
        headers = {} if told is None else {"retry-after": str(told)}
        refused, code, _ = refusals.refusal(job_subject, meaning.status, code=4711, message="no")
        script = dataclasses.replace(life.script(job_subject), first=[dataclasses.replace(refused, headers=headers)])
        clock = FakeClock()
        with ProviderMock(job_subject, script, library=face.library, clock=clock)() as mock:
            line = face.line(job_subject, clock)
            if told is not None and refusals.billed(job_subject.model, meaning.status, code) is False:
                assert line.submit(params).id == life.id
                assert told <= sum(clock.slept) <= told + 1
            else:
                with pytest.raises(errors.Refused):
                    line.submit(params)
                assert mock.count("submit") == 1


@few(data=st.data())
def test_nothing_is_sent_again_where_the_caller_forbids_it(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    script = dataclasses.replace(life.script(job_subject), first=[data.draw(st.sampled_from([*_LOST, *_NEVER_LEFT]))])
    clock = FakeClock()
    mock = ProviderMock(job_subject, script, library=face.library, clock=clock)
    with mock(), pytest.raises((errors.Unreachable, errors.OutcomeUnknown)):
        face.line(job_subject, clock, start_within=0).submit(params)
    assert mock.count("submit") == 1
