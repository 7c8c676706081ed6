"""Providers and models by the names that people give them."""

from __future__ import annotations

import dataclasses

import click

from proviso import ir, naming
from proviso.diagnostics import did_you_mean


def providers(found: tuple[ir.Provider, ...], name: str) -> tuple[ir.Provider, ...]:
    """Choose the provider of this name, or all of them where no name is given.

    Raises click.BadParameter with the nearest name.
    """
    if not name:
        return found
    spelled = naming.module_name(name)
    for provider in found:
        if naming.module_name(provider.name) == spelled:
            return (provider,)
    hint = did_you_mean(name, [provider.name for provider in found])
    raise click.BadParameter(f"there is no provider {name!r}{hint}", param_hint="PROVIDER")


def with_one_model(provider: ir.Provider, wanted: str) -> ir.Provider:
    """Keep one model of a provider, named by its id or its Python name.

    Raises click.BadParameter with the nearest name.
    """
    for model in provider.models:
        if wanted == model.id or naming.module_name(wanted) == naming.module_name(model.name):
            return dataclasses.replace(provider, models=(model,))
    hint = did_you_mean(wanted, [one for model in provider.models for one in (model.id, model.name)])
    raise click.BadParameter(f"{provider.name} has no model {wanted!r}{hint}", param_hint="MODEL")
