"""Lint of access: what calls carry, whom the key is shown to, and placeholders that refer to something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso import ir
from proviso.diagnostics import Diagnostic, Place, did_you_mean
from proviso.key_places import key_places
from proviso.lint import header_values
from proviso.placeholders import PLACEHOLDER


def addresses(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check that a setting can change a part of a host and never the whole of it."""
    known = tuple(one.name for one in provider.settings)
    further = ((one, provider.origins_place) for one in provider.origins)
    for url, place in ((provider.base_url, provider.base_url_place), *further):
        yield from _names(url, known, place, "an address")
        host = url.partition("://")[2].partition("/")[0].partition(":")[0]
        if PLACEHOLDER.search(host) and not re.fullmatch(r".*\.[A-Za-z0-9-]+\.[A-Za-z0-9-]+", host):
            message = "the host must end in two labels of its own, such as {region}.example.com: the key is shown to it"
            yield Diagnostic(place, message, "address")


def settings(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check that every setting is used somewhere, and that no parameter has its name."""
    calls = [one.call or "" for model in provider.models for one in operations(model)]
    texts = [provider.base_url, *provider.origins, *calls]
    texts += [str(one.value) for headers, query in _carried(provider) for one in (*headers, *query)]
    used = {name for text in texts for name in PLACEHOLDER.findall(text)}
    for one in provider.settings:
        if one.name not in used and provider.models:
            message = f"setting {one.name!r} stands in no address, header, query or call"
            yield Diagnostic(one.place, message, "setting")
        for model in provider.models:
            if model.parameter(one.name) is not None:
                message = f"{model.path} has a parameter {one.name!r} too; what {{{one.name}}} means would be open"
                yield Diagnostic(one.place, message, "setting")


def optional(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check that no address needs a setting that may be missing."""
    missing = [one.name for one in provider.settings if not one.required]
    texts = [(provider.base_url, provider.base_url_place), *((one, provider.origins_place) for one in provider.origins)]
    for model in provider.models:
        texts += [(one.call or "", one.call_place) for one in operations(model)]
    for text, place in dict.fromkeys(texts):
        for name in PLACEHOLDER.findall(text):
            if name in missing:
                message = f"{{{name}}} may be missing, and an address cannot do without; only headers and the query can"
                yield Diagnostic(place, message, "setting")


def carried(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check that no header and no member of the query has two meanings."""
    known = tuple(one.name for one in provider.settings)
    keys = {name.lower(): name for one in provider.auth for carrier, name in key_places(one) if carrier == "header"}
    members = {name for one in provider.auth for carrier, name in key_places(one) if carrier == "query"}
    for headers, query in _carried(provider):
        for one in (*headers, *query):
            yield from _names(str(one.value), known, one.place, "what every call carries")
        for one in headers:
            if one.name.lower() in keys:
                yield Diagnostic(one.place, f"{one.name} carries the key already", "header")
            if one.name.lower() in header_values.OWN_HEADERS:
                yield Diagnostic(one.place, f"{one.name} is written for every request by itself", "header")
            text = str(one.value)
            if not (text.isascii() and text.isprintable() and text == text.strip()):
                yield Diagnostic(one.place, f"the value of {one.name} cannot stand in a header", "header")
        for one in query:
            if one.name in members:
                yield Diagnostic(one.place, f"{one.name} carries the key already", "query")


def waits(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what asks a reply to wait is not said by something else already."""
    if model.job is None or (wait := model.job.wait) is None:
        return
    if wait.where == "header":
        taken = {*header_values.OWN_HEADERS, "accept", *(one.name.lower() for one in model.headers)}
        taken |= {name.lower() for one in provider.auth for carrier, name in key_places(one) if carrier == "header"}
        clash = wait.name.lower() in taken
    else:
        members = {one.name for one in model.query} | {
            name for one in provider.auth for carrier, name in key_places(one) if carrier == "query"
        }
        clash = wait.name in members
    if clash:
        yield Diagnostic(wait.place, f"{wait.name} is sent with something else already", wait.where)


def placeholders(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what a call holds in braces is known when it is made."""
    known = tuple(one.name for one in provider.settings)
    paid = (model.job.submit if model.job else None, model.immediate.operation if model.immediate else None)
    resolving = [place.resolve.operation for place in model.places if place.resolve is not None]
    for one in operations(model):
        placed = tuple(beside.name for beside in model.beside if beside.carrier == "path")
        more = placed if one in paid else ("file", "+file") if one in resolving else ("id", "+id")
        yield from _names(one.call or "", ("model", *more, *known), one.call_place, "this call")


def fetched(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that results that are fetched with the key can be shown it."""
    if any(isinstance(way, ir.BodyKey) for way in provider.auth):
        for place in model.places:
            if place.with_key:
                message = "results cannot be fetched with a key that stands in the body: a download has none"
                yield Diagnostic(place.place, message, "results")


def operations(model: ir.Model) -> Iterator[ir.Operation | ir.Fetch]:
    """Yield the calls of a model."""
    if (job := model.job) is not None:
        yield from (one for one in (job.submit, job.poll, job.collect, job.cancel) if one is not None)
    if model.immediate is not None:
        yield model.immediate.operation
    yield from (place.resolve.operation for place in model.places if place.resolve is not None)


def _carried(provider: ir.Provider) -> Iterator[tuple[tuple[ir.Fixed, ...], tuple[ir.Fixed, ...]]]:
    yield provider.headers, provider.query
    yield from ((model.headers, model.query) for model in provider.models)


def _names(text: str, known: tuple[str, ...], place: Place, where: str) -> Iterator[Diagnostic]:
    if set("{}") & set(PLACEHOLDER.sub("", text)) and where != "this call":
        yield Diagnostic(place, f"a brace in {where} opens or closes the name of a setting", "placeholder")
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            allowed = " and ".join(f"{{{one}}}" for one in known)
            hint = did_you_mean(name, known)
            may = f"it may hold {allowed}" if known else "there are no settings"
            yield Diagnostic(place, f"{{{name}}} means nothing in {where}; {may}{hint}", "placeholder")
