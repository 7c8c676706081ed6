"""What is written as YAML is read back as the same data, by both parsers, and reads as people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from proviso import load
from proviso.yaml_text import Block, Tree, dumped, plain

TEXTS = (
    "16:9", "no", "null", "~", "12", "0x1F", "1e5", "-1", "2026-01-02", "a: b", "a:", "a #b", "#a", "- a", "?a", "!a", "{*}", "$.a[*]",
    "a, b", "[a", "'", '"', "\\", "\n", "\t", "\0", "\x85", "\u2028", "\ufeff", "\U0001f600", "", " ", " a", "a ", "%a", "@", "`", "|", ">", "&a", "*a",
    "<<", "=", "...", "---", "true", "1_000", ".5", ".inf", "a" * 300,
)  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers() | st.decimals(min_value=-9, max_value=9, places=3)
scalars = st.none() | st.booleans() | numbers | texts
blocks = st.builds(
    lambda members, key, remarks: Block(members, {key: remarks} if remarks else {}),
    st.dictionaries(texts, st.deferred(lambda: trees), min_size=1, max_size=3),
    st.none() | texts,
    st.lists(texts, max_size=2),
)
trees: st.SearchStrategy[Tree] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4) | blocks,
    max_leaves=8,
)


def read(text: str) -> object:
    document, complaints = load.parse(text, digest="", shown="x.yaml")
    assert document is not None, f"{complaints}\n{text}"
    return document.data


@given(blocks)
def test_what_is_written_is_read_back(block: Block) -> None:
    text = dumped(block, header="first line")
    assert typed(read(text)) == typed(plain(block))
    assert not any("\t" in line or line != line.rstrip() for line in text.splitlines() if "#" not in line)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "home", [lambda one: one, lambda one: [one], lambda one: {"a": {"b": one}}, lambda one: {one: one}]
)
def test_both_parsers_read_the_same(text: str, home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(home)
    written = dumped(Block({"k": home(text)}), header="h")
    for with_c in {False, yaml.__with_libyaml__}:
        monkeypatch.setattr(load, "_WITH_C", with_c)
        assert read(written) == {"k": home(text)}


def test_a_file_reads_as_people_write_it() -> None:
    page = Block({"provider": "acme", "title": "Acme: the best"})
    page.put("auth", {"bearer": "ACME_KEY"}, "TODO: look it up")
    parameters = Block()
    parameters.put(
        "ratio", {"type": "string", "enum": ["1:1", "16:9"], "default": "1:1"}, "The document also says: much."
    )
    parameters.put("n", {"type": "integer", "minimum": 1})
    page.put("parameters", parameters)
    page.put("price", {"rates": {"image": {"amount": Decimal("0.0320"), "per": "image"}}})
    page.put(
        "replies", [{"name": "done", "status": 200, "body": {"urls": ["https://a.example/1.png"]}}, {"name": "x" * 110}]
    )
    page.put("results", "$.urls[*]")
    page.remark("The end.")
    assert dumped(page, header="first") == (
        "# first\n"
        "provider: acme\n"
        'title: "Acme: the best"\n'
        "# TODO: look it up\n"
        "auth: {bearer: ACME_KEY}\n"
        "\n"
        "parameters:\n"
        "  # The document also says: much.\n"
        "  ratio: {type: string, enum: [1:1, 16:9], default: 1:1}\n"
        "  n: {type: integer, minimum: 1}\n"
        "\n"
        "price:\n"
        "  rates: {image: {amount: 0.0320, per: image}}\n"
        "\n"
        "replies:\n"
        "  - name: done\n"
        "    status: 200\n"
        "    body: {urls: [https://a.example/1.png]}\n"
        f"  - name: {'x' * 110}\n"
        "\n"
        "results: $.urls[*]\n"
        "# The end.\n"
    )


def typed(value: object) -> object:
    """Tell 1 from true and from 1.0, which Python takes for equal."""
    match value:
        case dict():
            return {key: typed(one) for key, one in value.items()}
        case list():
            return [typed(one) for one in value]
        case _:
            return type(value).__name__, value
