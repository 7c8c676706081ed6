"""Emits `client.py` of a provider: the clients, with an attribute a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, naming, words
from proviso.access_words import is_signed, variables
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAttribute:
    """A model as an attribute of the clients."""

    name: str
    package: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The blocking client, or the one to await."""

    name: str
    calls: str
    http: str
    article: str
    awaited: bool
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that the clients of this provider are given beside the key."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientContext:
    """Everything that `client.py.jinja` may mention."""

    spec: str
    title: str
    package: str
    kinds: tuple[Kind, ...]
    key_doc: str
    imports: tuple[str, ...]
    options: tuple[Option, ...]
    settings: tuple[str, ...]
    signed: bool
    models: tuple[ModelAttribute, ...]


def emit(provider: ir.Provider, package: str) -> Iterator[File]:
    """Yield the module with `Client` and `AsyncClient`."""
    key = f"the key comes from {variables(provider)} unless it is given."
    context = ClientContext(
        spec=words.header(provider.path),
        title=provider.title,
        package=words.provider_module(package, provider),
        kinds=(
            Kind(
                name="Client",
                calls="Calls",
                http="HttpClient",
                article="a blocking",
                awaited=False,
                doc=f"A blocking client of {provider.title}; {key}",
            ),
            Kind(
                name="AsyncClient",
                calls="AsyncCalls",
                http="AsyncHttpClient",
                article="an async",
                awaited=True,
                doc=f"A client of {provider.title} to await; {key}",
            ),
        ),
        key_doc=_key_doc(provider),
        imports=("TYPE_CHECKING", *(["Literal"] if any(one.values for one in provider.settings) else [])),
        options=tuple(_options(provider)),
        settings=tuple(one.name for one in provider.settings),
        signed=is_signed(provider),
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


def _key_doc(provider: ir.Provider) -> str:
    first, *others = dict.fromkeys(one.variable for one in provider.auth)
    if not others:
        return f"the key; None to take it from {first}."
    return f"the key that {first} would hold; None to take it from there, or else from {' or '.join(others)}."


def _options(provider: ir.Provider) -> Iterator[Option]:
    if is_signed(provider):
        secrets = " or ".join(one.secret_variable for one in provider.auth if isinstance(one, ir.Signed))
        yield Option(name="api_secret", type="str", doc=f"the secret that signs; None to take it from {secrets}.")
    for one in provider.settings:
        default = "" if one.default is None else f", or else {one.default}"
        default += "" if one.required else ", where it may be missing"
        yield Option(
            name=one.name,
            type=f"Literal[{', '.join(map(repr, one.values))}]" if one.values else "str",
            doc=f"{one.description} None to take it from {one.variable}{default}.",
        )
