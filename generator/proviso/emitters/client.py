"""Emits `client.py` of a provider: the clients, with an attribute a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, naming, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAttribute:
    """A model as an attribute of the clients."""

    name: str
    package: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientContext:
    """Everything that `client.py.jinja` may mention."""

    spec: str
    title: str
    package: str
    variable: str
    models: tuple[ModelAttribute, ...]


def emit(provider: ir.Provider, package: str) -> Iterator[File]:
    """Yield the module with `Client` and `AsyncClient`."""
    context = ClientContext(
        spec=words.header(provider.path),
        title=provider.title,
        package=words.provider_module(package, provider),
        variable=provider.auth.variable,
        models=tuple(
            ModelAttribute(
                name=naming.module_name(model.name),
                package=words.model_module(package, provider, model),
                doc=f"{model.title} ({model.id}).",
            )
            for model in provider.models
        ),
    )
    yield File(f"{words.folder(package, provider)}/client.py", render("client.py.jinja", context))
