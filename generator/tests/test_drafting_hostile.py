"""A document may be anything: it gives a draft or complaints with places, in bounded time, and never a traceback."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proviso import pipeline
from proviso.drafting import left, openapi, source

from . import drafts
from .drafts import Data, with_field


def referring(*schemas: Data) -> Data:
    named = {f"S{number}": schema for number, schema in enumerate(schemas)}
    return with_field({"$ref": "#/components/schemas/S0"}, components={"schemas": named})


def to(number: int) -> Data:
    return {"$ref": f"#/components/schemas/S{number}"}


def nested(levels: int) -> Data:
    schema: Data = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


DEEP = '{"openapi": "3.1.0", "paths": ' + "[" * 100_000 + "]" * 100_000 + "}"
BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
)
HOSTILE: dict[str, tuple[object, str, str]] = {
    "nothing": (b"", "api.yaml", ":1:1: the file is empty [empty-file]"),
    "no JSON": (b'{"openapi": }', "api.json", ":1:13: this is not JSON: expecting value [syntax]"),
    "no YAML": (b"openapi: [", "api.yaml", ":"),
    "a list": (b"[]", "api.json", ":1:1: an OpenAPI document is a mapping [openapi]"),
    "not UTF-8": (b"openapi: \xff", "api.yaml", ":1:10: the file is not UTF-8 text from here on"),
    "no version": (b"{}", "api.json", ":1:1: this document does not say openapi: 3.1.0"),
    "another version": (b"openapi: 4.0.0", "api.yaml", ":1:10: this document does not say openapi: 3.1.0"),
    "Swagger": (b'swagger: "2.0"', "api.yaml", ':1:10: this is Swagger "2.0"; OpenAPI 3.0 and 3.1 are read'),
    "no operation": ({"openapi": "3.1.0", "paths": {}}, "api.json", ":1:31: no operation of the document posts JSON"),
    "50 MB": (b" " * 50_000_000, "api.json", ":1:1: an OpenAPI document has at most 8192 KiB [too-large]"),
    "many nodes": (b"[" + b"1," * 600_000 + b"1]", "api.json", ": an OpenAPI document has at most 250000 nodes"),
    "deep JSON": (DEEP, "api.json", ":1:1: an OpenAPI document has at most 64 levels [too-large]"),
    "rather deep JSON": (with_field(nested(60)), "api.json", " an OpenAPI document has at most 64 levels [too-large]"),
    "deep YAML": ("a: " + "[" * 200, "api.yaml", " an OpenAPI document has at most 64 levels [too-deep]"),
    "an alias bomb": (BOMB, "api.yaml", " an OpenAPI document has at most 250000 nodes, aliases written out [too-large]"),
    "a name twice": (b'{"openapi": "3.1.0", "openapi": 1}', "api.json", ' an object has the member "openapi" twice'),
    "NaN": (b'{"openapi": NaN}', "api.json", ": NaN is no number that a document can state"),
    "many digits": (b'{"openapi": ' + b"1" * 5000 + b"}", "api.json", ": a number has at most 100 digits"),
    "half a pair": (rb'{"openapi": "\ud800"}', "api.json", ":1:13: half of a surrogate pair is no character"),
    "a circle": (referring(to(1), to(0)), "api.json", 'the reference "#/components/schemas/S0" leads in a circle to itself'),
    "itself": (referring(to(0)), "api.json", "leads in a circle to itself [reference]"),
    "nowhere": (referring(to(7)), "api.json", 'the reference "#/components/schemas/S7" names nothing in the document'),
    "outside": (with_field({"$ref": "https://evil.example/a.json#/x"}), "api.json", "nothing is fetched"),
    "a file": (with_field({"$ref": "../../etc/passwd"}), "api.json", "nothing is fetched"),
    "an anchor": (with_field({"$ref": "#a"}), "api.json", "is not of the form #/components/schemas/Name"),
    "a bomb of references": (
        referring(*({"type": "object", "properties": {f"p{m}": to(n + 1) for m in range(10)}} for n in range(8)), {}),
        "api.json", "with its references written out, one operation has more than 60000 nodes [reference]",
    ),
    "a long way": (
        referring(*({"type": "array", "items": {"type": "array", "items": to(n + 1)}} for n in range(60)), {}),
        "api.json", "with its references written out, this lies more than 100 levels deep [reference]",
    ),
    "a limit that is a text": (with_field({"type": "integer", "minimum": "1"}), "api.json", '"minimum" must be a number'),
    "a list that is a mapping": (with_field({"enum": {}}), "api.json", '"enum" must be a list'),
    "a type that is none": (with_field({"type": "file"}), "api.json", '"type" must be '),
    "a bound of 3.0 in 3.1": (
        with_field({"type": "number", "exclusiveMinimum": True}), "api.json", '"exclusiveMinimum" must be a number',
    ),
    "a bound of 3.1 in 3.0": (
        with_field({"type": "number", "exclusiveMinimum": 1}, "3.0.3"), "api.json", '"exclusiveMinimum" must be true or false',
    ),
    "a server that is a number": (with_field({}, servers=[{"url": 5}]), "api.json", '"url" must be a text'),
    "a scheme that is a list": (
        with_field({}, security=[{"k": []}], components={"securitySchemes": {"k": []}}), "api.json",
        "must be a mapping",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, name: str) -> None:
    data, file, said = HOSTILE[name]
    started = time.monotonic()
    found = drafts.complaints(tmp_path, data, file)
    assert len(found) <= 100
    assert any(said in one for one in found), found
    assert all("\n" not in one and len(one) < 400 for one in found)
    assert time.monotonic() - started < 20


def test_several_complaints_come_together(tmp_path: Path) -> None:
    data = with_field({"type": 5, "minLength": "a", "maximum": [], "properties": {"b": {"required": "x"}}})
    found = drafts.complaints(tmp_path, data)
    assert len(found) == 4


def test_a_place_in_json_is_that_of_the_value(tmp_path: Path) -> None:
    text = json.dumps(with_field({"type": "string", "maxLength": "many"}), indent=1)
    (only,) = drafts.complaints(tmp_path, text)
    line = 1 + text[: text.index('"many"')].count("\n")
    column = len(text[: text.index('"many"')].split("\n")[-1]) + 1
    assert only.startswith(f":{line}:{column}: ")


junk: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4)
    | st.sampled_from(["#/components/schemas/Job", "object", "3.1.0", "3.0.0", "$response.body#/id", "{model}", "TODO", "date"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.text(max_size=3) | st.sampled_from([
            "$ref", "type", "properties", "items", "enum", "allOf", "anyOf", "oneOf", "required", "default", "const", "nullable",
            "openapi", "paths", "post", "requestBody", "content", "application/json", "schema", "responses", "200", "example",
        ]), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(junk)
def test_junk_is_no_traceback(tmp_path: Path, data: Any) -> None:
    drafts.complaints(tmp_path, data)


def ways(data: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield steps
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from ways(inner, (*steps, step))


GOOD = {name: drafts.document(name) for name in ("lumen.yaml", "harbour.json")}
places = st.sampled_from([(name, steps) for name, data in GOOD.items() for steps in ways(data) if steps])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(places, junk), min_size=1, max_size=3))
def test_a_document_with_junk_in_it_gives_a_draft_that_lint_can_read_or_complaints(
    tmp_path: Path, changes: Any
) -> None:
    name = changes[0][0][0]
    data = copy.deepcopy(GOOD[name])
    for (of, steps), value in changes:
        if of == name:
            replace(data, steps, value)
    try:
        files = drafts.texts(tmp_path, data)
    except (source.BrokenError, openapi.ChoiceError):
        return
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for file, text in files.items():
        drafts.spec(text)
        (folder / file).write_text(text, "utf-8")
    complaints = pipeline.read(tmp_path / "specs", shown="specs").complaints
    shown = {f"specs/acme/{file}": text for file, text in files.items()}
    assert left.left(shown, complaints)
    assert {one.place.path for one in complaints} <= shown.keys()


def replace(data: Any, steps: tuple[Any, ...], value: Any) -> None:
    *way, last = steps
    for step in way:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) or (isinstance(data, list) and isinstance(last, int) and last < len(data)):
        data[last] = value
