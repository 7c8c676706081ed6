"""The case `every_keyword` has every key of the language, so that none is without a spec that uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, validators
from referencing import Registry
from referencing.jsonschema import DRAFT7

from proviso.load import load

from .rewrite_cases import CASES

LANGUAGE = Path(__file__).parents[1] / "proviso" / "language"
SCHEMAS: dict[str, Any] = {path.name: json.loads(path.read_text("utf-8")) for path in LANGUAGE.glob("*.schema.json")}
for one in SCHEMAS.values():
    # A schema that names its dialect would be read by the validator of that name, which records nothing.
    del one["$schema"]
CHECKER = Draft7Validator.TYPE_CHECKER.redefine(
    "number", lambda _, value: isinstance(value, int | Decimal) and not isinstance(value, bool)
)
# Every fact may have these, and what has them nowhere is read as what has them.
EVERYWHERE = ("source", "assumed", "cite")


def keys(schema: Any, at: str) -> Iterator[tuple[int, str, str]]:
    """Yield every key that the language describes: the mapping that declares it, its name and where that stands."""
    if isinstance(schema, list):
        for index, one in enumerate(schema):
            yield from keys(one, f"{at}/{index}")
    elif isinstance(schema, dict):
        for name, one in schema.items():
            if name == "properties":
                declared = [key for key, said in one.items() if "description" in said and key not in EVERYWHERE]
                yield from ((id(one), key, f"{at}/{key}") for key in declared)
            if name != "if":  # What is asked in a condition is told in its branches.
                yield from keys(one, at if name in ("properties", "definitions") else f"{at}/{name}")


@pytest.fixture(scope="module")
def seen() -> set[tuple[int, str]]:
    """Return the keys that the case has, each with the mapping that declares it."""
    found: set[tuple[int, str]] = set()

    def properties(validator: Any, declared: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            found.update((id(declared), key) for key in instance if key in declared)
        yield from Draft7Validator.VALIDATORS["properties"](validator, declared, instance, schema)

    extend: Any = validators.extend
    recording = extend(Draft7Validator, {"properties": properties}, type_checker=CHECKER)
    resources = [(name, DRAFT7.create_resource(schema)) for name, schema in SCHEMAS.items()]
    registry: Any = Registry().with_resources(resources)
    for path in sorted((CASES / "every_keyword" / "specs").rglob("*.yaml")):
        document, _ = load(path, shown=path.name)
        assert document is not None
        name = f"{'provider' if path.name == 'provider.yaml' else 'model'}.schema.json"
        recording({"$ref": name}, registry=registry).validate(document.data)
    return found


def test_the_case_has_every_key_of_the_language(seen: set[tuple[int, str]]) -> None:
    described = [one for name, schema in SCHEMAS.items() for one in keys(schema, name)]
    assert [at for declared, key, at in described if (declared, key) not in seen] == []
