"""An OpenAPI document says what the spec says: its operations, its requests, its replies, and no more."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from proviso import ir, json_schema, layouts, naming, reply_paths
from proviso.exports import calls, expressions, facts, openapi, requests, text

from .exported import MODELS, PROVIDERS, complaints, described, named, nodes, operation, operations, resolved

on_each_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=named)
on_each_model = pytest.mark.parametrize(("provider", "model"), MODELS, ids=lambda one: one.name)


@on_each_provider
def test_a_document_is_valid_openapi(provider: ir.Provider) -> None:
    assert not list(OpenAPIV31SpecValidator(described(provider)).iter_errors())


@on_each_provider
def test_a_document_is_the_same_every_time_and_survives_being_written(provider: ir.Provider) -> None:
    one, other = openapi.document(provider), openapi.document(provider)
    assert text.written(one) == text.written(other)
    assert json.loads(text.written(one)) == json.loads(json.dumps(one))


@on_each_provider
def test_every_operation_of_the_spec_is_there(provider: ir.Provider) -> None:
    there = {(verb, path) for verb, path, _ in operations(described(provider))}
    for model in provider.models:
        for node in nodes(model):
            if isinstance(node, ir.Operation | ir.Fetch) and node.call is not None:
                verb, _, path = node.call.partition(" ")
                plain = path.partition("?")[0].replace("{+", "{")
                spelled = re.escape(plain).replace(re.escape("{model}"), ".+")
                assert any(verb == one and re.fullmatch(spelled, other) for one, other in there), node.call


@on_each_model
def test_a_documented_request_fits_the_schema_of_its_operation(provider: ir.Provider, model: ir.Model) -> None:
    for role in roles(model, "submit", "immediate"):
        content = operation(provider, model, role)["requestBody"]["content"]
        written = content[requests.TYPES[model.encoding]]
        schema = written["schema"]
        examples = [one["value"] for one in written.get("examples", {}).values()]
        for witness in model.witnesses:
            body = facts.body(witness.body)
            assert not complaints(described(provider), schema, body), witness.name
            assert body in examples
        wrong: object
        for wrong in ({}, {"unheard-of": 1}, []):
            if complaints({}, json_schema.body(model), wrong):
                assert complaints(described(provider), schema, wrong)


@on_each_model
def test_the_schema_of_a_body_is_the_published_one(provider: ir.Provider, model: ir.Model) -> None:
    schemas = deepcopy(described(provider)["components"]["schemas"])
    exported = schemas[f"{naming.module_name(model.name)}_body"]
    published = json.loads(json.dumps(json_schema.body(model)))
    for secret in (one.member for one in provider.auth if isinstance(one, ir.BodyKey)):
        for whole in exported.get("oneOf", [exported]):
            for one in whole.get("prefixItems", [whole.get("items", whole)]):
                assert one["properties"].pop(secret)["writeOnly"] is True
    for name, kind in layouts.files(model).items():
        # A file travels as it is, and not as the data URI that stands for it in params and bodies of JSON.
        assert [one.pop("contentMediaType") for one in contents(exported, name)] == [
            kind.media_types[0] if len(kind.media_types) == 1 else "application/octet-stream"
        ]
        for one in contents(published, name):
            assert all(one.pop(key) for key in ("format", "pattern", "not"))
    assert {**exported, "$schema": json_schema.DIALECT, "deprecated": None} == {**published, "deprecated": None}


@on_each_model
def test_a_form_names_its_files_and_the_media_types_that_they_may_have(provider: ir.Provider, model: ir.Model) -> None:
    for role in roles(model, "submit", "immediate"):
        written = operation(provider, model, role)["requestBody"]["content"][requests.TYPES[model.encoding]]
        for name, kind in layouts.files(model).items():
            allowed = written["encoding"][name]["contentType"].split(", ")
            assert set(kind.media_types or ["application/octet-stream"]) <= set(allowed)
        assert written.get("encoding", {}).keys() >= layouts.files(model).keys()


@on_each_model
def test_a_documented_reply_fits_a_response_of_its_operation(provider: ir.Provider, model: ir.Model) -> None:
    for reply in model.replies:
        response = operation(provider, model, reply.of)["responses"][str(reply.status)]
        content = resolved(described(provider), response)["content"][reply.media_type]
        if reply.body is not None:
            body = facts.body(reply.body)
            assert not complaints(described(provider), content["schema"], body), reply.name
            assert body in [one["value"] for one in content["examples"].values()]


@on_each_provider
def test_replies_promise_no_member_and_rule_none_out(provider: ir.Provider) -> None:
    document = described(provider)
    for name, schema in document["components"]["schemas"].items():
        if "_reply_" in name:
            found = json.dumps(schema)
            assert not re.search(r'"(required|additionalProperties|enum|const|minimum|maxLength)": ', found), name


@on_each_model
def test_a_link_leads_from_a_reply_to_a_parameter_that_takes_what_stands_there(
    provider: ir.Provider, model: ir.Model
) -> None:
    document = described(provider)
    by_id = {one["operationId"]: one for _, _, one in operations(document)}
    paths = [] if model.job is None else [model.job.id, *(place.whole for place in model.job.results)]
    for role in roles(model, "submit", "poll"):
        here = operation(provider, model, role)
        given = {one["name"] for one in here.get("parameters", ())}
        for status, response in here["responses"].items():
            shown = [one.body for one in model.replies if one.of == role and str(one.status) == status]
            leading = resolved(document, response).get("links", {}).values()
            for link, (name, source) in [(each, one) for each in leading for one in each["parameters"].items()]:
                assert name in {one["name"] for one in by_id[link["operationId"]]["parameters"]}
                where, _, pointer = source.partition("#")
                if where == "$response.body":
                    found = [
                        (at(pointer, body), [reply_paths.find(path, body)[:1] for path in paths]) for body in shown
                    ]
                    assert all(value is None or [value] in ids for value, ids in found), pointer
                elif not where.startswith("$request.body"):
                    assert where.startswith(("$request.path.", "$request.query."))
                    assert where.split(".", 2)[2] in given


@on_each_model
def test_a_callback_goes_where_the_request_says_and_is_never_asked_for_the_callers_key(
    provider: ir.Provider, model: ir.Model
) -> None:
    one = model.callback
    if one is None:
        return
    posts = operation(provider, model, "submit")["callbacks"]["result"]
    spots = [
        layouts.spots(arm.body)[one.parameter]
        for arm in layouts.arms(model.body)
        if one.parameter in layouts.spots(arm.body)
    ]
    carried = [
        f"{{$request.{each.carrier}.{each.name}}}"
        for each in model.beside
        if each.value == ir.Value(parameter=one.parameter)
    ]
    for address in (*carried, *(f"{{$request.body#{expressions.pointer(spot)}}}" for spot in spots)):
        post = posts[address]["post"]
        assert all(name.startswith("callback_") for way in post["security"] for name in way)
        assert bool(post["security"]) == isinstance(one.signature, ir.SharedSecret)
        shown = {each["name"] for each in post.get("parameters", ())}
        assert (one.signature.header in shown) if isinstance(one.signature, ir.SignedBody) else not shown
        assert one.acknowledge is None or str(one.acknowledge) in post["responses"]


@on_each_provider
def test_every_status_with_a_meaning_is_a_response_of_every_operation(provider: ir.Provider) -> None:
    document = described(provider)
    for model in provider.models:
        if isinstance(model.errors, ir.Unknown):
            continue
        for role in roles(model, "submit", "poll", "collect", "immediate"):
            responses = operation(provider, model, role)["responses"]
            for one in model.errors.statuses:
                told = resolved(document, responses[str(one.status)])["x-proviso-refusal"]
                meanings = told if isinstance(told, list) else [told]
                assert any(
                    (one.means, one.retry, one.billed) == (each["means"], each.get("retry"), each.get("billed"))
                    for each in meanings
                )


@on_each_provider
def test_every_variable_of_an_address_is_described(provider: ir.Provider) -> None:
    (server,) = described(provider)["servers"]
    assert set(re.findall(r"\{([^}]*)\}", server["url"])) == set(server.get("variables", {}))


@on_each_model
def test_what_stands_in_a_call_must_be_sent_and_what_is_read_of_it_is_described(
    provider: ir.Provider, model: ir.Model
) -> None:
    for use in calls.uses(model):
        found = operation(provider, model, use.role)
        sent = {(one["in"], one["name"]): one["required"] for one in found.get("parameters", ())}
        places = [("path", name) for name in use.placeholders] + [("query", name) for name, _ in use.query]
        alone = sum(map(len, found["x-proviso-roles"].values())) == 1
        assert all(sent[place] or not alone for place in places)
        shown = {reply.status for reply in model.replies if reply.of == use.role}
        read = {*use.operation.expired, *(status for status in use.operation.reads if status != 200)}
        assert {str(status) for status in read | shown} <= set(found["responses"])


@on_each_provider
def test_names_are_unique_and_references_lead_somewhere(provider: ir.Provider) -> None:
    document = described(provider)
    names = [one["operationId"] for _, _, one in operations(document)]
    assert len(names) == len(set(names))
    for reference in re.findall(r'"\$ref": ("(?:[^"\\]|\\.)*")', json.dumps(document)):
        assert resolved(document, {"$ref": json.loads(reference)}) is not None


@on_each_provider
def test_nothing_that_a_spec_says_beside_its_schema_is_left_out(provider: ir.Provider) -> None:
    document = described(provider)
    for model in provider.models:
        told = document["x-proviso-provider"] | document["x-proviso-models"][naming.module_name(model.name)]
        for section in (
            "headers",
            "query",
            "price",
            "sizes",
            "schedule",
            "job",
            "immediate",
            "callback",
            "errors",
            "doubts",
            "output",
        ):
            value = getattr(model, section)
            if facts.is_said(value):
                assert told[section] == json.loads(json.dumps(facts.facts(value))), section


@on_each_provider
def test_prices_and_states_are_among_what_is_not_expressed(provider: ir.Provider) -> None:
    sentences = described(provider)["x-proviso-not-expressed"]
    for model in provider.models:
        name = naming.module_name(model.name)
        told = [one for one in sentences if one.startswith(f"{name}: ")]
        assert any("cost" in one or "price" in one for one in told)
        assert model.job is None or any(one.startswith(f"{name}: which states") for one in sentences)


def contents(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Find the schemas of the values of a member, or of its items."""
    arms = body.get("oneOf", [body])
    found = [one["properties"][name] for one in arms if name in one["properties"]]
    return [one.get("items", one) for one in found]


def roles(model: ir.Model, *wanted: str) -> tuple[str, ...]:
    """Keep the roles that a model has a call for."""
    one = model.job
    has = (
        ()
        if one is None
        else (("submit", one.submit), ("poll", one.poll), ("collect", one.collect), ("cancel", one.cancel))
    )
    made = {name for name, call in has if call is not None} | ({"immediate"} if model.immediate else set())
    return tuple(role for role in wanted if role in made)


def at(pointer: str, document: Any) -> Any:
    """Follow a JSON Pointer; None where it leads nowhere."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        try:
            document = document[int(name)] if isinstance(document, list) else document[name]
        except (KeyError, IndexError):
            return None
    return document
