"""A run never spends more than its cap, whatever the provider takes, and stops when refusals cost something."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proviso.conform import costs, planning, stated
from proviso.conform.spending import Budget
from proviso.mock import faults

from . import alterations, asked

CAPS = st.integers(0, 700).map(lambda thousandths: Decimal(thousandths) / 1000)
OTHERWISE = {
    name: [
        None,
        *(one.provider for one in alterations.of(asked.PROVIDERS[name]) if "limit" in one.kind or "other" in one.kind),
    ]
    for name in asked.OURS
}


@settings(max_examples=8, deadline=None)
@given(name=st.sampled_from(asked.OURS), cap=CAPS, data=st.data())
def test_a_run_spends_no_more_than_its_cap_whatever_is_taken(name: str, cap: Decimal, data: st.DataObject) -> None:
    altered = data.draw(st.sampled_from(OTHERWISE[name]))

    heard = asked.run(asked.PROVIDERS[name], altered, cap=cap)

    assert heard.charged <= cap
    assert heard.charged <= heard.outcome.budget.spent <= cap


def test_what_nobody_knows_the_price_of_is_too_dear() -> None:
    heard = asked.run(asked.PROVIDERS["segmind"], assumed=None)

    assert heard.charged == 0
    assert {one.probe for one in heard.outcome.known if one.standing == "confirmed"}
    assert any("--assume-price" in one.evidence for one in heard.outcome.known)


@pytest.mark.parametrize("name", asked.OURS)
def test_without_money_nothing_is_sent_that_could_cost_some(name: str) -> None:
    heard = asked.run(asked.PROVIDERS[name], cap=Decimal(0), assumed=Decimal(1))

    (books,) = heard.mock.books().values()
    assert "submit" not in books["requests"]["by_call"]
    assert heard.outcome.asked >= 3


def test_a_run_stops_at_the_first_refusal_that_is_billed() -> None:
    heard = asked.run(asked.PROVIDERS["segmind"], faults=(faults.parse("submit:billed"),))

    assert heard.denied == {"segmind errors.billed"}
    assert any("billed" in reason for reason in heard.outcome.stops)
    assert heard.charged == heard.outcome.budget.spent == Decimal("0.01")


@pytest.mark.parametrize("fault", ["submit:lost", "submit:half", "submit:502", "submit:garbage", "any:429"])
def test_what_may_have_been_taken_counts_as_spent(fault: str) -> None:
    heard = asked.run(asked.PROVIDERS["apixo"], cap=Decimal("0.2"), faults=(faults.parse(fault),))

    assert heard.denied == set()
    assert heard.charged <= heard.outcome.budget.spent <= Decimal("0.2")


def test_a_budget_puts_aside_what_a_request_may_cost() -> None:
    budget = Budget(cap=Decimal("0.10"), currency="USD")

    first = budget.reserve(Decimal("0.08"))

    assert budget.hindrance(Decimal("0.03")) == "it may cost 0.03 USD, and 0.02 of 0.10 are left"
    budget.settle(first, Decimal("0.02"))
    assert budget.hindrance(Decimal("0.08")) is None
    assert budget.hindrance(None) is not None
    with pytest.raises(ValueError, match="too dear"):
        budget.reserve(Decimal("0.09"))


@pytest.mark.parametrize("name", ["mosaic", "tally"])
def test_what_is_too_long_counts_with_all_that_it_is(name: str) -> None:
    provider = asked.PROVIDERS[name]
    plan = planning.plan(stated.subjects(provider), stated.facts(provider), "USD")
    long = [one for one in plan.free if (one.broken or "").endswith(("maxLength", "maxItems"))]

    for probe in long:
        counted = costs.most(probe.subject, probe.params or {}, "USD")
        assert counted is None or (probe.most is not None and counted <= probe.most)

    assert long
