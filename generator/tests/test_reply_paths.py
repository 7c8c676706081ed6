"""The tool and the runtime read a reply path alike, so what lint has seen is what a client finds."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import reply_paths
from proviso_runtime import paths

keys = st.sampled_from(["a", "b", "url", "a b", "a-b", "$", "é", "€x", "x€", "0", "a.b", '"', " | json | ", "[*]"])
keys |= st.text(st.characters(exclude_categories=["Cs"], exclude_characters="'"), min_size=1, max_size=4)
plain = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.text()


def inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    embedded = inner.map(lambda one: json.dumps(one, default=str))
    return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3) | embedded


documents = inside(inside(st.recursive(plain, inside, max_leaves=6)))
PIECES = [
    "$",
    ".a",
    ".",
    "a",
    "0",
    "é",
    "€",
    "[",
    "]",
    "*",
    "'",
    '"',
    "-1",
    "\\",
    " | ",
    "json",
    "['a']",
    "[0]",
    "[*]",
    " ",
]


@st.composite
def walks(draw: st.DrawFn) -> tuple[Any, str]:
    """Draw a document and a path that begins inside it."""
    document = draw(documents)
    path, value = "$", document
    for _ in range(draw(st.integers(0, 5))):
        steps: list[tuple[str, Any]] = []
        match value:
            case dict():
                steps = [(spelling, one) for key, one in value.items() for spelling in (f".{key}", f"['{key}']")]
                steps += [("[*]", one) for one in value.values()]
            case list():
                steps = [(f"[{at}]", one) for at, one in enumerate(value)] + [("[*]", one) for one in value]
            case str():
                steps = [(" | json | $", _loaded(value)), (".a", None)]
            case _:
                steps = [("[0]", None), (".a", None)]
        if not steps:
            break
        step, value = draw(st.sampled_from(steps))
        path += step
    return document, path


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError:
        return None


@given(walks())
def test_both_readings_find_the_same(walk: tuple[Any, str]) -> None:
    document, path = walk
    try:
        reply_paths.parse(path)
    except reply_paths.PathError:
        return
    found = reply_paths.find(path, document)
    try:
        assert paths.find(path, document) == found
    except paths.BrokenJson:
        assert found == []


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(lambda pieces: "$" + "".join(pieces)))
def test_a_path_that_the_tool_accepts_is_one_to_the_runtime(text: str) -> None:
    try:
        reply_paths.parse(text)
    except reply_paths.PathError:
        return
    paths.find(text, None)


@pytest.mark.parametrize("text", ["NaN", "1e9999999999999999999", "[Infinity]", "9" * 5000, "[" * 10**5, "", "{"])
def test_a_text_that_is_no_json_holds_nothing(text: str) -> None:
    assert reply_paths.find("$.text | json | $", {"text": text}) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "begins with $"),
        ("a.b", "begins with $"),
        ("$.a | $.b", "`json`"),
        ("$.a | json", "`json`"),
        ("$.a | yaml | $.b", "`json`"),
        ("$..a", "is no step"),
        ("$.a[-1]", "is no step"),
        ("$.a[01]", "is no step"),
        ("$.a[?@.b]", "is no step"),
        ("$['a\\'b']", "is no step"),
    ],
)
def test_what_is_no_path_is_refused_with_what_is_wrong(path: str, said: str) -> None:
    with pytest.raises(reply_paths.PathError, match=re.escape(said)):
        reply_paths.parse(path)


@pytest.mark.parametrize(
    ("path", "plural"), [("$.a[0]", False), ("$.a[*]", True), ("$.a | json | $[*].b", True), ("$['[*]']", False)]
)
def test_a_path_with_a_star_may_find_several(path: str, *, plural: bool) -> None:
    assert reply_paths.is_plural(path) is plural
