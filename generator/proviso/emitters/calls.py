"""Emits `calls.py` of a model: the typed calls, blocking and async."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import callback_words, ir, layouts, naming, price_facts, rate_words, result_words, words
from proviso.access_words import fixed
from proviso.protocol_words import immediate, job, schedule
from proviso.refusal_words import errors
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One of the two classes of calls. leads, waits: what stands before a definition, and before a call."""

    name: str
    doc: str
    leads: str
    waits: str
    job: str
    done: str
    at_once: str
    on_partial: str
    makes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsContext:
    """Everything that `calls.py.jinja` may mention."""

    spec: str
    model: str
    package: str
    provider_package: str
    kind: str
    job: str
    immediate: str
    errors: str | None
    fixed: tuple[tuple[str, str], ...]
    makes_request: str
    uses_shared: bool
    uses_replace: bool
    faces: tuple[Face, ...]
    submit_doc: tuple[str, ...]
    patience_doc: str
    at_once_doc: tuple[str, ...]
    at_once_summary: str
    at_once_call: str
    callback_doc: str
    streams: bool
    stream_sets: tuple[tuple[str, object], ...]
    most: int


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `Calls` and `AsyncCalls`."""
    spelled_job, spelled_immediate = _job(provider, model), _immediate(provider, model)
    context = CallsContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        provider_package=words.provider_module(package, provider),
        kind=model.output.kind,
        job=spelled_job,
        immediate=spelled_immediate,
        errors=None if model.errors == provider.errors else errors(model.errors),
        fixed=tuple(_fixed(provider, model)),
        makes_request="to_request" if layouts.is_request(model) else "to_body",
        uses_shared=spelled_job.startswith(("shared.", "dataclasses.")) or spelled_immediate.startswith("shared."),
        uses_replace=spelled_job.startswith("dataclasses."),
        faces=_faces(model),
        submit_doc=()
        if model.job is None
        else tuple(_doc(provider, model, model.job.submit, "submit", "poll", "results")),
        patience_doc=_patience(model),
        at_once_doc=()
        if model.immediate is None
        else tuple(_doc(provider, model, model.immediate.operation, "immediate")),
        at_once_summary=f"Make the result at once, with one paid request that answers with {_answers(model)}.",
        callback_doc=_callback_doc(model),
        streams=model.immediate is not None and model.immediate.stream is not None,
        stream_sets=tuple(_stream_sets(model)),
        most=layouts.most(model),
        at_once_call="_at_once" if _in_json(model) else "_immediate",
    )
    yield File(f"{words.folder(package, provider, model)}/calls.py", render("calls.py.jinja", context))


def _faces(model: ir.Model) -> tuple[Face, ...]:
    attribute = naming.module_name(model.name)
    blocking, awaited = result_words.kinds(model, awaited=False), result_words.kinds(model, awaited=True)
    return (
        Face(
            name="Calls",
            doc=f"Blocking calls: `Client().{attribute}`.",
            leads="",
            waits="",
            job="Job",
            done="Done",
            at_once=f"Made[{blocking}]" if _in_json(model) else "Instant",
            on_partial="OnPartial",
            makes=blocking,
        ),
        Face(
            name="AsyncCalls",
            doc=f"Calls to await: `AsyncClient().{attribute}`.",
            leads="async ",
            waits="await ",
            job="AsyncJob",
            done="AsyncDone",
            at_once=f"AsyncMade[{awaited}]" if _in_json(model) else "Instant",
            on_partial="OnAsyncPartial",
            makes=awaited,
        ),
    )


def _patience(model: ir.Model) -> str:
    if model.job is None or model.job.wait is None:
        return ""
    most = model.job.wait.most
    return (
        f"patience: seconds, {most.normalize():f} at most, that the reply to the paid request may wait for the result."
    )


def _callback_doc(model: ir.Model) -> str:
    if model.callback is None or model.callback.proof is None:
        return ""
    return f"secret: what callbacks are signed with; None to take it from {model.callback.proof.variable}."


def _stream_sets(model: ir.Model) -> Iterator[tuple[str, object]]:
    """Yield what a request for a stream says."""
    stream = None if model.immediate is None else model.immediate.stream
    for one in () if stream is None else stream.when:
        if isinstance(one, ir.Among):
            yield one.parameter, words.plain(one.values[0])


def _in_json(model: ir.Model) -> bool:
    at_once = model.immediate
    return at_once is not None and (bool(at_once.results) or at_once.stream is not None)


def _answers(model: ir.Model) -> str:
    return "JSON that holds it" if _in_json(model) else "its bytes"


def _doc(provider: ir.Provider, model: ir.Model, operation: ir.Operation, *sections: str) -> Iterator[str]:
    yield f"It sends {operation.call.replace('{model}', model.id)}. Raises RequestInvalid before anything is sent."
    for doubt in words.doubts_about((*provider.doubts, *model.doubts), *sections):
        yield f"In doubt ({doubt.id}): {doubt.ruling}"


def _fixed(provider: ir.Provider, model: ir.Model) -> Iterator[tuple[str, str]]:
    if model.headers != provider.headers:
        yield "headers", fixed(model.headers)
    if model.query != provider.query:
        yield "query", fixed(model.query)
    if model.callback is not None and (callback := callback_words.python(model.callback)) is not None:
        yield "callback", callback
    if model.resend_for is not None:
        yield "resend_for", repr(float(model.resend_for))
    if rates := rate_words.python(model.rate):
        yield "rates", rates
    yield "quote", "price.quote"
    if names := price_facts.settings(model.price):
        yield "priced_by", repr(names)


def _job(provider: ir.Provider, model: ir.Model) -> str:
    if model.job is None:
        return "None"
    if model.job != provider.job:
        return job(model.job, schedule(model.schedule))
    if model.schedule == provider.schedule:
        return "shared.JOB"
    return f"dataclasses.replace(shared.JOB, schedule={schedule(model.schedule) or '()'})"


def _immediate(provider: ir.Provider, model: ir.Model) -> str:
    if model.immediate is None:
        return "None"
    return "shared.IMMEDIATE" if model.immediate == provider.immediate else immediate(model.immediate)
