"""Emits the `__init__.py` of the package, of each provider and of each model: what is there, fetched when used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, layouts, naming, words
from proviso.render import render
from proviso.tree import File
from proviso.type_names import Classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A public name and the module that holds it; a module holds itself."""

    name: str
    home: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceContext:
    """Everything that `face.py.jinja` may mention."""

    origin: str
    doc: str
    more: str
    members: tuple[Member, ...]
    names: tuple[str, ...]
    catalogue: str
    listed: dict[str, str]


def emit_package(providers: tuple[ir.Provider, ...], package: str) -> Iterator[File]:
    """Yield the face of the whole package, and the marker that it is typed."""
    names = [naming.module_name(provider.name) for provider in providers]
    context = FaceContext(
        origin="the specs",
        doc="Typed clients of hosted image models, a package for each provider.",
        more="",
        members=tuple(_module(name, package) for name in sorted(names)),
        names=tuple(sorted(["PROVIDERS", *names])),
        catalogue="PROVIDERS",
        listed={provider.name: naming.module_name(provider.name) for provider in providers},
    )
    folder = package.replace(".", "/")
    yield File(f"{folder}/__init__.py", render("face.py.jinja", context))
    yield File(f"{folder}/py.typed", "")


def emit_provider(provider: ir.Provider, package: str) -> Iterator[File]:
    """Yield the face of a provider."""
    home = words.provider_module(package, provider)
    members = [
        _name("AsyncClient", f"{home}.client"),
        _name("Client", f"{home}.client"),
        _module("errors", "proviso_runtime"),
        *([_name("data_uri", "proviso_runtime.data_uris")] if _takes_files(provider) else []),
        *(_module(naming.module_name(model.name), home) for model in provider.models),
    ]
    context = FaceContext(
        origin=words.header(provider.path),
        doc=f"{provider.title}: its clients, and a module for each model.",
        more="",
        members=_in_order(members),
        names=tuple(sorted(["MODELS", *(member.name for member in members)])),
        catalogue="MODELS",
        listed={model.id: naming.module_name(model.name) for model in provider.models},
    )
    yield File(f"{words.folder(package, provider)}/__init__.py", render("face.py.jinja", context))


def emit_model(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the face of a model."""
    home = words.model_module(package, provider, model)
    members = [
        _name("AsyncCalls", f"{home}.calls"),
        _name("Calls", f"{home}.calls"),
        _name("violations", f"{home}.checks"),
        *(_name(name, f"{home}.params") for name in ("Params", *Classes(model.parameters).named.values())),
        _name("quote", f"{home}.price"),
        _name("SCHEMA", f"{home}.schema"),
        *([_name("size", f"{home}.sizes")] if model.sizes is not None else []),
        _name("from_body", f"{home}.wire"),
        _name("to_body", f"{home}.wire"),
        *([_name("to_request", f"{home}.wire")] if layouts.is_request(model) else []),
        *(_many(home) if layouts.most(model) > 1 else []),
    ]
    deprecated = f" Deprecated: {model.deprecated}" if model.deprecated is not None else ""
    context = FaceContext(
        origin=words.header(model.path),
        doc=f"{model.title} at {provider.title}.",
        more=f"{model.summary}{deprecated}",
        members=_in_order(members),
        names=tuple(sorted(member.name for member in members)),
        catalogue="",
        listed={},
    )
    yield File(f"{words.folder(package, provider, model)}/__init__.py", render("face.py.jinja", context))


def _takes_files(provider: ir.Provider) -> bool:
    kinds = (kind for model in provider.models for one in model.parameters for kind in ir.every_kind(one.kind))
    return any(isinstance(kind, ir.Formatted) and kind.format in ("binary", "data-uri") for kind in kinds)


def _many(home: str) -> Iterator[Member]:
    yield _name("violations_many", f"{home}.checks")
    yield _name("quote_many", f"{home}.price")
    yield from (_name(name, f"{home}.wire") for name in ("to_body_many", "to_request_many", "from_body_many"))


def _in_order(members: list[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.home, member.name)))


def _module(name: str, parent: str) -> Member:
    return Member(name=name, home=f"{parent}.{name}", statement=f"from {parent} import {name} as {name}")


def _name(name: str, home: str) -> Member:
    return Member(name=name, home=home, statement=f"from {home} import {name} as {name}")
