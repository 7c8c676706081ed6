"""Whatever differs between two specs is told, and what means the same is not."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

from proviso import comparing, ir
from proviso.comparing import reach, walk

from . import building
from .altering import altered
from .spec_pairs import BASE

CASES = Path(__file__).parent / "cases"
SAMPLE = 80


def folders() -> list[Path]:
    return [BASE, *(CASES / name / "specs" for name in ("every_keyword", "providers"))]


def told(old: ir.Provider, new: ir.Provider) -> tuple[comparing.Change, ...]:
    return comparing.compare((old,), (new,))


def test_every_fact_of_a_small_spec_is_told_when_it_is_another() -> None:
    (provider,) = building.accepted(BASE)
    silent = [way for way, other in altered(provider) if not told(provider, other)]
    assert not silent


@pytest.mark.parametrize("folder", folders()[1:], ids=lambda one: one.parent.name)
def test_a_sample_of_the_facts_of_every_kind_of_spec_is_told_when_they_are_others(folder: Path) -> None:
    providers = building.accepted(folder)
    ways = list(chain.from_iterable(((one, *found) for found in altered(one)) for one in providers))
    sample = random.Random(7).sample(ways, SAMPLE)
    assert not [way for old, way, new in sample if not told(old, new)]


@pytest.mark.parametrize("folder", folders(), ids=lambda one: one.parent.name)
def test_a_spec_that_is_read_twice_has_no_changes(folder: Path) -> None:
    assert comparing.compare(building.accepted(folder), building.accepted(folder)) == ()


@pytest.mark.parametrize("folder", folders(), ids=lambda one: one.parent.name)
def test_the_order_of_independent_facts_means_nothing_to_users(folder: Path) -> None:
    for old in building.accepted(folder):
        turned = tuple(
            dataclasses.replace(
                one,
                parameters=one.parameters[::-1],
                rules=one.rules[::-1],
                sizes=one.sizes and dataclasses.replace(one.sizes, rows=one.sizes.rows[::-1]),
                replies=one.replies[::-1],
                witnesses=one.witnesses[::-1],
                doubts=one.doubts[::-1],
                headers=one.headers[::-1],
            )
            for one in old.models[::-1]
        )
        new = dataclasses.replace(old, models=turned, settings=old.settings[::-1], sources=old.sources[::-1])
        assert {one.means for one in told(old, new)} <= {"information"}


def test_what_models_share_is_told_once() -> None:
    (provider,) = (one for one in building.accepted(CASES / "providers" / "specs") if one.name == "lattice")
    assert provider.job is not None
    job = dataclasses.replace(provider.job, id="$.elsewhere")
    models = tuple(dataclasses.replace(one, job=job if one.job == provider.job else one.job) for one in provider.models)
    (change,) = told(provider, dataclasses.replace(provider, job=job, models=models))
    assert change.subjects[0] == "lattice"
    assert len(change.subjects) > 1


def test_what_no_model_goes_by_breaks_nobody() -> None:
    (provider,) = building.accepted(BASE)
    assert provider.job is not None
    job = dataclasses.replace(provider.job, id="$.elsewhere")
    (change,) = told(provider, dataclasses.replace(provider, job=job))
    assert change.means == "information"
    assert change.consequence.startswith("no model goes by it")


def test_a_model_that_is_named_otherwise_is_told_by_its_id() -> None:
    (provider,) = building.accepted(BASE)
    renamed = dataclasses.replace(provider.models[0], name="moving")
    (change,) = told(provider, dataclasses.replace(provider, models=(renamed,)))
    assert (change.means, change.at, change.new) == ("breaking", "name", "moving")


def test_providers_and_models_come_and_go() -> None:
    (provider,) = building.accepted(BASE)
    assert [one.means for one in comparing.compare((), (provider,))] == ["compatible"]
    assert [one.means for one in comparing.compare((provider,), ())] == ["breaking"]
    assert [one.means for one in told(provider, dataclasses.replace(provider, models=()))] == ["breaking"]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (1, Decimal("1.0"), True),
        (1, True, False),
        ((0,), (False,), False),
        ({"a": 1}, {"a": True}, False),
        (None, (), False),
    ],
)
def test_values_that_are_one_are_alike(one: object, other: object, *, said: bool) -> None:
    assert walk.alike(one, other) is said


INTEGER = ir.Integer(minimum=1, maximum=9)


@pytest.mark.parametrize(
    ("wide", "narrow", "said"),
    [
        (ir.Number(), INTEGER, True),
        (ir.Number(minimum=Decimal(1), maximum=Decimal(9)), INTEGER, True),
        (ir.Number(maximum=Decimal(8)), INTEGER, False),
        (ir.Number(exclusive_minimum=Decimal(1)), INTEGER, False),
        (ir.Number(minimum=Decimal(0)), ir.Integer(), False),
        (ir.Number(multiple_of=Decimal("0.5")), INTEGER, False),
        (ir.Text(max_length=3), ir.Choice(values=("abc", "de")), True),
        (ir.Text(max_length=2), ir.Choice(values=("abc", "de")), False),
        (ir.Text(), ir.Url(schemes=("https",)), True),
        (ir.Text(), INTEGER, False),
        (ir.Union(arms=(ir.Text(), INTEGER)), INTEGER, True),
        (ir.Union(arms=(ir.Text(), INTEGER)), ir.Flag(), False),
        (ir.Choice(values=(1, 2)), ir.Only(value=2), True),
        (ir.Choice(values=(1, 2)), ir.Only(value=True), False),
        (ir.Flag(), ir.Only(value=True), True),
    ],
)
def test_a_kind_covers_another_only_where_that_is_certain(wide: ir.Kind, narrow: ir.Kind, *, said: bool) -> None:
    assert reach.covers(wide, narrow) is said
