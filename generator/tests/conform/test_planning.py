"""What is planned: everything that can be shown, the free first, little money for much."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from proviso.conform import demands, planning, probes, samples, stated
from proviso.oracle import wire_reading

from . import asked

SLOW = ("tally",)
"""Providers whose prices are there to be hard to reckon."""
NAMES = [name for name in asked.PROVIDERS if name not in SLOW]


@cache
def _plan(name: str) -> planning.Plan:
    provider = asked.PROVIDERS[name]
    return planning.plan(stated.subjects(provider), stated.facts(provider), "USD")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_shows_every_value_and_limit_that_a_request_can_show(name: str) -> None:
    provider = asked.PROVIDERS[name]
    facts = stated.facts(provider)
    subjects = {one.subject: one.subject for one in _plan(name).all}

    plan = _plan(name)

    shown = {fact for one in plan.paid for fact in one.facts}
    possible = {
        fact
        for subject in subjects
        for one in demands.of(subject)
        if samples.changed(subject, samples.usual(subject), one.held) is not None
        for fact in one.facts
        if fact in facts and planning.is_shown(facts[fact])
    }
    assert possible <= shown


@pytest.mark.parametrize("name", NAMES)
def test_paid_requests_are_right_and_mutants_break_one_rule_each(name: str) -> None:
    plan = _plan(name)

    assert all(wire_reading.broken(one.subject.model, one.params or {}) == () for one in plan.paid)
    mutants = [one for one in plan.free if one.asking == "mutant"]
    assert all(len(wire_reading.broken(one.subject.model, one.params or {})) == 1 for one in mutants)
    assert len({one.broken for one in mutants}) == len(mutants)
    assert all(one.cost == 0 for one in plan.free)


@pytest.mark.parametrize("name", asked.OURS)
def test_a_plan_is_the_same_every_time(name: str) -> None:
    provider = asked.PROVIDERS[name]
    plans = [_plan(name), planning.plan(stated.subjects(provider), stated.facts(provider), "USD")]

    assert [one.id for one in plans[0].all] == [one.id for one in plans[1].all]
    assert len({one.id for one in plans[0].all}) == len(plans[0].all)


def test_the_first_image_shows_much_and_each_row_of_the_size_table_is_seen_once() -> None:
    plan = _plan("apixo")

    first, second, *_ = plan.paid
    assert first.cost == second.cost == Decimal("0.032")
    assert len(first.facts) >= 15
    rows = [one.facts for one in plan.paid if any(" sizes[" in fact for fact in one.facts)]
    assert len(rows) == 16
    assert sum(one.cost or 0 for one in plan.paid) < 1


def test_a_mutant_that_asks_for_more_may_cost_more() -> None:
    provider = asked.PROVIDERS["apixo"]
    (subject,) = stated.subjects(provider)

    most = {one.broken: one.most for one in probes.mutants(subject, samples.usual(subject), "USD")}

    assert most["apixo/seedream-5-0 parameters.max_images.maximum"] == Decimal("0.352")
    assert most["apixo/seedream-5-0 parameters.max_images.required"] == Decimal("0.32")
    assert most["apixo/seedream-5-0 parameters.mode.enum"] == Decimal("0.032")


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_has_a_place_in_its_spec_and_a_kind_that_is_explained(name: str) -> None:
    provider = asked.PROVIDERS[name]
    facts = stated.facts(provider)

    assert all(one.place.path.endswith(".yaml") for one in facts.values())
    files = {provider.path, *(model.path for model in provider.models)}
    assert {one.place.path for one in facts.values()} <= files
    assert {doubt.id for doubt in provider.doubts} <= {key.rpartition("doubts.")[2] for key in facts}
