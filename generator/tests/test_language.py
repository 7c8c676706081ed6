"""The JSON Schema of the language: closed, explained key by key, and without loose ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from proviso import shape
from proviso.load import load_folders

ROOT = Path(__file__).parents[2]
LANGUAGE = ROOT / "generator" / "proviso" / "language"
SCHEMAS = tuple(sorted(file.name for file in LANGUAGE.iterdir()))
ANSWERED = {
    "type", "enum", "required", "additionalProperties", "propertyNames", "pattern", "uniqueItems", "not", "minimum",
    "maximum", "exclusiveMinimum", "minItems", "maxItems", "minProperties", "maxProperties", "dependencies",
}  # fmt: skip
"""Keywords that have words of their own in `shape`."""
SILENT = {
    "$schema", "$ref", "title", "description", "examples", "errorMessage", "patternErrorMessage", "definitions",
    "properties", "items", "if", "then", "else", "allOf", "const", "contains",
}  # fmt: skip


def nodes(schema: object) -> Iterator[dict[str, object]]:
    """Give every schema inside a schema; an `if` only asks and has nothing to explain."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key, value in schema.items():
        if key in ("properties", "definitions", "dependencies"):
            for member in value.values():
                yield from nodes(member)
        elif key in ("items", "additionalProperties", "propertyNames", "then", "else", "not"):
            yield from nodes(value)
        elif key == "allOf":
            for member in value:
                yield from nodes(member)


def schema_of(name: str) -> object:
    return json.loads((LANGUAGE / name).read_text("utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_meta_schema_is_draft_07(name: str) -> None:
    schema = schema_of(name)
    assert isinstance(schema, dict)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_explained(name: str) -> None:
    bare = [
        key
        for node in nodes(schema_of(name))
        for key, member in dict_of(node.get("properties")).items()
        if not str(dict_of(member).get("description", "")).strip().endswith(".")
    ]
    assert bare == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_mapping_is_closed_and_has_a_name(name: str) -> None:
    for node in nodes(schema_of(name)):
        if node.get("type") == "object":
            assert "title" in node
            assert "additionalProperties" in node or node["title"] == "body", node["title"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_keyword_has_words(name: str) -> None:
    for node in nodes(schema_of(name)):
        assert set(node) <= ANSWERED | SILENT
        assert ("pattern" in node) == ("patternErrorMessage" in node)
        assert "not" not in node or "errorMessage" in node


def test_every_definition_is_used_and_every_reference_leads_somewhere() -> None:
    defined = {f"{name}#/definitions/{key}" for name in SCHEMAS for key in definitions(name)}
    used: set[str] = set()
    for name in SCHEMAS:
        for node in nodes(schema_of(name)):
            if isinstance(node.get("$ref"), str):
                file, _, pointer = str(node["$ref"]).partition("#")
                used.add(f"{file or name}#{'/'.join(pointer.split('/')[:3])}")
    assert used == defined


def dict_of(value: object) -> dict[str, object]:
    return {str(key): member for key, member in value.items()} if isinstance(value, dict) else {}


def definitions(name: str) -> dict[str, object]:
    return dict_of(dict_of(schema_of(name)).get("definitions"))


def test_the_specs_have_the_right_shape() -> None:
    folders, complaints = load_folders(ROOT / "specs", shown="specs")
    assert complaints == ()
    assert len(folders) >= 3
    for folder in folders:
        assert shape.provider(folder.provider) == ()
        for model in folder.models:
            assert shape.model(model) == ()


def test_every_spec_names_its_schema_for_editors() -> None:
    for path in (ROOT / "specs").glob("*/*.yaml"):
        kind = "provider" if path.name == "provider.yaml" else "model"
        first = path.read_text("utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).resolve() == LANGUAGE / f"{kind}.schema.json"
