"""Where calls go, what shows the key, and which calls make a job, in drafts of OpenAPI documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .drafts import Data, document, drafted, with_field


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
