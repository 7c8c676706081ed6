"""A draft from an OpenAPI document says what the document says, and marks what it does not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

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
