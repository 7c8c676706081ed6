"""Emits `sizes.py` of a model that documents one: the table of pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, python_types, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The values of one row, and its pixels."""

    values: tuple[str, ...]
    pixels: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A parameter that a table is by, with its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesContext:
    """Everything that `sizes.py.jinja` may mention."""

    spec: str
    model: str
    axes: tuple[Axis, ...]
    rows: tuple[Row, ...]
    partial: str | None


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `size`, where the model has a table."""
    if model.sizes is None:
        return
    parameters = [model.parameter(name) for name in model.sizes.by]
    context = SizesContext(
        spec=words.header(model.path),
        model=model.id,
        axes=tuple(
            Axis(name=one.name, type=python_types.python_type(ir.bare(one.kind)))
            for one in parameters
            if one is not None
        ),
        rows=tuple(Row(values=row.values, pixels=row.pixels) for row in model.sizes.rows),
        partial=model.sizes.partial,
    )
    yield File(f"{words.folder(package, provider, model)}/sizes.py", render("sizes.py.jinja", context))
