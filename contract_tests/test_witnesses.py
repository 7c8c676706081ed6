"""What the documents show is what the generated code makes and reads: their requests, their replies, their prices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from harness import costs, json_schemas, refusals, several, witnessed
from harness.clock import FakeClock
from harness.effort import once
from harness.faces import FACES, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import ir, reply_paths
from proviso.answers import courses, documented, immediate, made, planting
from proviso.answers.courses import Sign
from proviso.answers.documented import Answer, Reaction
from proviso.answers.made import Made
from proviso.answers.scripts import Script
from proviso.drawing import strategies
from proviso.oracle import asked_pixels, bodies, meaning, prices
from proviso.oracle.exact import plain, same
from proviso_runtime import errors, jobs

_ID = "id-of-the-tests"
_URL = "https://files.test/{}.png"
_FACE = FACES[-2]


def test_a_documented_request_is_made_and_read_as_the_page_has_it(subject: Subject) -> None:
    for witness in subject.model.witnesses:
        body = plain(witness.body)
        requests = witnessed.requests(subject, witness)
        for params, shown in zip(requests, several.parts(subject.model, body), strict=True):
            assert subject.module.violations(params) == ()
            fresh = bodies.fresh(subject.model, params, shown)
            made = subject.module.to_body(params)
            assert same(made, bodies.wire(subject.model, params, fresh=bodies.fresh(subject.model, params, made)))
            layout = bodies.arm(subject.model, params)
            laid = bodies.wire(subject.model, params, fresh=fresh)
            assert same(bodies.opened(layout, laid), bodies.opened(layout, shown))
        assert json_schemas.published(subject).is_valid(body)


def test_a_documented_request_costs_and_measures_what_the_page_states(subject: Subject) -> None:
    for witness in subject.model.witnesses:
        requests = witnessed.requests(subject, witness)
        for priced in prices.priced(subject.model)[:1]:
            quote = several.quote(subject, requests, **priced.chosen)
            assert witness.hold in (None, quote.hold)
            if witness.charge is not None and prices.is_measured(priced.price):
                assert (quote.least or 0) <= witness.charge
                assert quote.most is None or witness.charge <= quote.most
            else:
                assert witness.charge in (None, quote.charge)
        if witness.pixels is not None:
            for params in requests:
                table = subject.model.sizes
                chosen = {
                    name: str(meaning.counting(subject.model, params, name)) for name in (table.by if table else ())
                }
                if meaning.pixels(subject.model, chosen) is not None:
                    assert subject.module.size(**chosen) == witness.pixels
                else:
                    assert witness.pixels in asked_pixels.said(subject.model, params)


@once(data=st.data())
def test_a_documented_acceptance_gives_the_id_and_the_reports(job_subject: Subject, data: st.DataObject) -> None:
    course = courses.job(job_subject)
    for witness, body in _replies(job_subject, "submit"):
        script = Script(job_id=_id(course, body), submit=documented.answer(witness, body))
        mock, line = _provider(job_subject, script)
        with mock():
            job = line.submit(data.draw(strategies.params(job_subject)))
        assert job.id == _id(course, body)
        assert job.reported == documented.reported(course.submit, body)
        told = {what: reply_paths.find(at, body) for what, at in courses.links(course).items()}
        assert job.addresses == {what: found[0] for what, found in told.items() if found}


def test_a_documented_poll_is_in_the_phase_that_its_state_means(job_subject: Subject) -> None:
    course = courses.job(job_subject)
    for witness, body in _replies(job_subject, "poll"):
        seen = list[jobs.Update]()
        polls, collects = [documented.answer(witness, body)], [_result(job_subject)]
        resolves = _resolves(job_subject, body)
        script = Script(job_id=_ID, links=_links(course, body), polls=polls, collects=collects, resolves=resolves)
        mock, line = _provider(job_subject, script)
        state, phase = courses.state(course, witness.status, body), courses.phase(course, witness.status, body)
        final = None if course.collect else body
        with mock():
            _comes_to(job_subject, line, script, phase, polled=body, final=final, seen=seen)
        assert [(update.state, update.phase) for update in seen] == [(state, phase)]


def test_a_documented_final_reply_hands_over_its_results_or_its_failure(job_subject: Subject) -> None:
    course = courses.job(job_subject)
    ready = _ready(job_subject)
    for witness, body in _replies(job_subject, "collect"):
        polls, collects = [documented.polled(ready)], [documented.answer(witness, body)]
        script = Script(job_id=_ID, links=_links(course, ready.body), polls=polls, collects=collects)
        mock, line = _provider(job_subject, script)
        phase = courses.repeated(course, witness.status, body) or "succeeded"
        with mock():
            _comes_to(job_subject, line, script, phase, polled=ready.body, final=body, seen=[])
        assert mock.count("collect") == 1


@once(data=st.data())
def test_a_documented_refusal_raises_what_its_status_and_its_code_mean(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    model = subject.model
    for witness in model.replies:
        if witness.of != "submit" or not (witness.refuses or witness.status >= 400):
            continue
        mock, line = _provider(subject, Script(submit=documented.answer(witness, plain(witness.body))))
        with mock(), pytest.raises(errors.ProviderError) as refused:
            line.submit(params)
        error = refused.value
        code, message = refusals.told(subject, witness.body)
        assert type(error) is refusals.expected_of_paid(model, witness.status, code)
        assert (error.status, error.code, error.message) == (witness.status, code, message)
        if isinstance(error, errors.Refused):
            assert error.billed == refusals.billed(model, witness.status, code)
            assert error.worth_retry == refusals.retry(model, witness.status, code)
            told = [(list(one.place), one.message, one.code) for one in error.details]
            assert told == refusals.details(subject, witness.body)


@once(data=st.data())
def test_a_documented_answer_hands_over_its_results(immediate_subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(immediate_subject))
    call, kind = immediate.call(immediate_subject), immediate_subject.model.output.kind
    for witness in immediate_subject.model.replies:
        if witness.of != "immediate" or witness.status >= 300 or witness.refuses or witness.events:
            continue
        if witness.body is None:
            headers = dict(witness.headers)
            content = b"\xff\xd8picture"
            picture = Answer(status=witness.status, content=content, media_type=witness.media_type, headers=headers)
            mock, line = _provider(immediate_subject, Script(immediate=picture))
            filtered = made.filtered(call.empty, witness.headers)
            with mock():
                if filtered is not None:
                    with pytest.raises(errors.NoResult) as none:
                        line.generate_sync(params)
                    assert (none.value.why, none.value.billed) == (filtered.says, filtered.billed)
                    assert none.value.reply is not None
                    assert none.value.reply.content == content
                    continue
                assert line.handed(line.generate_sync(params), kind) == [(picture.content, witness.media_type)]
            continue
        body = _filled(immediate_subject, call.results, witness)
        results = made.documented(immediate_subject, made.fitting(call.results, params), body, kind)
        mock, line = _provider(immediate_subject, Script(immediate=documented.answer(witness, body)))
        why = made.no_result(call.empty, call.results, body)
        with mock():
            if results:
                done = line.generate_sync(params)
                assert [what for what, _ in line.handed(done, kind)] == results
                assert not isinstance(done, jobs.Instant)
                told = {name: Decimal(dict(witness.headers)[header]) for name, header in call.operation.told}
                assert done.reported == documented.reported(call.operation, body) | told
                assert same(plain(done.raw), body)
            else:
                with pytest.raises(errors.UnexpectedReply if why is None else errors.NoResult):
                    line.generate_sync(params)


def _provider(subject: Subject, script: Script) -> tuple[ProviderMock, Line]:
    clock = FakeClock()
    return ProviderMock(subject, script, library=_FACE.library, clock=clock), _FACE.line(subject, clock)


def _replies(subject: Subject, operation: str) -> list[tuple[ir.ReplyWitness, object]]:
    """Return the documented replies of an operation that are read, with values where the page has blanks."""
    course = courses.job(subject)
    found = list[tuple[ir.ReplyWitness, object]]()
    reads = {"poll": course.poll.reads, "collect": () if course.collect is None else course.collect.reads}
    for witness in subject.model.replies:
        if witness.refuses:
            continue
        if witness.of == operation and (witness.status < 300 or witness.status in reads.get(operation, ())):
            found.append((witness, _filled(subject, course.results, witness)))
    return found


def _filled(subject: Subject, places: Sequence[ir.ResultsAt], witness: ir.ReplyWitness) -> object:
    """Return a documented reply with values where the page has blanks."""
    body = plain(witness.body)
    for number, path in enumerate(witness.blanked):
        blank = reply_paths.find(path, body)
        place = next((one for one in places if blank[0] in reply_paths.find(one.whole, body)), None)
        is_address = subject.model.job is not None and path in courses.links(subject.model.job).values()
        plain_text = _URL.format(number) if is_address else _ID
        body = planting.planted(path, body, plain_text if place is None else _made(subject, place, number).wire)
    return body


def _result(subject: Subject) -> Answer:
    shape = next(documented.shapes(subject))
    state = _ready(subject).state
    return documented.finished(subject, shape, results=(_made(subject, shape.place, 0),), state=state, reports={})


def _made(subject: Subject, place: ir.ResultsAt, number: int) -> Made:
    return made.one(subject, place, None, content=b"picture", address=_URL.format(number), named="image/png")


def _ready(subject: Subject) -> Sign:
    return next(sign for sign in courses.signs(subject) if sign.phase == "succeeded")


def _resolves(subject: Subject, body: object) -> dict[str, Reaction]:
    places = courses.job(subject).results
    found = documented.filed(places, body) or [_made(subject, places[0], 0)]
    return next((documented.resolves(subject, found, one) for one in places if one.resolve is not None), {})


def _links(course: ir.Job, body: object) -> dict[str, str]:
    """Return where a job is asked about: where a documented reply says, and elsewhere where it says nothing."""
    found = {what: reply_paths.find(place, body) for what, place in courses.links(course).items()}
    return {what: str(urls[0]) if urls else f"https://links.test/{what}" for what, urls in found.items()}


def _id(course: ir.Job, body: object) -> str:
    return bodies.FRESH if course.id == ir.CHOSEN_ID else str(reply_paths.find(course.id, body)[0])


def _comes_to(
    subject: Subject,
    line: Line,
    script: Script,
    phase: ir.Phase | None,
    *,
    polled: object,
    final: object,
    seen: list[jobs.Update],
) -> None:
    """Wait once and hold the end to what the documented replies say."""
    course, job = courses.job(subject), line.resume(_ID, addresses=script.links)
    match phase:
        case "succeeded" if final is not None and not made.documented(
            subject, course.results, final, subject.model.output.kind
        ):
            with pytest.raises(errors.NoResult) as none:
                line.wait(job, timeout=0, on_update=seen.append)
            assert none.value.why == made.no_result(course.empty, course.results, final)
        case "succeeded":
            done = line.wait(job, timeout=0, on_update=seen.append)
            if final is not None:
                urls = {one.wire: one.url for one in documented.filed(course.results, final)}
                for kind in subject.model.makes:
                    handed = [what for what, _ in line.handed(done, kind)]
                    stated = made.documented(subject, course.results, final, kind)
                    assert handed == [urls.get(str(one), one) for one in stated]
                called = [(course.collect, final), (course.poll, polled)]
                told = (costs.cost(call, body) for call, body in called if call is not None)
                assert done.cost == next((one for one in told if one is not None), None)
                assert done.reported == {
                    **documented.reported(course.poll, polled),
                    **documented.reported(course.collect or course.poll, final),
                }
                assert same(plain(done.raw), final)
        case "failed" | "cancelled" | "moderated":
            with pytest.raises(errors.JobFailed) as failed:
                line.wait(job, timeout=0, on_update=seen.append)
            if final is not None and isinstance(course.failure, ir.Failure):
                assert (failed.value.code, failed.value.message) == documented.reasons(course, final)
        case "expired":
            with pytest.raises(errors.JobExpired):
                line.wait(job, timeout=0, on_update=seen.append)
        case _:
            with pytest.raises(errors.WaitTimeout) as over:
                line.wait(job, timeout=0, on_update=seen.append)
            assert over.value.job_id == _ID
