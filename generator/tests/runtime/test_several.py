"""Several requests in one paid call: what is wrong stands at its number, and no job of theirs is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import overload

import pytest

from proviso_runtime import errors, flow, layout, outgoing, pricing, protocol, several, submitting, violation
from proviso_runtime.replies import Reply

from . import scripted
from .scripted import DROPPED, GATEWAY, UNSENT, reply

EACH: dict[str, layout.Member] = {"task": layout.Constant("draw"), "id": layout.Fresh(), "text": layout.Value("prompt")}
REQUESTS: list[dict[str, object]] = [{"prompt": "a"}, {"prompt": "b"}, {"prompt": "c"}]


@violation.checker
def check(given: dict[str, object], /) -> list[violation.Violation]:
    if given.get("prompt") == "long":
        return [violation.advice("/prompt", "maxLength", 4, 3, "Shorter is better.")]
    return [] if "prompt" in given else [violation.missing("/prompt")]


check_many = several.checker(check, most=3)


def told(requests: object) -> list[tuple[str, str]]:
    return [(one.at, one.rule) for one in check_many(requests)]


class Odd(Sequence[object]):
    """A sequence of a class of its own, which may fail."""

    def __init__(self, *, broken: bool) -> None:
        self.broken = broken

    def __len__(self) -> int:
        return 2

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[object]: ...
    def __getitem__(self, index: int | slice) -> object:
        if self.broken:
            raise RuntimeError
        if index in (0, 1):
            return {"prompt": "a"}
        raise IndexError


def test_all_violations_of_all_requests_stand_at_their_numbers() -> None:
    assert told(REQUESTS) == told(tuple(REQUESTS)) == told(Odd(broken=False)) == []
    assert told([{}, {"prompt": "a"}, {}]) == [("/0/prompt", "required"), ("/2/prompt", "required")]
    assert told([3]) == [("/0", "type")]
    assert told([]) == [("", "minItems")]


def test_of_too_many_requests_the_first_are_checked() -> None:
    assert told([{}] * 1_000_000) == [("", "maxItems"), *((f"/{number}/prompt", "required") for number in range(3))]
    with pytest.raises(errors.RequestInvalid) as refused:
        layout.read_many(EACH, [None] * 1_000_000, check, most=3)
    assert len(refused.value.violations) < 20


@pytest.mark.parametrize(
    "wrong",
    [None, 3, "ab", b"ab", {}, {0: {}}, {"a"}, iter([{}]), Odd(broken=True)],
    ids=lambda one: type(one).__name__,
)
def test_what_is_no_list_of_requests_is_told_and_never_raises(wrong: object) -> None:
    assert told(wrong) == [("", "type")]
    assert "array" in str(check_many(wrong)[0])


def test_advice_stands_at_its_number_and_refuses_nothing() -> None:
    given = [{"prompt": "a"}, {"prompt": "long"}]
    assert [(one.at, one.severity) for one in check_many(given)] == [("/1/prompt", "advice")]
    body = outgoing.several(EACH, given).body
    assert layout.read_many(EACH, body, check, most=3) == tuple(given)
    assert [one.at for one in layout.advice_many(EACH, given, check)] == ["/1/text"]


def test_every_request_has_a_uuid_and_every_call_one_of_its_own() -> None:
    beside = (layout.Beside("header", "X-Call", layout.Fresh()), layout.Beside("query", "v", layout.Constant(2)))
    sent = outgoing.several(EACH, REQUESTS, beside=beside)
    assert isinstance(sent.body, list)
    assert [one["id"] for one in sent.body] == list(sent.ids)
    assert sent.headers == {"X-Call": sent.id}
    assert sent.query == {"v": "2"}
    assert len({*sent.ids, sent.id}) == 4


def quote(least: str | None, most: str | None, *, hold: str | None = "1", because: str = "why") -> pricing.Quote:
    ends = [None if one is None else Decimal(one) for one in (hold, least, most)]
    return pricing.Quote(
        hold=ends[0],
        charge=ends[2],
        least=ends[1],
        most=ends[2],
        currency="USD" if most else None,
        known=most is not None,
        because=because,
    )


def test_quotes_add_up_exactly_and_an_unknown_one_makes_the_sum_unknown() -> None:
    whole = pricing.total([quote("0.1", "0.30"), quote("0.2", "0.3000000000000000000000000000000000000000001")])
    assert (whole.hold, whole.least) == (Decimal(2), Decimal("0.3"))
    assert str(whole.most) == "0.6000000000000000000000000000000000000000001"
    assert whole.because == "the sum over 2 requests; why"
    half = pricing.total([quote("0.1", "0.3"), quote("0.1", None, hold=None, because="nobody knows")])
    assert (half.hold, half.least, half.most, half.charge, half.known) == (None, Decimal("0.2"), None, None, False)
    assert half.currency == "USD"
    assert "nobody knows" in half.because
    alone = quote("0.1", "0.3")
    assert pricing.total(iter([alone])) == alone


GIVEN = dataclasses.replace(
    scripted.ACME_MODEL,
    job=dataclasses.replace(
        scripted.aim(scripted.ACME_MODEL).job,
        submit=protocol.Submit(
            call="POST /tasks",
            id="$.jobs[*].id",
            reports={"left": "$.left", "line": "$.jobs[*].line"},
            cost=protocol.CostAt(at="$.jobs[*].cost", unit="USD"),
        ),
    ),
)
CHOSEN = dataclasses.replace(
    GIVEN, job=dataclasses.replace(scripted.aim(GIVEN).job, submit=protocol.Submit(call="POST /tasks", id="{uuid}"))
)


def submit(answer: Reply, model: protocol.Model = GIVEN) -> scripted.Played[tuple[flow.Accepted, ...]]:
    clock = scripted.Clock()
    sent = outgoing.several(EACH, REQUESTS)
    return scripted.play(submitting.submit_many(scripted.aim(model), sent, REQUESTS, clock=clock), [answer], clock)


def jobs(*jobs: object, code: int = 200) -> Reply:
    return reply({"code": code, "left": 7, "jobs": list(jobs)})


def test_each_job_has_what_the_reply_tells_of_it() -> None:
    played = submit(jobs({"id": 1, "cost": "0.5"}, {"id": "b", "line": 2, "cost": 2}, {"id": "c", "line": "x"}))
    assert played.result is not None
    assert played.paid == len(played.requests) == 1
    assert [one.job_id for one in played.result] == ["1", "b", "c"]
    assert [dict(one.reported) for one in played.result] == [{"left": 7}, {"left": 7, "line": 2}, {"left": 7}]
    assert [one.cost and one.cost.amount for one in played.result] == [Decimal("0.5"), Decimal(2), None]


STRANGE = {
    "too few": (("a", "b"), jobs({"id": "a"}, {"id": "b"})),
    "too many": (("a", "b", "c", "d"), jobs(*({"id": one} for one in "abcd"))),
    "one twice": (("a", "b", "a"), jobs({"id": "a"}, {"id": "b"}, {"id": "a"})),
    "one missing": (("a", "c"), jobs({"id": "a"}, {}, {"id": "c"})),
    "one that is none": (("a", "c"), jobs({"id": "a"}, {"id": ".."}, {"id": "c"})),
    "none": ((), jobs()),
    "no list": ((), reply({"code": 200, "jobs": "a"})),
    "no JSON": ((), reply("<html>")),
    "some refused": (("a", "b"), jobs({"id": "a"}, {"id": "b"}, code=207)),
}


@pytest.mark.parametrize(("ids", "answer"), STRANGE.values(), ids=STRANGE.keys())
def test_ids_that_do_not_fit_are_kept_in_the_error(ids: tuple[str, ...], answer: Reply) -> None:
    played = submit(answer)
    assert isinstance(played.error, errors.UnexpectedReply)
    assert played.error.job_ids == ids
    assert played.error.reply is answer
    assert played.paid == len(played.requests) == 1


def test_a_reply_that_refuses_all_of_them_is_a_refusal() -> None:
    error = submit(reply({"code": 402, "message": "no"})).error
    assert type(error) is errors.Refused
    assert error.job_ids == ()


def every(error: errors.ProviderError) -> Iterator[str]:
    yield from (one for one in error.job_ids if repr(one) in str(error))


@pytest.mark.parametrize("answer", [DROPPED, GATEWAY, reply({"code": 503}, status=503)], ids=["lost", "page", "503"])
def test_ids_that_were_chosen_are_never_lost(answer: Reply) -> None:
    played = submit(answer, CHOSEN)
    assert isinstance(played.error, errors.OutcomeUnknown)
    assert len(played.error.job_ids) == 3
    assert tuple(every(played.error)) == played.error.job_ids
    assert played.error.job_id is None


def test_ids_that_were_chosen_are_known_when_the_reply_is_strange_and_not_when_nothing_left() -> None:
    for answer in (reply("<html>"), reply({"code": 207, "message": "one of them is bad"})):
        error = submit(answer, CHOSEN).error
        assert error is not None
        assert len(error.job_ids) == 3
    unsent = scripted.play(
        submitting.submit_many(
            scripted.aim(CHOSEN), outgoing.several(EACH, REQUESTS), REQUESTS, clock=scripted.Clock()
        ),
        [UNSENT],
        scripted.Clock(),
    )
    assert isinstance(unsent.error, errors.Unreachable)
    assert unsent.error.job_ids == ()


def test_a_chosen_id_of_one_job_is_known_when_the_reply_is_strange() -> None:
    sent = outgoing.request([EACH], {"prompt": "a"})
    clock = scripted.Clock()
    played = scripted.play(flow.submit(scripted.aim(CHOSEN), sent, {}, clock=clock), [reply("<html>")], clock)
    assert isinstance(played.error, errors.UnexpectedReply)
    assert played.error.job_ids == (sent.id,)
