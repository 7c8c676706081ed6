"""The same operations as an OpenAPI 3.1 document, for generators that read that."""

from __future__ import annotations

import json
from pathlib import Path

from proviso import ir, json_schema, pipeline
from proviso.oracle.exact import plain

Schema = dict[str, object]


def write(specs: Path, path: Path) -> None:
    """Write the document: a POST a model, a GET a provider, bodies and replies as components."""
    schemas: Schema = {}
    paths: Schema = {}
    for provider in pipeline.read(specs).providers:
        paths |= _operations(provider)
        schemas |= {_reply(provider, of): _shape(_longest(provider, of)) for of in ("submit", "poll")}
        schemas |= {_class(provider, model): _body(model) for model in provider.models}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Pictures", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")


def _operations(provider: ir.Provider) -> Schema:
    posts: Schema = {
        f"/{provider.name}/jobs/{model.id}": {
            "post": {
                "operationId": f"submit{_class(provider, model)}",
                "tags": [provider.name],
                "summary": model.summary,
                "requestBody": {"required": True, "content": _json(_class(provider, model))},
                "responses": {"200": {"description": "Accepted.", "content": _json(_reply(provider, "submit"))}},
            }
        }
        for model in provider.models
    }
    poll = {
        "operationId": f"poll{_class(provider)}",
        "tags": [provider.name],
        "parameters": [
            {"name": "model", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "id", "in": "query", "required": True, "schema": {"type": "string"}},
        ],
        "responses": {"200": {"description": "The state.", "content": _json(_reply(provider, "poll"))}},
    }
    return posts | {f"/{provider.name}/jobs/{{model}}": {"get": poll}}


def _body(model: ir.Model) -> Schema:
    schema = json_schema.body(model)
    # Generators take a title for the name of a class, and titles are not unique across providers.
    return {name: member for name, member in schema.items() if name not in ("$schema", "title")}


def _longest(provider: ir.Provider, of: str) -> object:
    replies = [plain(one.body) for one in provider.models[0].replies if one.of == of and one.status == 200]
    return max(replies, key=lambda body: len(json.dumps(body)))


def _shape(value: object) -> Schema:
    match value:
        case dict():
            members = {name: _shape(member) for name, member in value.items()}
            return {"type": "object", "properties": members, "required": list(members)}
        case list():
            return {"type": "array", "items": _shape(value[0])}
        case bool():
            return {"type": "boolean"}
        case int():
            return {"type": "integer"}
        case _:
            return {"type": "string"}


def _class(provider: ir.Provider, model: ir.Model | None = None) -> str:
    name = provider.name if model is None else f"{provider.name}-{model.name}"
    return "".join(part.capitalize() for part in name.split("-"))


def _reply(provider: ir.Provider, of: str) -> str:
    return f"{_class(provider)}{of.capitalize()}Reply"


def _json(component: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{component}"}}}
