"""Facts are spelled in words that mean the same when they are read again."""

from __future__ import annotations

import ast
import importlib
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from proviso import ir, kind_words, markdown, python_types, words
from proviso_runtime import protocol

from . import building

LARGEST = 2**63 - 1

texts = st.text(
    st.sampled_from(list("ab \"'\\`*_[]<>|#&;~-.:/!\n\u2028é1)(")) | st.characters(exclude_categories=["Cs"])
)
WRITTEN = st.sampled_from(
    ["&lt;", "<b>", "`a|b`", "[a](b)", "a | b", "\\|", "__a__", "~~a~~", "&#42;", "<!-- -->", "# a"]
)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ir.Text(), "text"),
        (ir.Text(min_length=1, max_length=5), "text, 1 to 5 characters"),
        (ir.Text(min_length=2, max_length=2), "text, exactly 2 characters"),
        (ir.Integer(minimum=3), "integer, at least 3"),
        (ir.Integer(maximum=9, multiple_of=3), "integer, at most 9, a multiple of 3"),
        (ir.Number(exclusive_minimum=Decimal(0), maximum=Decimal("0.50")), "number, more than 0, at most 0.50"),
        (ir.Choice(values=("a",)), "a"),
        (ir.Choice(values=(1, 2, 3)), "1, 2 or 3"),
        (ir.Url(schemes=("http", "https")), "http or https address"),
        (
            ir.Mixed(
                arms=(
                    ir.Formatted(format="base64", max_bytes=9),
                    ir.Formatted(format="data-uri", media_types=("a/b",), max_bytes=9),
                ),
                min_length=30,
            ),
            "base64 text or data URI with base64, a/b, at most 9 bytes, at least 30 characters",
        ),
        (ir.Flag(), "true or false"),
        (ir.Sequence(items=ir.Flag(), max_items=2, unique=True), "list of at most 2 truth values, all different"),
        (ir.Sequence(items=ir.Flag(), max_items=1), "list of at most 1 truth value"),
        (ir.Sequence(items=ir.Url(schemes=("https",)), min_items=1), "list of at least 1 https address"),
    ],
)
def test_limits_are_said_in_words(kind: ir.Kind, said: str) -> None:
    assert kind_words.limits(kind) == said


@given(st.lists(texts, min_size=1).map(tuple) | st.lists(st.integers(-LARGEST, LARGEST), min_size=1).map(tuple))
def test_a_type_spells_every_value(values: tuple[Any, ...]) -> None:
    expression = ast.parse(python_types.python_type(ir.Sequence(items=ir.Choice(values=values))), mode="eval").body
    assert isinstance(expression, ast.Subscript)
    assert isinstance(expression.slice, ast.Subscript)
    spelled = expression.slice.slice
    found = spelled.elts if isinstance(spelled, ast.Tuple) else [spelled]
    assert tuple(map(ast.literal_eval, found)) == values


def test_several_literals_of_a_type_are_one() -> None:
    arms = (ir.Only(value="a"), ir.Text(), ir.Choice(values=(1, 2)))
    assert python_types.python_type(ir.Union(arms=arms)) == "Literal['a', 1, 2] | str"


@given(st.lists(st.integers(), max_size=2), st.integers(LARGEST + 1), st.sampled_from([1, -1]))
def test_a_type_spells_no_value_that_mypy_cannot_read(others: list[int], large: int, sign: int) -> None:
    assert python_types.python_type(ir.Choice(values=(*others, sign * large))) == "int"


@given(texts)
def test_pieces_of_a_text_make_the_text_again(text: str) -> None:
    pieces = words.chunks(text, 20)
    assert pieces
    assert "".join(pieces).split() == text.split()
    assert all("\n" not in piece for piece in pieces)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_a_number_is_an_integer_where_it_is_one(value: Decimal) -> None:
    number = words.number(value)
    assert Decimal(str(number)) == value
    assert isinstance(number, int) == (value == int(value))


@given(texts | st.lists(WRITTEN | texts).map(" ".join))
def test_a_cell_of_a_table_shows_its_text_and_nothing_else(text: str) -> None:
    shown = " ".join(one if one.isprintable() else _escaped(one) for one in text.split())
    assert _cells(markdown.cell(text)) == [[("text", shown)] if shown else []] * 2


@given(texts | st.lists(WRITTEN | texts).map(" ".join))
def test_code_in_a_table_shows_its_text(text: str) -> None:
    shown = "".join(one if one.isprintable() else _escaped(one) for one in " ".join(text.split()))
    for parts in _cells(markdown.code(text)):
        assert "".join(part for _, part in parts) == shown.strip()
        assert {kind for kind, _ in parts} <= {"text", "code_inline"}


def test_the_language_and_the_runtime_know_the_same_words() -> None:
    assert set(get_args(ir.Phase)) == set(get_args(protocol.Phase))
    assert set(get_args(ir.OutputKind)) == set(get_args(protocol.Kind))


@pytest.mark.parametrize("words_", [[1, True], [0, False], [1, "1"]], ids=repr)
def test_states_of_different_types_are_told_apart_or_refused(words_: list[Any], tmp_path: Path) -> None:
    running, succeeded = words_
    state = {"at": "$.state", "running": [running, "busy"], "succeeded": [succeeded, "done"]}
    specs = building.write(tmp_path / "specs", shared=building.provider(job=building.job(state=state)))
    if building.complaints(specs):
        return
    with building.imported(specs, tmp_path / "out") as package:
        shared = importlib.import_module(f"{package.__name__}.acme.protocol")
        phases = [(type(word), word, phase) for word, phase in shared.JOB.state.phases.items()]
    assert (type(running), running, "running") in phases
    assert (type(succeeded), succeeded, "succeeded") in phases


def _cells(cell: str) -> list[list[tuple[str, str]]]:
    """Read a table of one column as Markdown; the parts of its head and of its only row."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = parser.parse(f"| {cell} |\n|---|\n| {cell} |\n")
    assert [one.type for one in found if one.type.startswith(("th_o", "td_o"))] == ["th_open", "td_open"]
    inline = [one for one in found if one.type == "inline"]
    return [_joined([(part.type, part.content) for part in one.children or []]) for one in inline]


def _joined(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[str, str]] = []
    for kind, text in parts:
        plain = "text" if kind == "text_special" else kind
        if joined and joined[-1][0] == plain == "text":
            joined[-1] = (plain, joined[-1][1] + text)
        elif text or plain != "text":
            joined.append((plain, text))
    return joined


def _escaped(one: str) -> str:
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in one)
