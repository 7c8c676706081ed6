"""What may cost too much is not sent, and what was charged stands in the result and in the ledger."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import few
from harness.faces import Face, Line
from harness.provider_mock import ProviderMock
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers.documented import Broken
from proviso.answers.scripts import Script
from proviso.drawing import strategies, transcripts
from proviso.oracle import access, prices
from proviso.oracle.reckoning import Asked
from proviso_runtime import errors, pricing
from proviso_runtime.budgets import Budget
from proviso_runtime.ledger import MemoryLedger

_CENT = Decimal("0.000001")


def _paid(subject: Subject, line: Line, params: Params, **options: object) -> object:
    return line.generate_sync(params, **options) if subject.model.job is None else line.submit(params, **options)


def _quoted(subject: Subject, params: Params) -> pricing.Quote:
    """Quote a request as a client with the settings of the tests does."""
    return subject.module.quote(params, **_chosen(subject))


def _chosen(subject: Subject) -> dict[str, object]:
    given = access.settings(subject.provider)
    named = {name for one in prices.priced(subject.model) for name in one.chosen}
    return {name: value for name, value in given.items() if name in named}


def _dear(quote: pricing.Quote) -> Decimal | None:
    return None if quote.most is None else max(quote.most, quote.hold or Decimal(0))


@few(data=st.data())
def test_what_may_cost_too_much_or_nobody_knows_how_much_is_not_sent(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    dear = _dear(_quoted(subject, params))
    clock, ledger = FakeClock(), MemoryLedger()
    mock = ProviderMock(subject, Script(), library=face.library, clock=clock)
    limit = Decimal(1000) if dear is None else dear - _CENT
    if limit < 0:
        return  # it is free
    currency = _quoted(subject, params).currency or "USD"
    with mock():
        line = face.line(subject, clock, ledger=ledger)
        with pytest.raises(errors.TooDear) as refused:
            _paid(subject, line, params, max_cost=limit)
        for options in ({"max_cost": limit}, {"budget": Budget(limit, currency=currency)}):
            with pytest.raises(errors.TooDear):
                _paid(subject, face.line(subject, clock, ledger=ledger, **options), params)
        other = Budget(10**9, currency="XTS")
        with pytest.raises(errors.TooDear):
            _paid(subject, face.line(subject, clock, ledger=ledger, budget=other), params)
    assert mock.sent == []
    assert list(ledger.find()) == []
    assert refused.value.billed is False
    assert refused.value.provider == subject.provider.name
    assert refused.value.quote is not None


@few(data=st.data())
def test_what_a_job_was_to_cost_and_has_cost_stands_in_its_result_and_in_the_ledger(
    job_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(job_subject))
    life = data.draw(transcripts.transcripts(job_subject, params=params, phases=("succeeded",)))
    quote = _quoted(job_subject, params)
    dear, clock, ledger = _dear(quote), FakeClock(), MemoryLedger()
    budget = None if dear is None or quote.currency is None else Budget(dear, currency=quote.currency)
    with ProviderMock(job_subject, life.script(job_subject), library=face.library, clock=clock)():
        line = face.line(job_subject, clock, ledger=ledger, budget=budget)
        job = line.submit(params, max_cost=dear)
        (begun,) = ledger.find()
        if budget is not None:
            assert budget.left == 0
        done = line.wait(job, timeout=1e6)
    (entry,) = ledger.find()
    assert job.quote == done.quote == quote
    assert (begun.state, begun.job_id) == ("accepted", life.id)
    assert (begun.currency, begun.hold, begun.least, begun.most) == (
        quote.currency,
        quote.hold,
        quote.least,
        quote.most,
    )
    delivered = len(line.results(done, job_subject.model.output.kind))
    assert (entry.state, entry.delivered) == ("succeeded", delivered)
    charged = None if done.charge is None else (done.charge.amount, done.charge.by)
    assert (None if entry.charged is None else (entry.charged, entry.charged_by)) == charged
    if done.cost is not None:
        assert charged == (done.cost.amount, "provider")
    else:
        expected = _reckoned(job_subject, params, delivered)
        assert (None if done.charge is None else Fraction(done.charge.amount)) == expected
    if budget is not None:
        assert budget.held == 0
        assert budget.spent == (dear if done.charge is None else done.charge.amount)


def _reckoned(subject: Subject, params: Params, delivered: int) -> Fraction | None:
    """Reckon what is charged for what was delivered, where the documents tell."""
    fit = [one for one in prices.priced(subject.model) if _chosen(subject).items() <= one.chosen.items()]
    for priced in fit[:1]:
        asked = Asked(model=subject.model, price=priced.price, params=params)
        free = dict(asked.free())
        named = str(getattr(priced.price.charge, "formula", ""))
        open_ends = {name for name, (low, high) in free.items() if low != high and f"{name!r}" in named}
        if priced.price.free is not None or open_ends - {"delivered"} or isinstance(priced.price.charge, ir.Unknown):
            return None
        # Where one is all that can be asked for, a formula counts one.
        counted = {} if subject.model.output.count == 1 else {"delivered": Fraction(delivered)}
        return asked.charge({name: low for name, (low, _) in free.items()} | counted)
    return None


@few(data=st.data())
def test_the_ledger_tells_what_was_never_sent_from_what_nobody_knows(
    subject: Subject, face: Face, data: st.DataObject
) -> None:
    name, state = data.draw(st.sampled_from([("ConnectError", "unsent"), ("ReadTimeout", "unknown")]))
    params = data.draw(strategies.params(subject))
    clock, ledger = FakeClock(), MemoryLedger()
    broken = Broken(error=name)
    script = Script(immediate=broken) if subject.model.job is None else Script(submit=broken)
    quote = _quoted(subject, params)
    budget = Budget(10**9, currency=quote.currency or "USD")
    with ProviderMock(subject, script, library=face.library, clock=clock)():
        line = face.line(subject, clock, ledger=ledger, budget=budget, unknown_price="allow")
        with pytest.raises(errors.ProviderError):
            _paid(subject, line, params)
    (entry,) = ledger.find()
    assert entry.state == state
    # What may have been accepted may still cost what was held for it.
    told = [one for one in (quote.most, quote.hold, quote.least) if one is not None]
    assert budget.held == (max(told, default=0) if state == "unknown" else 0)
    assert budget.spent == 0
