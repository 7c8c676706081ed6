"""Emits `schema.py` of a model: the JSON Schema of its wire body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, json_schema, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaContext:
    """Everything that `schema.py.jinja` may mention."""

    spec: str
    model: str
    schema: dict[str, object]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `SCHEMA`."""
    context = SchemaContext(spec=words.header(model.path), model=model.id, schema=json_schema.body(model))
    yield File(f"{words.folder(package, provider, model)}/schema.py", render("schema.py.jinja", context))
