"""A text inside a docstring or a comment stays there, whatever it is."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proviso import check_functions, render, rule_words
from proviso.emitters import checks

SPECIAL = st.sampled_from([*"\"'\\\n\r\t \x00\x0c\x1b#{}%u_\u2028\u202e\ufeffé😀x", '"""', "\\N{DASH}", "\\x4"])
texts = st.lists(SPECIAL | st.characters(exclude_categories=["Cs"]), max_size=60).map("".join)
long_texts = st.lists(texts | st.just(" "), min_size=5, max_size=30).map("".join)


def folded(text: str) -> str:
    return " ".join(text.split())


@given(texts | long_texts, st.sampled_from([0, 4, 8]))
@example('\\"', 0)
@example('a"', 4)
@example('""', 4)
@example('""""', 4)
@example("\\", 0)
def test_a_text_is_all_of_a_docstring(text: str, indent: int) -> None:
    source = f'def f():\n    """{render.doc(text, indent)}"""\n'
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    (only,) = function.body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    value = only.value.value
    assert isinstance(value, str)
    assert folded(value) == folded(text)


@given(texts | long_texts)
def test_a_text_goes_on_in_a_docstring_after_which_words_follow(text: str) -> None:
    value = ast.literal_eval(f'"""See {render.doc(text)}."""')
    assert folded(value) == folded(f"See {folded(text)}.")


@given(long_texts)
def test_a_long_text_in_a_comment_stays_a_comment(text: str) -> None:
    assert code(checks_with(text)) == code(checks_with("x"))


@given(texts)
def test_every_line_is_printable(text: str) -> None:
    assert all(one.isprintable() or one == "\n" for one in render.doc(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nothing:
    pass


def test_what_a_context_lacks_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render.render("schema.py.jinja", _Nothing())


def test_there_are_two_filters() -> None:
    assert set(render.environment().filters) == {"python", "doc"}


def checks_with(comment: str) -> str:
    block = check_functions.Block(name="a", pointer="'/a'", comment=comment, required=False, lines=("pass",))
    rule = rule_words.RuleBlock(comment=comment, branches=())
    context = checks.ChecksContext(
        spec="a/b.yaml",
        helpers=("violation",),
        constants=(),
        names=("a",),
        limits=(),
        blocks=(block,),
        functions=(),
        rules=(rule,),
        most=1,
    )
    return render.render("checks.py.jinja", context)


def code(source: str) -> list[str]:
    read = tokenize.generate_tokens(io.StringIO(source).readline)
    return [one.string for one in read if one.type not in (tokenize.COMMENT, tokenize.NL)]
