"""A path finds what it names, and no document can upset it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import jsontext, paths
from proviso_runtime.jsontext import Json

DOCUMENT: Json = {
    "a": {"b": [1, {"c": "x"}, [2, 3]], "a b": None, "it's": True, "": 0},
    "text": '{"urls": ["u", "v"], "deep": "[1]"}',
    "broken": "{",
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [DOCUMENT]),
        ("$.a.b[0]", [1]),
        ("$.a.b[-1]", [[2, 3]]),
        ("$.a.b[9]", []),
        ("$.a.b[1].c", ["x"]),
        ("$.a.b[2][*]", [2, 3]),
        ("$['a']['a b']", [None]),
        ('$["a"]["it\'s"]', [True]),
        ("$['a']['it\\'s']", [True]),
        ("$['a']['']", [0]),
        ("$.a[0]", []),
        ("$.text.urls", []),
        ("$.text | json | $.urls[*]", ["u", "v"]),
        ("$.text|json|$['deep'] | json | $[0]", [1]),
        ("$.none | json | $.urls", []),
        ("$.a | json | $.b", []),
        ("$['x | json | $.y']", []),
    ],
)
def test_a_path_finds_what_it_names(path: str, found: list[Json]) -> None:
    assert paths.find(path, DOCUMENT) == found


@pytest.mark.parametrize(
    "path", ["", "a", "$.", "$a", "$..a", "$.a[", "$[01]", "$.a | json", "$.a | xml | $", "$[?@]", "$[a]"]
)
def test_text_that_is_no_path_is_refused_with_its_place(path: str) -> None:
    with pytest.raises(ValueError, match="is no reply path"):
        paths.find(path, DOCUMENT)


def test_a_broken_string_of_json_has_an_exception_of_its_own() -> None:
    with pytest.raises(paths.BrokenJson):
        paths.find("$.broken | json | $", DOCUMENT)


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "b"]) | st.text(), inner),
)


@given(documents, st.sampled_from(["$.a.b", "$.a[*].b", "$[0][*]", "$.a | json | $.b[*]", "$['a'][-1]"]))
def test_no_document_upsets_a_path(document: Json, path: str) -> None:
    try:
        found = paths.find(path, document)
    except paths.BrokenJson:
        found = []
    assert isinstance(found, list)


@given(st.binary() | st.text())
def test_no_bytes_upset_the_reading_of_json(text: bytes | str) -> None:
    with contextlib.suppress(jsontext.BrokenJson):
        jsontext.read(text)


def test_two_values_are_the_same_when_their_types_are_too() -> None:
    alike: list[object] = [2, True, "2", 2.0, None, False, 1]
    for i, one in enumerate(alike):
        assert [jsontext.same(one, other) for other in alike] == [i == j for j in range(len(alike))]
