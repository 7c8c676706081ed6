"""Replies that nobody documented: a run ends with a report, in bounded time, and its cap holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import httpx2
import pytest

from proviso import ir
from proviso.conform import exchanges, judging_costs, planning, stated, witnesses
from proviso.conform.calls import Call
from proviso.conform.exchanges import Course, Exchange, Reply
from proviso.conform.judging_costs import Told
from proviso.conform.probes import Probe
from proviso.conform.running import Asker
from proviso.conform.sending import Http, NoReplyError
from proviso.conform.spending import amount
from proviso.mock import faults

from . import asked

ODD = ["NaN", "sNaN", "Infinity", "1e999999999", "1e-999999999", "9" * 5000, ""]


@dataclass(kw_only=True)
class _Changed:
    """Gives what was asked, and tells something else in a header of every reply."""

    asker: Asker
    header: tuple[str, list[str]]
    count: int = 0

    def follow(self, probe: Probe) -> Course | None:
        course = self.asker.follow(probe)
        return None if course is None else replace(course, exchanges=tuple(map(self._changed, course.exchanges)))

    def _changed(self, one: Exchange) -> Exchange:
        return one if one.reply is None else replace(one, reply=self._reply(one.reply))

    def _reply(self, one: Reply) -> Reply:
        name, told = self.header
        self.count += 1
        return replace(one, headers={**one.headers, name: told[self.count % len(told)]})


def test_a_balance_that_is_no_amount_tells_nothing() -> None:
    provider = asked.PROVIDERS["segmind"]
    header = next(one.header.lower() for one in provider.reply_headers if one.meaning == "credits_left")

    heard = asked.run(provider, through=lambda asker: _Changed(asker=asker, header=(header, [*ODD, "5"])))

    assert heard.denied == set()
    assert heard.charged <= heard.outcome.budget.spent


def test_a_told_cost_below_nothing_does_not_make_the_cap_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(probe: Probe, _course: Course) -> Iterator[Told]:
        end = Fraction(0)
        yield Told(subject=probe.subject, which="charge", amount=Decimal(-5), unit="USD", least=end, most=end)

    monkeypatch.setattr(judging_costs, "told", told)

    heard = asked.run(asked.PROVIDERS["apixo"], cap=Decimal("0.01"))

    assert heard.outcome.budget.spent >= 0
    assert heard.outcome.budget.left <= Decimal("0.01")


def test_a_job_that_was_not_seen_to_end_counts_with_all_that_it_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(probe: Probe, _course: Course) -> Iterator[Told]:
        end = Fraction(0)
        yield Told(subject=probe.subject, which="charge", amount=Decimal(0), unit="USD", least=end, most=end)

    monkeypatch.setattr(judging_costs, "told", told)
    cap = Decimal("0.1")

    heard = asked.run(asked.PROVIDERS["apixo"], cap=cap, faults=(faults.parse("job:stuck"),))

    assert 0 < heard.charged <= heard.outcome.budget.spent <= cap


def test_refusals_that_are_documented_as_billed_count_where_no_balance_is_told() -> None:
    provider = asked.PROVIDERS["apixo"]
    models = tuple(
        model if isinstance(model.errors, ir.Unknown) else replace(model, errors=replace(model.errors, billed=True))
        for model in provider.models
    )
    cap = Decimal("0.1")

    heard = asked.run(replace(provider, models=models), cap=cap, faults=(faults.parse("submit:billed"),))

    assert 0 < heard.charged <= heard.outcome.budget.spent <= cap


@pytest.mark.parametrize("told", ODD)
def test_no_amount_is_read_from_what_is_none(told: str) -> None:
    assert amount(told) is None
    assert amount(" 0.25 ") == Decimal("0.25")


@pytest.mark.parametrize("depth", [101, 500, 900, 50_000])
def test_json_that_nests_deeper_than_replies_do_is_none(depth: int) -> None:
    with pytest.raises(ValueError, match="nests too deeply"):
        exchanges.parsed(b'{"a":' * depth + b"1" + b"}" * depth)

    assert exchanges.parsed(b"[" * 90 + b"]" * 90)


def test_a_reply_that_drips_for_ever_ends() -> None:
    clock = asked.Clock()

    class Drips(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                clock.sleep(100)
                yield b" "

    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, stream=Drips()))

    with pytest.raises(NoReplyError, match="did not end in time"):
        Http(clock=clock, transport=transport).send(Call(verb="GET", url="http://127.0.0.1/"))

    assert clock.now() < 1000


@pytest.mark.parametrize(
    "text",
    [
        '{"course": {"late": false, "exchanges": [{"step": "ask", "verb": "GET", "target": "/", "after": 1%s}]}}'
        % ("0" * 400),
        '{"course": %s}' % ('{"a":' * 500 + "1" + "}" * 500),
        "[" * 100_000,
        " " * (17 << 20),
    ],
    ids=["a time that no clock has", "deep", "deeper", "too long"],
)
def test_a_witness_that_was_tampered_with_is_named(text: str, tmp_path: Path) -> None:
    provider = asked.PROVIDERS["shortapi"]
    first = planning.plan(stated.subjects(provider), stated.facts(provider), "USD").all[0]
    path = tmp_path / f"{first.id}.json"
    path.write_text(text, "utf-8")

    with pytest.raises(witnesses.UnreadableError, match=path.name):
        witnesses.Recording(folder=tmp_path, fits=True).follow(first)
