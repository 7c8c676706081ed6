"""Emits `INDEX.md`: every model, parameter, size, price and doubt, with where it is documented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import index_price, ir, naming, rule_sentences, words
from proviso.index_access import own_access_rows
from proviso.index_jobs import job_rows
from proviso.index_parameters import parameter_rows
from proviso.index_refusals import meaning_rows, refusal_rows
from proviso.index_words import (
    Row,
    callback_row,
    model_rows,
    provider_rows,
    size_rows,
)
from proviso.markdown import cell
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtEntry:
    """A doubt, every part ready for Markdown."""

    id: str
    touches: str
    claims: tuple[str, ...]
    ruling: str
    because: str
    settled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A model, every part ready for Markdown."""

    heading: str
    anchor: str
    summary: str
    module: str
    facts: tuple[Row, ...]
    parameters: tuple[Row, ...]
    rules: tuple[str, ...]
    size_head: tuple[str, ...]
    sizes: tuple[Row, ...]
    doubts: tuple[DoubtEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEntry:
    """A provider, every part ready for Markdown."""

    heading: str
    facts: tuple[Row, ...]
    statuses: tuple[Row, ...]
    doubts: tuple[DoubtEntry, ...]
    sources: tuple[Row, ...]
    models: tuple[ModelEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexContext:
    """Everything that `index.md.jinja` may mention."""

    package: str
    overview: tuple[Row, ...]
    providers: tuple[ProviderEntry, ...]


def emit(providers: tuple[ir.Provider, ...], package: str) -> Iterator[File]:
    """Yield the index of a package."""
    yield File(f"{package.replace('.', '/')}/INDEX.md", markdown(providers, package))


def markdown(providers: tuple[ir.Provider, ...], package: str) -> str:
    """Write the index of some providers."""
    context = IndexContext(
        package=package,
        overview=tuple(_overview(provider, model) for provider in providers for model in provider.models),
        providers=tuple(_provider(provider, package) for provider in providers),
    )
    return render("index.md.jinja", context)


def _overview(provider: ir.Provider, model: ir.Model) -> Row:
    name = f"{naming.module_name(provider.name)}.{naming.module_name(model.name)}"
    asked = sum(parameter.required for parameter in model.parameters)
    return (
        f"[`{name}`](#{_anchor(provider, model)})",
        cell(model.title),
        ", ".join(model.makes),
        f"{len(model.parameters)} ({asked} required)",
        index_price.charge(model),
        str(len(model.doubts)),
    )


def _anchor(provider: ir.Provider, model: ir.Model) -> str:
    return f"{naming.module_name(provider.name)}-{naming.module_name(model.name)}"


def _provider(provider: ir.Provider, package: str) -> ProviderEntry:
    return ProviderEntry(
        heading=cell(provider.title),
        facts=(*provider_rows(provider), *refusal_rows(provider.errors)),
        statuses=meaning_rows(provider.errors),
        doubts=tuple(map(_doubt, provider.doubts)),
        sources=tuple(_source(one) for one in provider.sources),
        models=tuple(_model(provider, model, package) for model in provider.models),
    )


def _model(provider: ir.Provider, model: ir.Model, package: str) -> ModelEntry:
    head, rows = size_rows(model)
    own = () if model.job is None or model.job == provider.job else tuple(job_rows(model.job))
    refused = () if model.errors == provider.errors else _refused(model.errors)
    return ModelEntry(
        heading=cell(f"{model.title} at {provider.title}"),
        anchor=_anchor(provider, model),
        summary=cell(model.summary),
        module=words.model_module(package, provider, model),
        facts=(*model_rows(model), *own, *own_access_rows(provider, model), *refused, *callback_row(model)),
        parameters=tuple(parameter_rows(model)),
        rules=tuple(
            cell(rule_sentences.sentence(*clause)) for rule in model.rules for clause in rule_sentences.clauses(rule)
        ),
        size_head=head,
        sizes=rows,
        doubts=tuple(map(_doubt, model.doubts)),
    )


def _refused(errors: ir.Errors | ir.Unknown) -> Iterator[Row]:
    yield from refusal_rows(errors)
    for shown, means, remark, _ in meaning_rows(errors):
        yield f"Refused with {shown}", f"{means}. {remark}" if remark else means


def _doubt(doubt: ir.Doubt) -> DoubtEntry:
    return DoubtEntry(
        id=cell(doubt.id),
        touches=cell(", ".join(doubt.touches)),
        claims=tuple(cell(f"{', '.join(claim.sources)}: {claim.says}") for claim in doubt.claims),
        ruling=cell(doubt.ruling),
        because=cell(doubt.because),
        settled_by=cell(doubt.settled_by),
    )


def _source(one: ir.Source) -> Row:
    address = f"not known: {one.address.why}" if isinstance(one.address, ir.Unknown) else one.address
    return cell(one.name), cell(one.title), cell(address), cell(one.read), f"`{one.sha256[:12]}`"
