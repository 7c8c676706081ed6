"""Templates say what they need, decide nothing, and know no provider."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import meta, nodes

from proviso import render

GENERATOR = Path(__file__).parents[1]
SPECS = GENERATOR.parent / "specs"
FOLDER = GENERATOR / "proviso" / "templates"
TEMPLATES = sorted(path.name for path in FOLDER.iterdir())
OWN = [name for name in TEMPLATES if not name.startswith("_")]
PARTIALS = [name for name in TEMPLATES if name.startswith("_")]
_FIRST = re.compile(r"\{# context: (?P<module>[a-z_.]+)\.(?P<name>[A-Za-z]+) #\}")


def parsed(name: str) -> nodes.Template:
    return render.environment().parse((FOLDER / name).read_text("utf-8"))


def context_fields(name: str) -> set[str]:
    first = (FOLDER / name).read_text("utf-8").split("\n", 1)[0]
    found = _FIRST.fullmatch(first)
    assert found, f"the first line of {name} names its context"
    context = getattr(importlib.import_module(f"proviso.{found['module']}"), found["name"])
    return {field.name for field in dataclasses.fields(context)}


def mentioned(name: str) -> set[str]:
    """What a template and the partials that it includes take from outside."""
    tree = parsed(name)
    bound = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    included = [one for one in meta.find_referenced_templates(tree) if one is not None]
    inner = {word for partial in included for word in mentioned(partial)} - bound
    return meta.find_undeclared_variables(tree) | inner


@pytest.mark.parametrize("name", OWN)
def test_a_template_mentions_its_context_and_all_of_it(name: str) -> None:
    assert mentioned(name) == context_fields(name)


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_is_included(name: str) -> None:
    assert any(name in meta.find_referenced_templates(parsed(other)) for other in TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_short(name: str) -> None:
    assert len((FOLDER / name).read_text("utf-8").splitlines()) <= 120


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_two_filters_and_builds_no_strings(name: str) -> None:
    tree = parsed(name)
    assert {one.name for one in tree.find_all(nodes.Filter)} <= {"python", "doc"}
    assert not list(tree.find_all((nodes.Concat, nodes.Add, nodes.Mod, nodes.Call, nodes.Assign, nodes.AssignBlock)))


def test_every_emitter_has_a_template_and_the_other_way_round() -> None:
    emitters = "\n".join(path.read_text("utf-8") for path in (GENERATOR / "proviso" / "emitters").glob("*.py"))
    assert set(re.findall(r'render\("([^"]+)"', emitters)) == set(OWN)


def own_files() -> Iterator[Path]:
    for package in ("proviso", "proviso_runtime"):
        for path in (GENERATOR / package).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".jinja", ".json"):
                yield path


def provider_names() -> set[str]:
    names: set[str] = set()
    for path in SPECS.glob("*/provider.yaml"):
        spec = yaml.safe_load(path.read_text("utf-8"))
        names |= {path.parent.name.casefold(), spec["provider"].casefold(), spec["title"].casefold()}
    return names


@pytest.mark.parametrize("path", list(own_files()), ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_neither_tool_nor_runtime_names_a_provider(path: Path) -> None:
    words = set(re.findall(r"\w+", path.read_text("utf-8").casefold()))
    assert words & provider_names() == set()
