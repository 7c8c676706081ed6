"""A body that carries several requests: what is wrong is told at its place, and the price is the sum."""

from __future__ import annotations

import json
from pathlib import Path

from .desk import run, validate

UUID = "0b4f1c9e-6f0c-4d55-9a40-1c2d3e4f5a6b"


def body(*inputs: object) -> bytes:
    return json.dumps([{"id": UUID, "input": one} for one in inputs]).encode()


def found(given: bytes) -> list[tuple[str, str, str]]:
    result = validate(given, "--format", "json", model="acme/crowd-3")
    document = json.loads(result.stdout)
    assert document["valid"] is (result.exit_code == 0)
    return [(one["at"], one["rule"], one["severity"]) for one in document["violations"]]


def test_every_request_of_a_body_is_checked_at_its_place(workplace: Path) -> None:
    assert found(body({"prompt": "a"})) == []
    assert found(body({"prompt": "a"}, {"prompt": "b", "n": 2}, {"prompt": "c"})) == []
    assert found(body({"prompt": 1}, {"prompt": "b"}, {"n": 9})) == [
        ("/0/input/prompt", "type", "error"),
        ("/2/input/prompt", "required", "error"),
        ("/2/input/n", "maximum", "error"),
    ]
    assert found(b'[{"id": "x", "input": {"prompt": "a"}}, 3]') == [
        ("/0/id", "format", "error"),
        ("/1", "type", "error"),
    ]


def test_none_too_many_and_no_list_are_told_at_the_root(workplace: Path) -> None:
    assert found(b"[]") == [("", "minItems", "error")]
    assert found(body(*[{"prompt": "a"}] * 4)) == [("", "maxItems", "error")]
    assert found(b"{}") == [("", "type", "error")]
    assert len(found(b"[" + b"3," * 200_000 + b"3]")) < 10


def test_what_is_advised_is_told_at_its_request(workplace: Path) -> None:
    given = body({"prompt": "a"}, {"prompt": "b", "steps": 51})
    assert found(given) == [("/1/input/steps", "maximum", "advice")]


def test_several_requests_cost_the_sum(workplace: Path) -> None:
    given = body({"prompt": "a", "n": 3}, {"prompt": "b"})
    result = run("quote", "acme/crowd-3", "--package", "out/cli_clients", "--format", "json", given=given)
    assert result.exit_code == 0
    quote = json.loads(result.stdout)
    assert (quote["least"], quote["most"], quote["hold"]) == ("2.0", "2.0", None)
    assert quote["because"].startswith("the sum over 2 requests; ")
    refused = run("quote", "acme/crowd-3", "--package", "out/cli_clients", given=body({"prompt": "a"}, {}))
    assert refused.exit_code == 1
    assert "/1/input/prompt" in refused.stdout
