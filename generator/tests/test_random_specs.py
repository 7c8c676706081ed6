"""Whatever spec is accepted, its code is right: it agrees with JSON Schema, and every type checker is silent."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from proviso.lint import limits
from proviso_runtime.errors import RequestInvalid

from . import building, random_kinds, random_params, random_rules, random_specs, read_by_hand
from .building import Spec

GENERATOR = Path(__file__).parents[1]
# What ruff has against the texts of a spec and not against the code around them: backslashes, small letters, foreign
# letters, lines too long for one line of a docstring, words that look like code; a parameter named like something of Python.
ABOUT_TEXTS = "A002,D205,PLC2401,D209,D301,D400,D403,D415,ERA001,RUF001,RUF002,RUF003"
# An example generates and imports a package: shrinking one would take minutes, and the assertions say what they need.
SLOW = settings(
    max_examples=50,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(random_specs.models(), st.data())
def test_checks_and_json_schema_agree_on_every_request(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Spec, Spec], data: st.DataObject
) -> None:
    shared, spec = drawn
    reading = read_by_hand.Reading(shared, spec)
    with (
        building.imported_model(tmp_path_factory.mktemp("random"), spec, shared) as model,
        mock.patch("uuid.uuid4", return_value=read_by_hand.FRESH),
    ):
        Draft202012Validator.check_schema(model.SCHEMA)
        schema = EXACT(model.SCHEMA)
        assert hasattr(model, "to_request") == reading.is_more_than_a_body
        for _ in range(12):
            asked = data.draw(random_params.params(spec["parameters"]))
            found = [one for one in model.violations(reading.spelled(asked)) if one.severity == "error"]
            beside = reading.beside(asked)
            try:
                body = read_by_hand.body_of(shared, spec, asked)
            except read_by_hand.Unsayable:
                assert found, asked
                continue
            if (most := read_by_hand.most(spec)) > 1:
                body = body * data.draw(st.integers(1, most))  # what is right or wrong of one is so of several
            in_schema = [one for one in found if reading.is_said(one)]
            assert (in_schema == []) == schema.is_valid(body), (asked, body, found)
            assert_reads_as(model, body, beside, valid=all(map(reading.is_no_member, found)))
            if not found:
                assert_round_trip(model, reading, asked)
            changed = data.draw(random_params.junk) if data.draw(st.integers(0, 9)) == 0 else _changed(data, body)
            refused = read(model, changed, {})
            broken = [one for one in refused if one.severity == "error" and reading.is_said(one, within=True)]
            assert (broken == []) == schema.is_valid(changed), (changed, broken)


def assert_round_trip(model: Any, reading: read_by_hand.Reading, asked: Spec) -> None:
    """Write valid params, and read them again."""
    shared, spec, params = reading.shared, reading.spec, reading.spelled(asked)
    sent = reading.sent(asked)
    expected = json.dumps(_whole(read_by_hand.body_of(shared, spec, sent), model.SCHEMA))
    assert json.dumps(model.to_body(params)) == expected
    assert model.from_body(model.to_body(params), **reading.beside(sent)) == reading.spelled(sent)
    model.quote(params)
    if reading.is_more_than_a_body:
        request = model.to_request(params)
        assert json.dumps(request.body) == expected
        assert request.encoding == spec.get("request", {}).get("encoding", "json")
        whole = reading.whole(sent)
        for carrier, texts in (("path", request.path), ("query", request.query), ("headers", request.headers)):
            assert texts == read_by_hand.carried(shared, spec, whole, carrier)


@SLOW
@given(random_specs.models(), st.data())
def test_lint_and_checks_agree_on_every_value(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Spec, Spec], data: st.DataObject
) -> None:
    shared, spec = drawn
    folder = tmp_path_factory.mktemp("random")
    with building.imported_model(folder, spec, shared) as model:
        ((read_model,),) = (provider.models for provider in building.accepted(folder / "specs"))
        for parameter in read_model.parameters:
            for _ in range(4):
                drawn_value = random_kinds.values(spec["parameters"][parameter.wire]).map(random_params.plain)
                near = random_params.near_misses | random_kinds.near_misses
                value = data.draw(drawn_value | random_params.junk | near | st.booleans())
                found = [
                    one
                    for one in model.violations({parameter.name: value})
                    if one.at.count("/") > 1 or one.rule not in ("required", *random_rules.WORDS)
                    if one.severity == "error"
                ]
                breach = limits.breach(parameter.kind, random_params.exact(value))
                assert (breach is None) == (found == []), (parameter.kind, value, breach, found)


def assert_reads_as(model: Any, body: Any, beside: Spec, *, valid: bool) -> None:
    found = read(model, body, beside)
    assert (found == ()) == valid, (body, found)


def read(model: Any, body: Any, beside: Spec) -> tuple[Any, ...]:
    try:
        model.from_body_many(body) if hasattr(model, "from_body_many") else model.from_body(body, **beside)
    except RequestInvalid as invalid:
        return tuple(invalid.violations) or ("refused without a violation",)
    return ()


def _changed(data: st.DataObject, body: Any) -> Any:
    """Put something else at one place of a body, or take it away."""
    if isinstance(body, list):
        if not body or data.draw(st.integers(0, 3)) == 0:
            return data.draw(st.sampled_from([[], body[1:], [*body, {}], [*body, 1], body[:-1]]))
        at = data.draw(st.integers(0, len(body) - 1))
        item = body[at]
        return [*body[:at], _changed(data, item) if isinstance(item, dict | list) else 0, *body[at + 1 :]]
    if not body:
        return {"other": 1}
    key = data.draw(st.sampled_from(list(body)))
    if isinstance(body[key], dict | list) and data.draw(st.booleans()):
        return {**body, key: _changed(data, body[key])}
    if isinstance(body[key], int) and abs(body[key]) < 2**53 and data.draw(st.booleans()):
        return {**body, key: float(body[key])}
    if data.draw(st.booleans()):
        return {name: value for name, value in body.items() if name != key}
    return {**body, key: data.draw(random_params.junk)}


def _whole(value: Any, schema: Any) -> Any:
    """Write integers as integers, by the schema of the body."""
    for several in ("anyOf", "oneOf"):
        if "type" not in schema and several in schema:
            return _whole(value, next(arm for arm in schema[several] if EXACT(arm).is_valid(value)))
    match value:
        case int() | float() if "integer" in schema.get("type", ()) and not isinstance(value, bool):
            return int(value)
        case list():
            each = schema.get("prefixItems") or itertools.repeat(schema.get("items"))
            return [_whole(one, inner) for one, inner in zip(value, each, strict=False)]
        case dict():
            # In the order of the layout, which is that of the schema.
            return {name: _whole(value[name], one) for name, one in schema["properties"].items() if name in value}
        case _:
            return value


def _multiple_of(_: Any, step: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    # The library divides floats, for which 0.3 is no multiple of 0.1.
    if isinstance(value, int | float) and not isinstance(value, bool) and Fraction(str(value)) % Fraction(str(step)):
        yield ValidationError("no multiple")


EXACT: Any = validators.create(
    meta_schema=Draft202012Validator.META_SCHEMA,
    validators={**Draft202012Validator.VALIDATORS, "multipleOf": _multiple_of},
    type_checker=Draft202012Validator.TYPE_CHECKER,
)


@pytest.fixture(scope="session")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate one package of many random specs."""
    folder = tmp_path_factory.mktemp("forest")
    drawn: list[tuple[Spec, Spec]] = []

    @settings(
        max_examples=15,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(random_specs.models())
    def draw(one: tuple[Spec, Spec]) -> None:
        drawn.append(one)

    draw()
    for number, (shared, spec) in enumerate(drawn, 1):
        name = f"acme-{number}"
        building.write(folder / "specs", {building.MODEL: spec}, {**shared, "provider": name}, name=name)
    for file in building.files(folder / "specs"):
        target = folder / "out" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.text.encode())
    return folder / "out"


def _report(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_mypy_is_silent(forest: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir=.mypy_cache", "clients"]
    assert _report(command, forest, MYPYPATH=str(GENERATOR)) == ""


def test_basedpyright_is_silent(forest: Path) -> None:
    strict = {
        "include": ["clients"],
        "extraPaths": [str(GENERATOR), "."],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    (forest / "pyrightconfig.json").write_text(json.dumps(strict), "utf-8")
    assert _report([sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable], forest) == ""


def test_ruff_finds_nothing_by_the_rules_of_the_project(forest: Path) -> None:
    settings_file = GENERATOR.parent / "pyproject.toml"
    options = [
        "--no-cache",
        "--output-format",
        "concise",
        "--config",
        str(settings_file),
        "--extend-ignore",
        ABOUT_TEXTS,
    ]
    assert _report([sys.executable, "-m", "ruff", "check", *options, "clients"], forest) == ""
