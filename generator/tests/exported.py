"""The providers whose exports are held to their specs: the real ones, the invented ones, and the hostile ones."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from proviso import ir, naming
from proviso.exports import arazzo, openapi, text

from . import building
from .rewrite_cases import CASES

REAL = Path(__file__).parents[2] / "specs"
INVENTED = CASES / "providers" / "specs"
FOLDERS = (REAL, *sorted(case / "specs" for case in CASES.iterdir() if (case / "expected").is_dir()))
PROVIDERS = tuple(provider for folder in FOLDERS for provider in building.accepted(folder))
MODELS = tuple((provider, model) for provider in PROVIDERS for model in provider.models)

Document = dict[str, Any]


def named(one: ir.Provider | tuple[ir.Provider, ir.Model]) -> str:
    """Name a case of a parametrised test."""
    where = (one if isinstance(one, ir.Provider) else one[1]).path.split("/")
    return "/".join(where[-4:]).replace("/specs", "")


def described(provider: ir.Provider) -> Document:
    """Give the OpenAPI document of a provider as other tools read it."""
    return _described(provider.path)


def workflows(provider: ir.Provider) -> Document:
    """Give the Arazzo document of a provider as other tools read it."""
    return _workflows(provider.path)


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield verb, path and operation object of all operations; one without a path has the name of a component."""
    for path, item in [*document["paths"].items(), *document["components"].get("pathItems", {}).items()]:
        for verb, operation in item.items():
            yield verb.upper(), path, operation


def operation(provider: ir.Provider, model: ir.Model, role: str) -> Document:
    """Find the operation that a model uses in a role."""
    name = naming.module_name(model.name)
    found = [
        one
        for _, _, one in operations(described(provider))
        if name in one["x-proviso-roles"].get(role, ()) and name in one["tags"]
    ]
    assert len(found) == 1, (model.name, role, [one["operationId"] for one in found])
    return found[0]


def complaints(document: Document, schema: Document, body: object) -> list[str]:
    """Say where a body does not fit a schema of a document; numbers are taken by their decimal digits."""
    resource = DRAFT202012.create_resource(exact({**document, "x-asked": schema}))
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    validator = Draft202012Validator({"$ref": "urn:document#/x-asked"}, registry=registry)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(exact(body))]


def exact(value: object) -> Any:
    """Give JSON with exact numbers."""
    return json.loads(json.dumps(value), parse_float=Decimal)


def resolved(document: Document, node: Document) -> Document:
    """Follow a reference to a component."""
    while "$ref" in node:
        at: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            at = at[step.replace("~1", "/").replace("~0", "~")]
        node = at
    return node


def nodes(value: object) -> Iterator[object]:
    """Yield every node of the representation below one."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from nodes(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from nodes(one)


_BY_PATH = {provider.path: provider for provider in PROVIDERS}


@cache
def _described(path: str) -> Document:
    document: Document = json.loads(text.written(openapi.document(_BY_PATH[path])))
    return document


@cache
def _workflows(path: str) -> Document:
    document: Document = json.loads(text.written(arazzo.document(_BY_PATH[path], beside="./beside.openapi.json")))
    return document
