"""Rules between parameters: entangled ones are told in bounded time, and each reading of a condition agrees."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from . import building
from .building import Spec

_MOST_SECONDS = 20  # some ten times what it takes
OPTIONAL = {"type": "string", "format": "https-url", "description": "An address."}
MODE = {"type": "string", "enum": ["draw", "edit", "mix"], "default": "draw", "description": "The mode."}
COUNT = {"type": "integer", "minimum": 1, "maximum": 9, "default": 2, "description": "How many."}
TILE = {"type": "boolean", "description": "Whether edges meet."}


def test_many_entangled_rules_are_looked_at_in_bounded_time(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(120)]
    windows = [names[at : at + 9] for at in range(110)]
    rules: list[Spec] = [{how: window} for window in windows for how in ("at_most_one", "at_least_one")]
    rules += [{"when": {one: {"given": True}}, "forbid": [other]} for one, other in itertools.pairwise(names[::7])]
    spec = building.model(dict.fromkeys(names, OPTIONAL), rules=rules)
    start = time.process_time()
    building.complaints(building.write(tmp_path, {building.MODEL: spec}))
    assert time.process_time() - start < _MOST_SECONDS


URLS = {"type": "array", "items": {"type": "string", "format": "https-url"}, "maxItems": 6, "description": "Urls."}
SIZE = {"type": "string", "size": {"separators": ["x"], "tiers": ["2K"]}, "description": "A size."}
LENGTH = {
    "type": "string",
    "quantity": {"unit": "s", "minimum": 5, "maximum": 10, "multipleOf": 5},
    "description": "Time.",
}
SPEED = {"type": "number", "enum": [Decimal("0.5"), 1, Decimal("1.5")], "description": "How fast."}
EVERYTHING: Spec = {
    "mode": MODE, "n": COUNT, "tile": TILE, "other": OPTIONAL, "urls": URLS, "size": SIZE, "length": LENGTH, "speed": SPEED,
}  # fmt: skip

names = st.sampled_from([*EVERYTHING, "prompt", "heigth"])
some_names = st.lists(names, min_size=1, max_size=3, unique=True)
scalars = st.sampled_from(["edit", "2K", "16x9", 0, 3, -1, 10**30, 2.5, True])
bounds = st.dictionaries(st.sampled_from(["minimum", "maximum", "multipleOf"]), st.integers(1, 2**40), min_size=1)
tests = scalars | st.fixed_dictionaries({"given": st.booleans()}) | st.fixed_dictionaries({"minimum": st.integers()})
conditions = st.dictionaries(names, tests, min_size=1, max_size=2)
limits = st.dictionaries(
    names,
    st.dictionaries(st.sampled_from(["minimum", "maximum", "exclusiveMaximum", "minLength", "maxItems"]),
                    st.integers(0, 10**6), min_size=1, max_size=2)
    | st.fixed_dictionaries({"enum": st.lists(scalars, min_size=1, max_size=2, unique=True)}),
    min_size=1, max_size=2,
)  # fmt: skip
sized = st.fixed_dictionaries(
    {"of": st.lists(names, min_size=1, max_size=2, unique=True)},
    optional={
        "side": bounds, "width": bounds,
        "area": st.fixed_dictionaries({"minimum": st.integers(1, 2**50)}),
        "ratio": st.fixed_dictionaries({"maximum": st.sampled_from(["1:3", "16:9"])}),
        "sizes": st.lists(st.sampled_from(["16x9", "0x5", "512x512"]), min_size=1, unique=True),
    },
)  # fmt: skip
forms = {
    **dict.fromkeys(("require", "forbid", "ignored", "at_most_one", "exactly_one", "sum", "equal_counts"), some_names),
    "limit": limits, "sets": st.dictionaries(names, scalars, min_size=1, max_size=2), "pixels": sized,
    "any_of": st.lists(st.fixed_dictionaries({"limit": limits}) | st.fixed_dictionaries({"pixels": sized}), min_size=2, max_size=3),
    "maximum": st.integers(), "when": conditions, "unless": conditions,
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.fixed_dictionaries({}, optional=forms), min_size=1, max_size=3))
def test_rules_of_any_sort_are_told_or_complained_of(
    tmp_path_factory: pytest.TempPathFactory, rules: list[Spec]
) -> None:
    folder = tmp_path_factory.mktemp("rules")
    building.write(folder, {building.MODEL: building.model({"prompt": building.prompt(), **EVERYTHING}, rules=rules)})
    if not building.complaints(folder):
        assert building.files(folder)


CONDITIONS: list[Spec] = [
    {"when": {"mode": "edit"}},
    {"when": {"mode": ["draw", "mix"]}},
    {"unless": {"mode": "draw"}},
    {"when": {"n": {"minimum": 3}}},
    {"when": {"n": {"exclusiveMinimum": 1, "exclusiveMaximum": 3}}},
    {"unless": {"n": {"maximum": 2}}},
    {"when": {"tile": True}},
    {"unless": {"tile": True}},
    {"unless": {"tile": [True, False]}},
    {"when": {"other": {"given": True}}},
    {"unless": {"other": {"given": True}}},
    {"when": {"other": {"given": False}}},
    {"when": {"mode": "edit"}, "unless": {"n": {"minimum": 3}, "tile": False}},
]


def requests() -> list[Spec]:
    axes: list[list[Spec]] = [
        [{}, {"mode": "draw"}, {"mode": "edit"}, {"mode": "mix"}],
        [{}, {"n": 1}, {"n": 2}, {"n": 3}, {"n": 3.0}],
        [{}, {"tile": True}, {"tile": False}],
        [{}, {"other": "https://a.example"}],
    ]
    return [{"prompt": "a hat", **one, **two, **three, **four} for one, two, three, four in itertools.product(*axes)]


def meant(condition: Spec, params: Spec) -> bool:
    """Say by the words of the language whether a condition holds."""
    counted = {"mode": "draw", "n": 2, **params}

    def test(name: str, wanted: Any) -> bool:
        match wanted:
            case {"given": bool(given)}:
                return (name in params) is given
            case dict():
                number: float = counted[name]
                least, above = wanted.get("minimum", number), wanted.get("exclusiveMinimum", number - 1)
                most, below = wanted.get("maximum", number), wanted.get("exclusiveMaximum", number + 1)
                return bool(least <= number <= most and above < number < below)
            case _:
                listed = wanted if isinstance(wanted, list) else [wanted]
                return counted.get(name) in listed

    when = all(test(*one) for one in condition.get("when", {}).items())
    return when and not ("unless" in condition and all(test(*one) for one in condition["unless"].items()))


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_a_condition_holds_in_checks_and_schema_where_the_language_says_so(condition: Spec, tmp_path: Path) -> None:
    parameters = {
        "prompt": building.prompt(),
        "mode": MODE,
        "n": COUNT,
        "tile": TILE,
        "other": OPTIONAL,
        "hook": OPTIONAL,
    }
    spec = building.model(parameters, rules=[{**condition, "require": ["hook"]}])
    with building.imported_model(tmp_path, spec) as model:
        schema = Draft202012Validator(model.SCHEMA)
        for params in requests():
            expected = meant(condition, params)
            assert bool(model.violations(params)) is expected, params
            assert schema.is_valid(params) is not expected, params


@pytest.mark.parametrize(
    ("rule", "params", "at", "message"),
    [
        ({"when": {"mode": "edit"}, "limit": {"n": {"maximum": 3}}}, {"mode": "edit", "n": 4}, "/n",
         "when mode is edit, 4 is more than 3, the most allowed"),
        ({"when": {"mode": "edit"}, "limit": {"length": {"enum": ["5s"]}}}, {"mode": "edit", "length": "10s"}, "/length",
         'when mode is edit, "10s" is none of 5s'),
        ({"when": {"mode": "edit"}, "limit": {"speed": {"enum": [1, Decimal("1.5")]}}}, {"mode": "edit", "speed": 0.5},
         "/speed", "when mode is edit, 0.5 is none of 1, 1.5; the nearest is 1"),
        ({"when": {"mode": "edit"}, "sets": {"n": 3}}, {"mode": "edit", "n": 4}, "/n",
         "when mode is edit, it is 3 and not 4; leave it out, or send that"),
        ({"exactly_one": ["tile", "other"]}, {}, "", "none is given: exactly one of tile, other must be given"),
        ({"exactly_one": ["tile", "other"]}, {"tile": True, "other": "https://a.example"}, "/other",
         "is one too many: exactly one of tile, other must be given"),
        ({"all_or_none": ["tile", "other"]}, {"other": "https://a.example"}, "/tile",
         "is missing: of tile, other all must be given, or none"),
        ({"unless": {"mode": "edit"}, "forbid": ["tile"]}, {"tile": True}, "/tile",
         "is not allowed when mode is not edit; leave it out"),
        ({"when": {"mode": "edit"}, "ignored": ["tile"], "advice": "It is drawn flat."}, {"mode": "edit", "tile": True},
         "/tile", "is ignored when mode is edit (advice: It is drawn flat)"),
        ({"sum": ["n", "urls"], "maximum": 9}, {"n": 9, "urls": ["https://a.example"]}, "/n",
         "the sum of n, urls is 10; it must be at most 9"),
        ({"product": ["n", "urls"], "maximum": 9}, {"urls": ["https://a.example"] * 5}, "/urls",
         "the product of n, urls is 10; it must be at most 9"),
        ({"when": {"tile": {"given": True}}, "equal_counts": ["urls", "more"]}, {"tile": True, "more": ["https://a.example"]},
         "/more", "urls has 0, more has 1; they must have as many items as one another when tile is given"),
    ],
)  # fmt: skip
def test_a_broken_rule_says_what_would_be_right(
    rule: Spec, params: Spec, at: str, message: str, tmp_path: Path
) -> None:
    parameters = {**EVERYTHING, "more": URLS}
    with building.imported_model(tmp_path, building.model(parameters, rules=[rule])) as model:
        assert [(one.at, one.message) for one in model.violations(params)] == [(at, message)]


def test_a_rule_about_values_is_silent_where_a_value_breaks_its_own_limits(tmp_path: Path) -> None:
    urls = {"type": "array", "items": {"type": "string", "format": "https-url"}, "maxItems": 2, "description": "Urls."}
    spec = building.model({"n": COUNT, "urls": urls}, rules=[{"sum": ["n", "urls"], "maximum": 9}])
    with building.imported_model(tmp_path, spec) as model:
        assert [one.rule for one in model.violations({"n": 20})] == ["maximum"]
        assert [one.rule for one in model.violations({"n": 9, "urls": ["https://a.example", "no"]})] == ["format"]
