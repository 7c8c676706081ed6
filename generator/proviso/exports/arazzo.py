"""A provider's models as Arazzo 1.0.1 workflows over the operations of its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proviso import ir, naming, result_words, words
from proviso.exports import carried, conditions, expressions, facts, inside, paces, requests, unsaid
from proviso.exports.calls import Call, Role, Use, calls, find
from proviso.exports.names import distinct, slug
from proviso.kind_schemas import Schema

VERSION = "1.0.1"

_STOP: Schema = {"name": "refused", "type": "end"}
_ID = "$steps.submit.outputs.id"
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
            "summary": f"{model.title}: submit a job and wait for its result",
            "description": model.summary,
            "inputs": inputs,
            "steps": list(_steps(provider, known, model, model.job)),
            "outputs": _results(known, model, model.job),
        }
    if model.immediate is not None:
        yield {
            "workflowId": f"{name}_at_once",
            "summary": f"{model.title}: generate, and be answered at once",
            "description": model.summary,
            "inputs": inputs,
            "steps": list(_immediate(provider, known, model, model.immediate)),
            "outputs": {name: f"$steps.immediate.outputs.{name}" for name in _at_once(model, model.immediate)},
        }


def _inputs(provider: ir.Provider, model: ir.Model) -> Schema:
    settings = carried.inputs(provider)
    return {
        "type": "object",
        "properties": {"body": requests.schema(provider, model), **settings},
        "required": ["body", *(one.name for one in provider.settings if one.default is None)],
    }


def _immediate(
    provider: ir.Provider, known: tuple[Call, ...], model: ir.Model, immediate: ir.Immediate
) -> Iterator[Schema]:
    if (found := find(known, model, "immediate")) is not None:
        yield _paid(provider, *found, "immediate", outputs=_at_once(model, immediate))


def _steps(provider: ir.Provider, known: tuple[Call, ...], model: ir.Model, job: ir.Job) -> Iterator[Schema]:
    if (found := find(known, model, "submit")) is not None:
        reports = {name: expressions.body(path) for name, path in job.submit.reports}
        outputs = {"id": expressions.first(job.id), **{name: one for name, one in reports.items() if one is not None}}
        yield _paid(provider, *found, "submit", outputs=outputs)
    last = _last(known, model)
    if last is not None and (found := find(known, model, "poll")) is not None:
        yield _poll(provider, *found, job, last=last == "poll")
    if last == "collect" and (found := find(known, model, "collect")) is not None:
        yield _collect(provider, *found, job)


def _last(known: tuple[Call, ...], model: ir.Model) -> Role | None:
    """Name the step that hands over the results; None where a call is made at an address that a reply gives."""
    if model.job is None or find(known, model, "poll") is None:
        return None
    if model.job.collect is None:
        return "poll"
    return None if find(known, model, "collect") is None else "collect"


def _paid(provider: ir.Provider, call: Call, use: Use, role: Role, *, outputs: dict[str, str]) -> Schema:
    """Write a step that costs money: it is never tried again."""
    return {
        "stepId": role,
        "operationId": call.id,
        **({"parameters": asked} if (asked := _asked(use)) else {}),
        "requestBody": {"contentType": "application/json", "payload": "$inputs.body"},
        "successCriteria": list(inside.accepted(provider, use.model)),
        "onFailure": [_STOP],
        "outputs": outputs,
    }


def _poll(provider: ir.Provider, call: Call, use: Use, job: ir.Job, *, last: bool) -> Schema:
    succeeded = conditions.phase(job.state, ("succeeded",))
    return {
        "stepId": "poll",
        "operationId": call.id,
        "parameters": _asked(use),
        **_sent(use),
        "successCriteria": [*inside.accepted(provider, use.model), *([succeeded] if succeeded else [])],
        "onSuccess": [
            {"name": "succeeded", "type": "end"} if last else {"name": "succeeded", "type": "goto", "stepId": "collect"}
        ],
        "onFailure": _otherwise(provider, use, job),
        **({"outputs": _found(use.model, job.results)} if last else {}),
    }


def _collect(provider: ir.Provider, call: Call, use: Use, job: ir.Job) -> Schema:
    return {
        "stepId": "collect",
        "operationId": call.id,
        "parameters": _asked(use),
        **_sent(use),
        "successCriteria": list(inside.accepted(provider, use.model)),
        "onFailure": _otherwise(provider, use, job),
        "outputs": _found(use.model, job.results),
    }


def _otherwise(provider: ir.Provider, use: Use, job: ir.Job) -> list[Schema]:
    """List what to do after a reply without the result, in the order in which it is tried."""
    refused = [{**_STOP, "criteria": criteria} for criteria in inside.refused(provider, use.model)]
    return [*_ended(use, job), *refused, *paces.again(use.model, job), _STOP]


def _ended(use: Use, job: ir.Job) -> Iterator[Schema]:
    """Yield an action for every way in which a job ends without a result."""
    gone = " || ".join(f"$statusCode == {status}" for status in use.operation.expired)
    if gone:
        yield {"name": "gone", "type": "end", "criteria": [{"condition": gone}]}
    for phase in _ENDS:
        if (criterion := conditions.phase(job.state, (phase,))) is not None:
            yield {"name": phase, "type": "end", "criteria": [criterion]}


def _asked(use: Use) -> list[Schema]:
    """Give the parameters of a call."""
    given: list[Schema] = [
        {"name": name, "in": "path", "value": _ID if name == "id" else f"$inputs.{name}"} for name in use.placeholders
    ]
    for name, value in use.query:
        whole = value == "{id}"
        written = _ID if whole else carried.written(value.replace("{id}", f"{{{_ID}}}"))
        given.append({"name": name, "in": "query", "value": written})
    return [*given, *carried.given(use.model)]


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
            return _ID
        case str():
            return template.replace("{model}", model.id).replace("{id}", f"{{{_ID}}}")
        case _:
            return facts.body(template)


def _found(model: ir.Model, results: tuple[ir.ResultsAt, ...]) -> dict[str, str]:
    """Give the outputs that lead to the results of a call, by their kinds."""
    found: dict[str, str] = {}
    for place in results:
        expression = expressions.nearest(place.whole)
        if expression not in found.values():
            found[distinct(result_words.MEMBERS[place.kind or model.output.kind], found)] = expression
    return found


def _results(known: tuple[Call, ...], model: ir.Model, job: ir.Job) -> dict[str, str]:
    last = _last(known, model)
    if last is None:
        return {"id": _ID}
    return {"id": _ID} | {name: f"$steps.{last}.outputs.{name}" for name in _found(model, job.results)}


def _at_once(model: ir.Model, immediate: ir.Immediate) -> dict[str, str]:
    """Give the outputs of a call that answers with results, or with bytes."""
    bytes_ = {result_words.MEMBERS[model.output.kind]: "$response.body"} if immediate.returns else {}
    return _found(model, immediate.results) | bytes_
