"""A draft from an OpenAPI document says what the document says, and marks what it does not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from proviso.drafting import openapi

from .drafts import Data, document, drafted, texts, with_field


@pytest.fixture
def lumen(tmp_path: Path) -> Data:
    return drafted(tmp_path, document("lumen.yaml"))


@pytest.fixture
def harbour(tmp_path: Path) -> Data:
    return drafted(tmp_path, document("harbour.json"))


def test_the_address_the_key_and_the_page_are_those_of_the_document(lumen: Data) -> None:
    provider = lumen["provider.yaml"]
    assert provider["title"] == "Lumen Studio"
    assert provider["base_url"] == "https://api.lumen.example/v2"
    assert provider["auth"] == {"bearer": "ACME_API_KEY"}
    (page,) = provider["sources"].values()
    assert len(page["sha256"]) == 64
    assert page["read"] == "2026-01-02"


def test_parameters_keep_their_limits_to_the_digit(lumen: Data) -> None:
    parameters = lumen["lumen-3.yaml"]["parameters"]
    assert list(parameters) == [
        "X-Priority",
        "prompt",
        "count",
        "ratio",
        "seed",
        "guidance",
        "callback_url",
        "references",
        "style",
    ]
    assert parameters["count"] == {
        "type": "integer", "minimum": 1, "maximum": 4, "default": 1, "description": "The field count.",
    }  # fmt: skip
    assert parameters["seed"]["maximum"] == 18446744073709551615
    assert parameters["guidance"]["default"] == Decimal("7.5")
    assert parameters["style"]["enum"] == ["flat", "deep"]
    assert parameters["style"]["default"] == "flat"


def test_a_constant_model_is_the_models_id_and_no_parameter(lumen: Data) -> None:
    assert lumen["lumen-3.yaml"]["model"] == "lumen-3"
    assert lumen["provider.yaml"]["body"] == {"model": "{model}", "*": "{*}"}


def test_a_model_of_several_is_no_parameter_and_its_id_is_left_open(tmp_path: Path) -> None:
    data = document("lumen.yaml")
    data["components"]["schemas"]["ImageRequest"]["properties"]["model"] = {"type": "string", "enum": ["m-1", "m-2"]}
    written = texts(tmp_path, data)
    assert '# The document also says: enum ["m-1", "m-2"].\nmodel: create-image\n' in written["create-image.yaml"]
    found = drafted(tmp_path, data, model="m-2")
    assert found["m-2.yaml"]["model"] == "m-2"
    assert "model" not in found["m-2.yaml"]["parameters"]


def test_a_link_says_where_the_id_stands_and_how_to_poll(lumen: Data) -> None:
    job = lumen["provider.yaml"]["job"]
    assert job["submit"] == {"call": "POST /images", "id": "$.id"}
    assert job["poll"] == {"call": "GET /images/{id}"}


def test_what_the_document_does_not_say_is_unknown_or_marked(lumen: Data) -> None:
    assert lumen["lumen-3.yaml"]["price"] == {"unknown": "The OpenAPI document does not say what a request costs."}
    job = lumen["provider.yaml"]["job"]
    assert (job["state"], job["results"]) == ({"at": "TODO"}, "TODO")
    assert "unknown" in job["failure"]
    assert "unknown" in job["retention"]
    assert lumen["provider.yaml"]["errors"]["billed"].keys() == {"unknown"}


def test_statuses_have_the_meaning_that_http_gives_them(lumen: Data) -> None:
    errors = lumen["provider.yaml"]["errors"]
    means = {status: one["means"] for status, one in errors["statuses"].items()}
    assert means == {"401": "unauthorized", "402": "out-of-credit", "429": "rate-limited"}
    assert "HTTP" in errors["assumed"]


def test_examples_are_replies_and_witnesses_and_sentences_are_written_anew(lumen: Data) -> None:
    replies = {(one["of"], one["status"], one["name"]) for one in lumen["provider.yaml"]["replies"]}
    assert ("submit", 202, "status 202") in replies
    assert ("poll", 200, "status 200, done") in replies
    (witness,) = lumen["lumen-3.yaml"]["witnesses"]
    assert witness["body"]["count"] == 2
    assert "fog" not in witness["body"]["prompt"]


def test_no_sentence_of_the_document_stands_in_the_draft(tmp_path: Path) -> None:
    written = "".join(texts(tmp_path, document("lumen.yaml")).values())
    for sentence in ("What the image is to show", "Starts the drawing", "not allowed here", "hills"):
        assert sentence not in written


def test_words_of_states_are_shown_and_not_sorted(tmp_path: Path) -> None:
    written = texts(tmp_path, document("lumen.yaml"))["provider.yaml"]
    assert '# The document also says: $.status is one of ["queued", "busy", "done", "failed"].' in written
    assert "# The document also says: $.images[*].url is a uri." in written


def test_limits_that_the_language_has_not_are_named(tmp_path: Path) -> None:
    written = texts(tmp_path, with_field({"type": "string", "minLength": 2, "contentMediaType": "text/html"}))
    (model,) = (text for name, text in written.items() if name != "provider.yaml")
    assert '# The document also says: contentMediaType "text/html".' in model


def test_each_form_of_a_body_is_a_model_and_its_constants_stand_in_the_body(harbour: Data) -> None:
    sketch, photo = harbour["sketch.yaml"], harbour["photo.yaml"]
    assert sketch["body"] == {"kind": "sketch", "*": "{*}"}
    assert photo["body"] == {"kind": "photo", "*": "{*}"}
    assert "lines" in sketch["parameters"]
    assert "lines" not in photo["parameters"]
    assert [one["name"] for one in sketch["witnesses"]] == ["pencil"]
    assert [one["name"] for one in photo["witnesses"]] == ["lens"]


def test_what_all_models_have_alike_stands_in_the_providers_file(harbour: Data) -> None:
    assert "immediate" in harbour["provider.yaml"]
    assert not {"immediate", "replies", "errors"} & harbour["sketch.yaml"].keys()
    assert "body" not in harbour["provider.yaml"]


def test_an_image_in_the_reply_is_an_immediate_answer(harbour: Data) -> None:
    assert harbour["provider.yaml"]["immediate"] == {"call": "POST /draw", "returns": ["image/png", "image/webp"]}
    assert harbour["sketch.yaml"]["output"]["kind"] == "image"
    assert "job" not in harbour["provider.yaml"]


def test_openapi_3_0_is_read_by_its_own_rules(harbour: Data) -> None:
    parameters = harbour["sketch.yaml"]["parameters"]
    limits = {key: value for key, value in parameters["strength"].items() if key.endswith("imum")}
    assert limits == {"exclusiveMinimum": 0, "maximum": 1}
    assert parameters["tint"]["enum"] == ["warm", "cold"]
    assert "deprecated" in parameters["old"]
    assert "id" not in parameters
    assert "required" in parameters["prompt"]


def test_a_key_in_a_header_and_a_server_with_variables(harbour: Data) -> None:
    provider = harbour["provider.yaml"]
    assert provider["auth"] == {"header": {"X-Harbour-Key": "ACME_API_KEY"}}
    assert provider["base_url"] == "https://{zone}.harbour.example/api"
    assert provider["settings"]["zone"] == {
        "enum": ["eu", "us"], "default": "eu", "variable": "ACME_ZONE", "description": "The part zone of the address.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ({"url": "https://{a}/v1", "variables": {"a": {"default": "acme.example", "enum": ["acme.example", "b.c"]}}},
         "https://acme.example/v1"),
        ({"url": "https://a.example/{Stage}/", "variables": {"Stage": {"default": "v2"}}}, "https://a.example/v2"),
        ({"url": "https://a.example/{stage}", "variables": {"stage": {"default": "v2"}}}, "https://a.example/{stage}"),
        ({"url": "/v1"}, "TODO"),
        ({"url": "https://a.example/{gone}"}, "TODO"),
        ({"url": "ftp://a.example"}, "TODO"),
    ],
)  # fmt: skip
def test_addresses(tmp_path: Path, server: Data, address: str) -> None:
    assert drafted(tmp_path, with_field({}, servers=[server]))["provider.yaml"]["base_url"] == address


@pytest.mark.parametrize(
    ("schemes", "auth"),
    [
        ([{"type": "http", "scheme": "Bearer"}], {"bearer": "ACME_API_KEY"}),
        ([{"type": "http", "scheme": "Key"}], {"scheme": {"Key": "ACME_API_KEY"}}),
        ([{"type": "apiKey", "in": "query", "name": "k"}], {"query": {"k": "ACME_API_KEY"}}),
        ([{"type": "http", "scheme": "bearer"}, {"type": "apiKey", "in": "header", "name": "x"}],
         [{"bearer": "ACME_API_KEY"}, {"header": {"x": "ACME_API_KEY_2"}}]),
        ([{"type": "oauth2", "flows": {}}], "TODO"),
        ([{"type": "apiKey", "in": "cookie", "name": "c"}], "TODO"),
        ([], "TODO"),
    ],
)  # fmt: skip
def test_keys_in_documents(tmp_path: Path, schemes: list[Data], auth: Any) -> None:
    named = {f"s{number}": scheme for number, scheme in enumerate(schemes)}
    data = with_field({}, security=[{name: []} for name in named], components={"securitySchemes": named})
    assert drafted(tmp_path, data)["provider.yaml"]["auth"] == auth


def test_the_user_may_choose_operations_and_say_how_to_poll(tmp_path: Path) -> None:
    data = document("lumen.yaml")
    del data["paths"]["/images"]["post"]["responses"]["202"]["links"]
    found = drafted(tmp_path, data)["provider.yaml"]["job"]
    assert found["poll"] == {"call": "TODO"}
    assert found["submit"]["id"] == "TODO"
    told = drafted(tmp_path, data, submit=("createImage",), poll="GET /images/{id}")["provider.yaml"]["job"]
    assert told["poll"] == {"call": "GET /images/{id}"}
    assert told["submit"]["id"] == "$.id"
    assert told["submit"]["assumed"]
    assert drafted(tmp_path, data, submit=("POST /images",))["lumen-3.yaml"]["model"] == "lumen-3"


def test_the_user_may_name_the_call_that_fetches_the_result(tmp_path: Path) -> None:
    data = document("lumen.yaml")
    data["paths"]["/images/{key}/files"] = {"get": data["paths"]["/images/{id}"]["get"] | {"operationId": "files"}}
    for wanted in ("files", "GET /images/{key}/files"):
        found = drafted(tmp_path, data, collect=wanted)["provider.yaml"]
        assert found["job"]["collect"] == {"call": "GET /images/{id}/files"}
        assert {one["of"] for one in found["replies"]} == {"submit", "poll", "collect"}


def test_one_object_that_holds_the_parameters_is_laid_open(tmp_path: Path) -> None:
    inner = {"type": "object", "required": ["p"], "properties": {"p": {"type": "string"}, "n": {"type": "integer"}}}
    data = with_field({"type": "string"})
    schema = data["paths"]["/jobs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"] |= {"version": {"const": 2}, "input": inner}
    schema["required"] = ["input", "version"]
    found = drafted(tmp_path, data)
    (model,) = (one for name, one in found.items() if name != "provider.yaml")
    assert found["provider.yaml"]["body"] == {"a": "{a}", "version": 2, "input": "{*}"}
    assert {name: one.get("required", False) for name, one in model["parameters"].items()} == {
        "a": False,
        "p": True,
        "n": False,
    }


@pytest.mark.parametrize(
    ("beside", "rule"),
    [
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"exactly_one": ["a", "b"]}),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"at_least_one": ["a", "b"]}),
        ({"not": {"required": ["a", "b"]}}, {"at_most_one": ["a", "b"]}),
        ({"dependentRequired": {"a": ["b"]}}, {"when": {"a": {"given": True}}, "require": ["b"]}),
        (
            {"if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"required": ["b"]}},
            {"when": {"a": "x"}, "require": ["b"]},
        ),
        (
            {"allOf": [{"if": {"properties": {"a": {"enum": ["x", "y"]}}, "required": ["a"]}, "then": {"not": {"required": ["b"]}}}]},
            {"when": {"a": ["x", "y"]}, "forbid": ["b"]},
        ),
    ],
)  # fmt: skip
def test_rules_between_fields_come_over(tmp_path: Path, beside: Data, rule: Data) -> None:
    assert model_of(drafted(tmp_path, with_beside(beside)))["rules"] == [rule]


@pytest.mark.parametrize(
    "beside",
    [
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "anyOf": [{"required": ["a", "b"]}, {"required": ["b"]}]},
        {"if": {"properties": {"a": {"const": "x"}}}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
        {
            "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]},
            "then": {"required": ["b"]},
            "else": {"required": ["a"]},
        },
        {"dependentRequired": {"a": ["elsewhere"]}},
        {"not": {"required": ["a", "b", "c"]}},
    ],
)
def test_rules_that_the_language_would_mean_differently_are_named(tmp_path: Path, beside: Data) -> None:
    written = "".join(texts(tmp_path, with_beside(beside)).values())
    assert "# The document also says: " in written


def with_beside(beside: Data) -> Data:
    data = with_field({"type": "string"})
    schema = data["paths"]["/jobs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"]["b"] = {"type": "string"}
    schema.update(beside)
    return data


def model_of(found: Data) -> Data:
    (model,) = (one for name, one in found.items() if name != "provider.yaml")
    assert isinstance(model, dict)
    return model


def test_replies_are_put_together_from_examples_of_fields(tmp_path: Path) -> None:
    job = {
        "type": "object", "required": ["id"],
        "properties": {"id": {"type": "string", "examples": ["j1"]}, "state": {"type": "string"}},
    }  # fmt: skip
    data = with_field({"type": "string"})
    data["paths"]["/jobs"]["post"]["responses"] = {"200": {"content": {"application/json": {"schema": job}}}}
    (reply,) = drafted(tmp_path, data)["provider.yaml"]["replies"]
    assert reply["body"] == {"id": "j1"}
    assert "examples of single fields" in reply["assembled"]


def test_a_reply_without_an_example_of_a_required_field_is_not_put_together(tmp_path: Path) -> None:
    job = {"type": "object", "required": ["id", "at"], "properties": {"id": {"const": "j"}, "at": {"type": "string"}}}
    data = with_field({"type": "string"})
    data["paths"]["/jobs"]["post"]["responses"] = {"200": {"content": {"application/json": {"schema": job}}}}
    assert drafted(tmp_path, data)["provider.yaml"]["replies"] == "TODO"


def test_two_keys_that_go_together_are_left_open(tmp_path: Path) -> None:
    scheme = {"type": "http", "scheme": "bearer"}
    data = with_field({}, security=[{"a": [], "b": []}], components={"securitySchemes": {"a": scheme, "b": scheme}})
    assert drafted(tmp_path, data)["provider.yaml"]["auth"] == "TODO"


def test_what_looks_like_a_reference_in_an_example_is_data(tmp_path: Path) -> None:
    data = with_field({"type": "object", "properties": {"b": {"type": "string"}}, "default": {"$ref": "#/no"}})
    body = data["paths"]["/jobs"]["post"]["requestBody"]["content"]["application/json"]
    body["example"] = {"a": {"b": "x", "$ref": "#/components/schemas/Nothing"}}
    (witness,) = model_of(drafted(tmp_path, data))["witnesses"]
    assert witness["body"]["a"]["$ref"] == "#/components/schemas/Nothing"


def test_parameters_beside_the_body_have_their_places(tmp_path: Path) -> None:
    data = with_field({"type": "string"})
    operation = data["paths"]["/jobs"]["post"]
    operation["parameters"] = [
        {"in": "query", "name": "steps", "schema": {"type": "integer", "maximum": 9}},
        {"in": "header", "name": "X-Quality", "required": True, "schema": {"enum": ["low", "high"]}},
        {"in": "header", "name": "Authorization", "schema": {"type": "string"}},
        {"in": "cookie", "name": "c", "schema": {"type": "string"}},
        {"in": "query", "name": "a", "schema": {"type": "string"}},
    ]
    data["paths"] = {"/draw/{style}": {"post": operation, "parameters": [
        {"in": "path", "name": "style", "required": True, "schema": {"type": "string"}},
        {"in": "query", "name": "steps", "schema": {"type": "string"}},
    ]}}  # fmt: skip
    found = drafted(tmp_path, data)
    model = model_of(found)
    assert list(model["parameters"]) == ["steps", "X-Quality", "style", "a"]
    assert model["parameters"]["steps"]["maximum"] == 9
    assert found["provider.yaml"]["request"] == {"query": {"steps": "{steps}"}, "headers": {"X-Quality": "{X-Quality}"}}
    assert found["provider.yaml"]["job"]["submit"]["call"] == "POST /draw/{style}"
    assert 'the cookie has "c"; the query has "a".' in "".join(texts(tmp_path, data).values())


@pytest.mark.parametrize(
    ("media", "encoding"),
    [("multipart/form-data", "multipart"), ("application/x-www-form-urlencoded", "form")],
)
def test_forms_are_written_as_forms(tmp_path: Path, media: str, encoding: str) -> None:
    data = with_field({"type": "string"})
    content = data["paths"]["/jobs"]["post"]["requestBody"]["content"]
    content[media] = content.pop("application/json")
    assert drafted(tmp_path, data)["provider.yaml"]["request"] == {"encoding": encoding}


BINARY = {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("schema", "encoding", "file"),
    [
        (BINARY, None, {}),
        ({**BINARY, "maxLength": 900, "example": "@a.png"}, "image/png, image/jpeg; q=1", {
            "media_types": ["image/png", "image/jpeg"], "max_bytes": 900}),
        ({"contentMediaType": "image/PNG"}, None, {"media_types": ["image/png"]}),
        ({"type": ["string", "null"], "contentMediaType": "application/octet-stream"}, "image/webp", {"media_types": ["image/webp"]}),
        (BINARY, "image/png, image/*", {}),
        (BINARY, "application/octet-stream", {}),
    ],
)  # fmt: skip
def test_files_of_forms_are_files_in_every_spelling(
    tmp_path: Path, schema: Data, encoding: str | None, file: Data
) -> None:
    more = {} if encoding is None else {"encoding": {"a": {"contentType": encoding}}}
    single = {"type": "string", "format": "binary", **file}
    for asked, kind in (
        (schema, single),
        ({"type": "array", "items": schema, "maxItems": 3}, {"type": "array", "items": single, "maxItems": 3}),
        ({"anyOf": [schema, {"type": "array", "items": schema}]}, {"type": "array", "items": single}),
    ):
        data = with_field(asked)
        content = data["paths"]["/jobs"]["post"]["requestBody"]["content"]
        content["multipart/form-data"] = {**content.pop("application/json"), **more}
        field = {**model_of(drafted(tmp_path, data))["parameters"]["a"]}
        assert field.pop("description")
        assert field == kind
        told = "".join(texts(tmp_path, data).values())
        assert ("image/*" in told) is ("image/*" in (encoding or ""))


def test_a_file_outside_of_a_multipart_form_is_only_remarked_upon(tmp_path: Path) -> None:
    assert "format" not in model_of(drafted(tmp_path, with_field(BINARY)))["parameters"]["a"]
    nested = with_field({"type": "object", "properties": {"b": BINARY}})
    content = nested["paths"]["/jobs"]["post"]["requestBody"]["content"]
    content["multipart/form-data"] = content.pop("application/json")
    assert 'format "binary"' in "".join(texts(tmp_path, nested).values())


def test_a_callback_in_the_document_names_its_parameter(tmp_path: Path) -> None:
    data = with_field({"type": "string"})
    data["paths"]["/jobs"]["post"]["callbacks"] = {"done": {"{$request.body#/a}": {"post": {}}}}
    assert drafted(tmp_path, data)["provider.yaml"]["callback"]["parameter"] == "a"


def test_a_description_that_holds_itself_is_no_circle(tmp_path: Path) -> None:
    node = {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Node"}}}
    data = with_field({"$ref": "#/components/schemas/Node"}, components={"schemas": {"Node": node}})
    assert drafted(tmp_path, data)


def test_many_operations_have_to_be_chosen_from(tmp_path: Path) -> None:
    data = with_field({"type": "string"})
    data["paths"] = {f"/jobs{number}": data["paths"]["/jobs"] for number in range(21)}
    with pytest.raises(openapi.ChoiceError, match="21 operations may be the paid one"):
        drafted(tmp_path, data)
    with pytest.raises(openapi.ChoiceError, match='did you mean "POST /jobs7"'):
        drafted(tmp_path, data, submit=("POST /job7",))


def test_an_immediate_answer_may_be_json(tmp_path: Path) -> None:
    data = document("lumen.yaml")
    found = drafted(tmp_path, data, immediate="POST /images")["provider.yaml"]
    assert found["immediate"] == {"call": "POST /images", "results": "TODO"}
