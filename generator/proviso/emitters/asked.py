"""Emits `asked.py` of a model: what a request asks for, to compare with what is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import asked_code, ir, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedContext:
    """Everything that `asked.py.jinja` may mention. count, pixels, media_types: expressions."""

    spec: str
    model: str
    package: str
    uses_sizes: bool
    count: str
    pixels: str
    media_types: str


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `asked`."""
    context = AskedContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        uses_sizes=model.sizes is not None,
        count=asked_code.count(model),
        pixels=asked_code.pixels(model),
        media_types=asked_code.media_types(model),
    )
    yield File(f"{words.folder(package, provider, model)}/asked.py", render("asked.py.jinja", context))
