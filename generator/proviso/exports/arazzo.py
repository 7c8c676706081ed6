"""A provider's models as Arazzo 1.0.1 workflows over the operations of its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proviso import ir, naming, words
from proviso.exports import beside, carried, conditions, expressions, facts, inside, outputs, paces, requests, unsaid
from proviso.exports.calls import Call, Role, Use, calls, find
from proviso.exports.names import slug
from proviso.kind_schemas import Schema

VERSION = "1.0.1"

_STOP: Schema = {"name": "refused", "type": "end"}
_COURSE: tuple[Role, ...] = ("submit", "poll", "collect")
_ENDS: tuple[ir.Phase, ...] = ("failed", "moderated", "cancelled", "expired")


def document(provider: ir.Provider, *, beside: str) -> Schema:
    """Write the workflows of a provider.

    beside: the address of the provider's OpenAPI document, as seen from this one.
    """
    known = calls(provider)
    read = max(source.read for source in provider.sources)
    return {
        "arazzo": VERSION,
        "info": {
            "title": f"{provider.title}: workflows",
            "version": read,
            "description": (
                f"How the documents of {provider.title} said on {read} that results are come by, exported from "
                f"{words.header(provider.path)}. The provider did not write this document."
            ),
        },
        "sourceDescriptions": [{"name": slug(provider.name), "url": beside, "type": "openapi"}],
        "workflows": [one for model in provider.models for one in _workflows(provider, known, model)],
        "components": {
            "inputs": {naming.module_name(model.name): _inputs(provider, model) for model in provider.models}
        },
        "x-proviso-not-expressed": list(unsaid.workflows(provider)),
    }


def _workflows(provider: ir.Provider, known: tuple[Call, ...], model: ir.Model) -> Iterator[Schema]:
    name = naming.module_name(model.name)
    inputs = {"$ref": f"#/components/inputs/{name}"}
    if model.job is not None:
        yield {
            "workflowId": name,
            "summary": f"{model.title}: submit a job{' and wait for its result' if find(known, model, 'poll') else ''}",
            "description": model.summary,
            "inputs": inputs,
            **_course(provider, known, model, model.job),
        }
    if model.immediate is not None:
        yield {
            "workflowId": f"{name}_at_once",
            "summary": f"{model.title}: generate, and be answered at once",
            "description": model.summary,
            "inputs": inputs,
            **_at_once(provider, known, model, model.immediate),
        }


def _inputs(provider: ir.Provider, model: ir.Model) -> Schema:
    settings, own = carried.inputs(provider), beside.inputs(model)
    return {
        "type": "object",
        "properties": {"body": requests.schema(provider, model), **own, **settings},
        "required": ["body", *own, *(one.name for one in provider.settings if one.default is None and one.required)],
    }


def _at_once(provider: ir.Provider, known: tuple[Call, ...], model: ir.Model, immediate: ir.Immediate) -> Schema:
    """Give the steps and outputs of a call that answers with results."""
    given = outputs.at_once(model, immediate)
    made = find(known, model, "immediate")
    steps = [] if made is None else [_paid(provider, *made, "immediate", given)]
    files = list(_files(provider, known, model, immediate.results, after="immediate"))
    return {
        "steps": [*steps, *files],
        "outputs": outputs.handed_on(given, "immediate") | _addressed(files),
    }


def _course(provider: ir.Provider, known: tuple[Call, ...], model: ir.Model, job: ir.Job) -> Schema:
    """Give the steps of a job, and what it hands on in the end.

    A call at an address that a reply gives is no step; the address is handed on in its place.
    """
    submit, poll, collect = (find(known, model, role) for role in _COURSE)
    given = outputs.submitted(model, job)
    steps: list[Schema] = []
    if poll is None:
        given |= outputs.address("poll", job.poll)
    if submit is not None:
        steps.append(_paid(provider, *submit, "submit", given))
    handed = outputs.handed_on(given, "submit") if poll is None else {"id": outputs.ID}
    if poll is not None:
        done = job.collect is None or collect is not None
        last: Role = "poll" if collect is None else "collect"
        files = list(_files(provider, known, model, job.results, after=last)) if done else []
        results = outputs.found(model, job.results, job.collect or job.poll) if done else {}
        if job.collect is not None and collect is None:
            results = outputs.reported(job.poll) | outputs.address("collect", job.collect)
        then = "collect" if collect is not None else "resolve" if files else None
        steps.append(_poll(provider, *poll, job, then=then, handed={} if collect is not None else results))
        if collect is not None:
            steps.append(_collect(provider, *collect, job, handed=results))
        steps += files
        handed = outputs.handed_on(results, last) | _addressed(files) | handed
    return {"steps": steps, "outputs": handed}


def _files(
    provider: ir.Provider, known: tuple[Call, ...], model: ir.Model, results: tuple[ir.ResultsAt, ...], *, after: Role
) -> Iterator[Schema]:
    """Yield the step that asks where the first file is; a workflow cannot repeat one for each."""
    for place in [place for place in results if place.resolve is not None][:1]:
        assert place.resolve is not None
        for call in known:
            for use in call.uses:
                if use.model is model and use.operation is place.resolve.operation:
                    yield {
                        "stepId": "resolve",
                        "description": "The address of the first file; the others are asked for likewise.",
                        "operationId": call.id,
                        "parameters": _asked(provider, use, file=f"$steps.{after}.outputs.file"),
                        "successCriteria": list(inside.accepted(provider, model)),
                        "onFailure": [_STOP],
                        "outputs": {"address": expressions.first(place.resolve.at)},
                    }


def _addressed(files: list[Schema]) -> dict[str, str]:
    return {"address": "$steps.resolve.outputs.address"} if files else {}


def _paid(provider: ir.Provider, call: Call, use: Use, role: Role, handed: Mapping[str, str]) -> Schema:
    """Write a step that costs money: it is never tried again."""
    return {
        "stepId": role,
        "operationId": call.id,
        **({"parameters": asked} if (asked := _asked(provider, use)) else {}),
        "requestBody": {"contentType": requests.TYPES[use.model.encoding], "payload": "$inputs.body"},
        "successCriteria": list(inside.accepted(provider, use.model)),
        "onFailure": [_STOP],
        "outputs": handed,
    }


def _poll(
    provider: ir.Provider, call: Call, use: Use, job: ir.Job, *, then: str | None, handed: Mapping[str, str]
) -> Schema:
    succeeded = conditions.phase(job.state, ("succeeded",))
    return {
        "stepId": "poll",
        "operationId": call.id,
        "parameters": _asked(provider, use),
        **_sent(use),
        "successCriteria": [*inside.accepted(provider, use.model), *([succeeded] if succeeded else [])],
        "onSuccess": [
            {"name": "succeeded", **({"type": "goto", "stepId": then} if then is not None else {"type": "end"})}
        ],
        "onFailure": _otherwise(provider, use, job),
        **({"outputs": handed} if handed else {}),
    }


def _collect(provider: ir.Provider, call: Call, use: Use, job: ir.Job, *, handed: Mapping[str, str]) -> Schema:
    return {
        "stepId": "collect",
        "operationId": call.id,
        "parameters": _asked(provider, use),
        **_sent(use),
        "successCriteria": list(inside.accepted(provider, use.model)),
        "onFailure": _otherwise(provider, use, job),
        "outputs": handed,
    }


def _otherwise(provider: ir.Provider, use: Use, job: ir.Job) -> list[Schema]:
    """List what to do after a reply without the result, in the order in which it is tried."""
    refused: list[Schema] = [
        {"name": f"refused-inside-{number}", "type": "end", "criteria": criteria}
        for number, criteria in enumerate(inside.refused(provider, use.model), 1)
    ]
    return [*_ended(use, job), *refused, *paces.again(use.model, job), _STOP]


def _ended(use: Use, job: ir.Job) -> Iterator[Schema]:
    """Yield an action for every way in which a job ends without a result."""
    gone = " || ".join(f"$statusCode == {status}" for status in use.operation.expired)
    if gone:
        yield {"name": "gone", "type": "end", "criteria": [{"condition": gone}]}
    for phase in _ENDS:
        if (criterion := conditions.phase(job.state, (phase,))) is not None:
            yield {"name": phase, "type": "end", "criteria": [criterion]}


def _asked(provider: ir.Provider, use: Use, *, file: str = "") -> list[Schema]:
    """Give the parameters of a call. file: the expression of a file's id."""
    known = {"id": outputs.ID, "file": file}
    given: list[Schema] = [
        {"name": name, "in": "path", "value": known.get(name) or f"$inputs.{name}"} for name in use.placeholders
    ]
    for name, value in use.query:
        whole = value == "{id}"
        written = outputs.ID if whole else carried.written(value.replace("{id}", f"{{{outputs.ID}}}"))
        given.append({"name": name, "in": "query", "value": written})
    own = beside.given(use.model) if use.role in beside.PAID else ()
    return [*given, *own, *carried.given(provider, use.model)]


def _sent(use: Use) -> Schema:
    """Give the body of a call about a job."""
    template = use.template_of_body
    if template is None:
        return {}
    return {"requestBody": {"contentType": "application/json", "payload": _payload(template, use.model)}}


def _payload(template: ir.Template, model: ir.Model) -> object:
    match template:
        case Mapping():
            return {name: _payload(member, model) for name, member in template.items()}
        case tuple():
            return [_payload(item, model) for item in template]
        case "{id}":
            return outputs.ID
        case str():
            return template.replace("{model}", model.id).replace("{id}", f"{{{outputs.ID}}}")
        case _:
            return facts.body(template)
