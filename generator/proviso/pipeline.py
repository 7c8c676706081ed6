"""From a folder of specs to the files of a package, stage by stage; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from proviso import families, ir, lint, load, lower, shape
from proviso.diagnostics import Diagnostic, in_order
from proviso.document import Folder
from proviso.emitters import (
    asked,
    calls,
    checks,
    client,
    faces,
    index,
    params,
    price,
    prices,
    protocol,
    schema,
    sizes,
    wire,
)
from proviso.evidence import sense
from proviso.format import formatted
from proviso.tree import File

PACKAGE_EMITTERS: tuple[Callable[[tuple[ir.Provider, ...], str], Iterator[File]], ...] = (
    faces.emit_package,
    index.emit,
)
PROVIDER_EMITTERS: tuple[Callable[[ir.Provider, str], Iterator[File]], ...] = (
    faces.emit_provider,
    protocol.emit,
    client.emit,
)
MODEL_EMITTERS: tuple[Callable[[ir.Provider, ir.Model, str], Iterator[File]], ...] = (
    faces.emit_model,
    params.emit,
    checks.emit,
    wire.emit,
    sizes.emit,
    asked.emit,
    price.emit,
    prices.emit,
    schema.emit,
    calls.emit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specs:
    """What a folder of specs says. The providers are fit for use when there is no complaint."""

    providers: tuple[ir.Provider, ...]
    complaints: tuple[Diagnostic, ...]


def read(specs: Path, *, shown: str | None = None) -> Specs:
    """Read a folder of specs: load, hold to the shape, lower, lint.

    shown: the folder's name in complaints; by default its path as given.
    """
    folders, found = load.load_folders(specs, shown=specs.as_posix() if shown is None else shown)
    complaints = list(found)
    providers: list[ir.Provider] = []
    for listed in folders:
        folder, apart = families.united(listed)
        complaints += apart
        shaped = {document.path: shape.model(document) for document in folder.models}
        outer = shape.provider(folder.provider)
        complaints += [*outer, *chain.from_iterable(shaped.values())]
        if not outer:
            # What is wrong with one file hides nothing about the others.
            sound = tuple(document for document in folder.models if not shaped[document.path])
            provider, judged = _judged(replace(folder, models=sound))
            complaints += judged
            providers.append(provider)
    return Specs(providers=tuple(providers), complaints=in_order(complaints))


def _judged(folder: Folder) -> tuple[ir.Provider, list[Diagnostic]]:
    provider, lowered = lower.provider(folder)
    found = [*lowered, *lint.provider(provider), *sense.complaints(folder)]
    heads = tuple(document for document in folder.models if not document.borrowed)
    if not found or len(heads) == len(folder.models):
        return provider, found
    # What is wrong with a file that lends is told as such; what is wrong with a borrower alone says so.
    _, alone = _judged(replace(folder, models=heads))
    return provider, families.aside(found, set(alone), folder)


def build(providers: tuple[ir.Provider, ...], *, package: str) -> tuple[File, ...]:
    """Emit and lay out every file of a package, in the order of their paths."""
    return tuple(sorted(formatted(_emitted(providers, package), package=package)))


def _emitted(providers: tuple[ir.Provider, ...], package: str) -> Iterator[File]:
    for emit in PACKAGE_EMITTERS:
        yield from emit(providers, package)
    for provider in providers:
        for emit_provider in PROVIDER_EMITTERS:
            yield from emit_provider(provider, package)
        for model in provider.models:
            for emit_model in MODEL_EMITTERS:
                yield from emit_model(provider, model, package)
