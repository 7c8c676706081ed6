"""Bodies of requests and of replies in drafts of OpenAPI documents: rules, examples, forms and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .drafts import Data, drafted, texts, with_field


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
