"""Rows of the index about access: keys, settings, and what every call carries."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, rate_words, words
from proviso.access_words import shown
from proviso.markdown import cell, code, seconds


def access_rows(provider: ir.Provider) -> Iterator[tuple[str, str]]:
    """Yield how a provider is shown a key, and what clients are set to."""
    yield "Key", "; or ".join(map(_way, provider.auth))
    for one in provider.settings:
        values = f"{', '.join(one.values)}" if one.values else f"such as {one.example}"
        default = "" if one.default is None else f", {one.default} by default"
        default += "" if one.required else ", or none"
        about = cell(f"{values}{default}. {one.description}")
        yield f"Setting {code(one.name)}", f"{about} From {code(one.variable)}"
    yield from _rate_rows(provider.rate)
    if provider.origins:
        yield "Further addresses", ", ".join(map(code, provider.origins))
    yield from _fixed_rows(provider.headers, provider.query)


def own_access_rows(provider: ir.Provider, model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield what every call of a model carries, where that is not what all calls of the provider do."""
    if model.resend_for is not None:
        yield "Sent again", f"with the same UUID it starts nothing new for {seconds(model.resend_for)}"
    yield from _rate_rows(model.rate)
    yield from _fixed_rows(
        () if model.headers == provider.headers else model.headers,
        () if model.query == provider.query else model.query,
    )


def _rate_rows(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> Iterator[tuple[str, str]]:
    if told := rate_words.told(rate):
        yield "Rate limits", cell(told)


def _fixed_rows(headers: tuple[ir.Fixed, ...], query: tuple[ir.Fixed, ...]) -> Iterator[tuple[str, str]]:
    if headers:
        yield "Headers of every call", ", ".join(code(f"{one.name}: {words.spoken(one.value)}") for one in headers)
    if query:
        yield "Query of every call", ", ".join(code(f"{one.name}={words.spoken(one.value)}") for one in query)


def _way(one: ir.Way) -> str:
    places, more = shown(one)
    variables = [one.variable, *([one.secret_variable] if isinstance(one, ir.Signed) else [])]
    return f"{code(places)}{f' {cell(more)}' if more else ''} from {' and '.join(map(code, variables))}"
