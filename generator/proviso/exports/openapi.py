"""A provider as an OpenAPI 3.1 document.

What OpenAPI has no words for stands in fields named x-proviso-..., by the names of the
representation, and as sentences in `x-proviso-not-expressed`.
"""

from __future__ import annotations

import dataclasses
import json

from proviso import ir, naming, words
from proviso.exports import callbacks, replies, requests, security, unsaid
from proviso.exports.calls import Call, Role, calls, calls_at_given_addresses
from proviso.exports.facts import facts, members
from proviso.exports.names import distinct
from proviso.kind_schemas import Schema, given

VERSION = "3.1.1"

_SUMMARIES: dict[Role, str] = {
    "submit": "Submit a job",
    "poll": "Ask how a job is doing",
    "collect": "Fetch the result of a job",
    "cancel": "Stop a job",
    "immediate": "Generate, and answer at once",
    "resolve": "Ask where the file of a result is",
}


def document(provider: ir.Provider) -> Schema:
    """Write the OpenAPI document of a provider."""
    known, given_later = calls(provider), calls_at_given_addresses(provider)
    paths: dict[str, Schema] = {}
    for call in known:
        paths.setdefault(call.path, {})[call.verb.lower()] = _operation(provider, known, given_later, call)
    # What stands at an address that a reply gives has no path, but can be described.
    elsewhere: dict[str, Schema] = {
        call.id: {call.verb.lower(): _operation(provider, known, given_later, call)} for call in given_later
    }
    shared = _hoisted([*paths.values(), *elsewhere.values()])
    return {
        "openapi": VERSION,
        "info": _info(provider),
        "servers": security.servers(provider),
        "security": security.requirements(provider.auth),
        "tags": [_tag(model) for model in provider.models],
        "paths": paths,
        "components": {
            **_components(provider, (*known, *given_later), shared),
            **({"pathItems": elsewhere} if elsewhere else {}),
        },
        **_published(provider),
        "x-proviso-provider": _provider(provider),
        "x-proviso-models": {naming.module_name(model.name): _model(provider, model) for model in provider.models},
        "x-proviso-not-expressed": list(unsaid.openapi(provider)),
    }


def _info(provider: ir.Provider) -> Schema:
    read = max(source.read for source in provider.sources)
    return {
        "title": provider.title,
        "version": read,
        "description": (
            f"What the documents of {provider.title} said on {read}, exported from {words.header(provider.path)}. "
            "The provider did not write this document."
        ),
    }


def _published(provider: ir.Provider) -> Schema:
    """Point to the first page whose address is known; all of them stand among the facts of the provider."""
    for source in provider.sources:
        if isinstance(source.address, str):
            return {"externalDocs": {"description": source.title, "url": source.address}}
    return {}


def _tag(model: ir.Model) -> Schema:
    return {"name": naming.module_name(model.name), "description": f"{model.title}. {model.summary}"}


def _operation(provider: ir.Provider, known: tuple[Call, ...], given_later: tuple[Call, ...], call: Call) -> Schema:
    parameters, body = requests.parameters(provider, call), requests.body(provider, call)
    back = callbacks.callbacks((*known, *given_later), call)
    doubts = [
        one.id
        for one in (*provider.doubts, *(doubt for model in call.models for doubt in model.doubts))
        if {*call.roles} & {*one.touches}
    ]
    return {
        "operationId": call.id,
        "summary": _summary(call),
        **({"description": told} if (told := " ".join(_addresses(call))) else {}),
        "tags": [naming.module_name(model.name) for model in call.models],
        **given(deprecated=all(model.deprecated is not None for model in call.models) or None),
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": body} if body else {}),
        "responses": replies.responses(provider, known, call),
        **({"callbacks": back} if back else {}),
        "x-proviso-roles": {
            role: [naming.module_name(use.model.name) for use in call.uses if use.role == role] for role in call.roles
        },
        **({"x-proviso-doubts": list(dict.fromkeys(doubts))} if doubts else {}),
    }


def _addresses(call: Call) -> list[str]:
    """Say where replies give the address of a call."""
    places = dict.fromkeys(use.given_at for use in call.uses if use.given_at is not None)
    return [f"A reply gives its address at {place}." for place in places]


def _summary(call: Call) -> str:
    what = "; ".join(_SUMMARIES[role] for role in call.roles)
    return f"{what}: {call.models[0].title}" if len(call.models) == 1 else what


def _hoisted(items: list[Schema]) -> dict[str, Schema]:
    """Move responses that several operations have and that show no reply to one place."""
    seen: dict[str, list[tuple[dict[str, Schema], str]]] = {}
    for item in items:
        for operation in item.values():
            assert isinstance(operation, dict)
            for status, response in operation["responses"].items():
                if "content" not in response and "links" not in response:
                    seen.setdefault(json.dumps([status, response]), []).append((operation["responses"], status))
    shared: dict[str, Schema] = {}
    for places in (places for places in seen.values() if len(places) > 1):
        holder, status = places[0]
        name = distinct(f"status-{status}", shared)
        shared[name] = holder[status]
        for responses, one in places:
            responses[one] = {"$ref": f"#/components/responses/{name}"}
    return dict(sorted(shared.items()))


def _components(provider: ir.Provider, known: tuple[Call, ...], shared: dict[str, Schema]) -> Schema:
    schemas: Schema = {requests.schema_name(model): requests.schema(provider, model) for model in provider.models}
    for call in known:
        schemas |= replies.schemas(call)
    headers: Schema = {one.meaning: replies.header(one) for one in provider.reply_headers}
    return {
        "schemas": schemas,
        **({"responses": shared} if shared else {}),
        **({"headers": headers} if headers else {}),
        "securitySchemes": {**security.schemes(provider.auth), **callbacks.schemes(provider)},
    }


_OWN = ("name", "title", "path", "place", "doubts", "sources")
_INHERITED = tuple(
    field.name
    for field in dataclasses.fields(ir.Model)
    if field.name in ir.Provider.__dataclass_fields__ and field.name not in _OWN
)
_ELSEWHERE = ("name", "title", "path", "models", "base_url")
_IN_THE_DOCUMENT = ("name", "title", "summary", "path", "parameters", "body", "replies", "witnesses")
_IN_THE_SCHEMA = ("wire", "kind", "advice", "description", "required", "default")


def _provider(provider: ir.Provider) -> Schema:
    """Give what a provider says for all of its models."""
    own = tuple(name for name in _INHERITED if all(name not in _shared(provider, model) for model in provider.models))
    return members(provider, without=(*_ELSEWHERE, *own))


def _model(provider: ir.Provider, model: ir.Model) -> Schema:
    """Give what a model says beside its schema, without what its provider says for all."""
    parameters = {one.wire: _parameter(one) for one in model.parameters}
    said = {name: one for name, one in parameters.items() if one}
    return {
        "title": model.title,
        **members(model, without=(*_IN_THE_DOCUMENT, *_shared(provider, model))),
        **({"parameters": said} if said else {}),
    }


def _parameter(one: ir.Parameter) -> Schema:
    """Give what a parameter says beside its schema; rules and prices speak of it by `name` where that differs."""
    inner = [
        {"name": member.wire, **said}
        for kind in ir.every_kind(one.kind)
        if isinstance(kind, ir.Object)
        for member in kind.members
        if (said := members(member, without=(*_IN_THE_SCHEMA, "name", "sources")))
    ]
    outer = members(one, without=(*_IN_THE_SCHEMA, *(("name",) if one.name == one.wire else ())))
    return {**outer, **({"members": inner} if inner else {})}


def _shared(provider: ir.Provider, model: ir.Model) -> tuple[str, ...]:
    """Name what a model has from its provider."""
    return tuple(name for name in _INHERITED if facts(getattr(model, name)) == facts(getattr(provider, name)))
