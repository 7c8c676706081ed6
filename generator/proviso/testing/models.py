"""Which provider, and which model, somebody means by a name or a generated module."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from proviso import naming
from proviso.oracle.subject import Subject
from proviso.testing import places

if TYPE_CHECKING:
    from proviso import ir

Model: TypeAlias = "str | ModuleType | Subject"
"""A model: "provider/model", by the documents' names or by Python's; its generated module; or what the tool has of it."""


class NoSuchModel(LookupError):
    """A model or a provider that no spec describes, and which ones there are."""

    def __str__(self) -> str:
        return str(self.args[0])


class WrongSpecs(ValueError):
    """Specs that have complaints."""


def provider(name: str, *, specs: Path | None = None) -> ir.Provider:
    """Return a provider. Raises NoSuchModel, WrongSpecs, FileNotFoundError."""
    folder = _folder(specs)
    known = _providers(folder)
    found = next((one for one in known if name in (one.name, naming.module_name(one.name))), None)
    if found is None:
        there = places.listed(one.name for one in known)
        raise NoSuchModel(f"no provider {name!r} in {folder}; there are: {there}")
    return found


def subject(model: Model, *, specs: Path | None = None) -> Subject:
    """Return a model. Raises NoSuchModel, WrongSpecs, FileNotFoundError, TypeError for what names no model."""
    match model:
        case Subject():
            return model
        case ModuleType():
            return _named(model.__name__.replace(".", "/"), specs)
        case str():
            return _named(model, specs)
        case _:
            raise TypeError(f'a model is "provider/model" or a generated module, not {type(model).__name__}')


def _named(name: str, specs: Path | None) -> Subject:
    parts = name.rsplit("/", 2)[-2:]
    if len(parts) != 2:
        raise NoSuchModel(f'{name!r} names no model; write "provider/model"')
    of = provider(parts[0], specs=specs)
    known = _subjects(_folder(specs))[of.name]
    found = next((one for one in known if parts[1] in (one.model.name, naming.module_name(one.model.name))), None)
    if found is None:
        there = places.listed(str(one) for one in known)
        raise NoSuchModel(f"no model {parts[1]!r} of {of.name}; there are: {there}")
    return found


def _folder(specs: Path | None) -> Path:
    return (places.folder() if specs is None else specs).resolve()


@lru_cache(maxsize=8)
def _subjects(folder: Path) -> dict[str, tuple[Subject, ...]]:
    """Return every model once, since strategies are kept by what they are of."""
    return {one.name: tuple(Subject(provider=one, model=model) for model in one.models) for one in _providers(folder)}


@lru_cache(maxsize=8)
def _providers(folder: Path) -> tuple[ir.Provider, ...]:
    from proviso import pipeline  # here, because it takes a while

    read = pipeline.read(folder)
    if read.complaints:
        told = "\n".join(str(one) for one in read.complaints[:10])
        raise WrongSpecs(f"the specs in {folder} have {len(read.complaints)} complaints:\n{told}")
    return read.providers
