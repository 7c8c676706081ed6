"""Emits `protocol.py` of a provider, and the protocol of each model in its `calls.py`: facts for the runtime."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, rate_words, words
from proviso.access_words import fixed, setting, way
from proviso.protocol_words import immediate, job, schedule
from proviso.refusal_words import errors, waits
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolContext:
    """Everything that `protocol.py.jinja` may mention; every fact is an expression."""

    spec: str
    name: str
    title: str
    base_url: str
    auth: str
    access: tuple[tuple[str, str], ...]
    envelope: str
    errors: str
    reply_headers: dict[str, str]
    waits: str | None
    job: str | None
    immediate: str | None
    notes: tuple[str, ...]


def emit(provider: ir.Provider, package: str) -> Iterator[File]:
    """Yield the module with the facts that all models of a provider share."""
    context = ProtocolContext(
        spec=words.header(provider.path),
        name=provider.name,
        title=provider.title,
        base_url=provider.base_url,
        auth=way(provider.auth[0]),
        access=tuple(_access(provider)),
        envelope=_envelope(provider.envelope),
        errors=errors(provider.errors),
        reply_headers={one.meaning: one.header for one in provider.reply_headers},
        waits=waits(provider.reply_headers) if any(one.unit for one in provider.reply_headers) else None,
        job=None if provider.job is None else job(provider.job, schedule(provider.schedule)),
        immediate=None if provider.immediate is None else immediate(provider.immediate),
        notes=tuple(_notes(provider)),
    )
    yield File(f"{words.folder(package, provider)}/protocol.py", render("protocol.py.jinja", context))


def _access(provider: ir.Provider) -> Iterator[tuple[str, str]]:
    """Yield what few providers have: its name, and its value as an expression."""
    if len(provider.auth) > 1:
        yield "alternatives", f"({', '.join(map(way, provider.auth[1:]))},)"
    if provider.settings:
        yield "settings", f"{{{', '.join(f'{one.name!r}: {setting(one)}' for one in provider.settings)}}}"
    if provider.origins:
        yield "origins", repr(provider.origins)
    if provider.headers:
        yield "headers", fixed(provider.headers)
    if provider.query:
        yield "query", fixed(provider.query)
    if rates := rate_words.python(provider.rate):
        yield "rates", rates


def _envelope(envelope: ir.Envelope | None) -> str:
    if envelope is None:
        return "None"
    ok = tuple(words.plain(value) for value in envelope.ok)
    return f"protocol.Envelope(at={envelope.at!r}, ok={ok!r}, message={envelope.message!r})"


def _notes(provider: ir.Provider) -> Iterator[str]:
    if provider.job is not None:
        if provider.job.state.partial is not None:
            yield f"States: {provider.job.state.partial}"
        if isinstance(provider.job.failure, ir.Unknown):
            yield f"Failures: {provider.job.failure.why}"
        elif provider.job.failure.open is not None:
            yield f"Failures: {provider.job.failure.open}"
    for doubt in provider.doubts:
        yield f"In doubt ({doubt.id}): {doubt.ruling}"
