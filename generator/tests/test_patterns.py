"""A pattern is refused, or it means the same to every reader and no text slows it down."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proviso import ir, pattern_parser, pattern_ways, patterns
from proviso.lint import header_values

SIGNS = st.sampled_from(
    [
        *"ab0-_./\\^$[](){}|?*+,:=! \n\té",
        "{2}",
        "{1,3}",
        "{2,}",
        "[a-z]",
        "[^a\\n\\r]",
        "\\d",
        "\\w",
        "\\u00e9",
        "(?:",
        "(?=",
    ]
)
TEXTS = st.lists(SIGNS, max_size=12).map("".join)

atoms: st.SearchStrategy[str] = st.sampled_from(
    ["a", "b", "-", "[a-c]", "[0-9]", "\\d", "\\w", ".", "[^a\\n\\r]", "\\."]
)
chains: st.SearchStrategy[str] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda arms: f"({'|'.join(arms)})"),
        st.builds("({}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}"])),
        st.builds("{}{}".format, atoms, st.sampled_from(["*", "+", "?", "{2}", "{1,300}"])),
    ),
    max_leaves=8,
)
built = st.builds("{}{}{}".format, st.sampled_from(["^", ""]), chains, st.sampled_from(["$", ""]))


def accepted(text: str) -> patterns.Pattern | None:
    try:
        parsed = pattern_parser.parse(text)
        pattern_ways.check(parsed)
    except patterns.PatternError:
        return None
    return parsed


@given(TEXTS | built)
def test_what_is_accepted_says_the_same_when_it_is_written_again(text: str) -> None:
    parsed = accepted(text)
    if parsed is not None:
        again = patterns.spelled(parsed)
        assert patterns.spelled(pattern_parser.parse(again)) == again
        assert re.compile(patterns.spelled(parsed, end="\\Z"))


@given(built, st.text(st.sampled_from("abc0-.\n\r\u2028é٣"), max_size=8))
def test_what_is_accepted_means_what_python_says_of_ascii(text: str, value: str) -> None:
    parsed = accepted(text)
    if parsed is not None:
        dotted = re.sub(r"(\\.|\[[^\]]*\])|\.", lambda one: one[1] or r"[^\n\r\u2028\u2029]", text)
        wanted = re.search(re.sub(r"\$\Z", r"\\Z", dotted), value, re.ASCII) is not None
        assert (re.search(patterns.spelled(parsed, end="\\Z"), value) is not None) == wanted


blank = chains.map(lambda text: text.replace("b", " ").replace("\\w", "[a-z]").replace(".", "-"))


@given(st.builds("^{}$".format, blank), st.data())
def test_a_pattern_that_fits_a_header_has_no_text_that_does_not(text: str, data: st.DataObject) -> None:
    parsed = accepted(text)
    if parsed is not None and header_values.unfit("a", ir.Text(pattern=text, max_length=20)) is None:
        value = data.draw(st.from_regex(patterns.spelled(parsed, end="\\Z"), fullmatch=True))
        assert header_values.is_plain(value)


@pytest.mark.parametrize("text", ["^[A-Z]{2,5}-[0-9]{1,9}$", "^[!-~]( ?[!-~]){0,9}$", "^a b?c$"])
def test_a_header_carries_texts_of_a_pattern_that_are_plain_and_have_an_end(text: str) -> None:
    assert header_values.unfit("a", ir.Text(pattern=text)) is None


@pytest.mark.parametrize(
    "text",
    [
        *("^a b?$", "^( a|b)c$", "^a(b ){0,3}$", "^[a-z]{0,3}$", "^[a-z]{1,3}", "[a-z]{1,3}", "^[a-z]+$"),
        *("^[^\\n\\r]{1,3}$", "^é$"),
    ],
)
def test_a_header_carries_no_others(text: str) -> None:
    assert header_values.unfit("a", ir.Text(pattern=text)) is not None


@settings(deadline=None)
@given(built, st.text(st.sampled_from("abc0-."), min_size=1, max_size=4), st.sampled_from(["", "!", "\n", "a"]))
def test_no_text_slows_an_accepted_pattern_down(text: str, piece: str, end: str) -> None:
    parsed = accepted(text)
    if parsed is not None:
        compiled = re.compile(patterns.spelled(parsed, end="\\Z"))
        started = time.process_time()
        compiled.search(piece * (20_000 // len(piece)) + end)
        assert time.process_time() - started < 1, text


@pytest.mark.parametrize(
    "text",
    [
        "^(a+)+$",
        "^(a|a)*$",
        "^(a|ab)*$",
        "^[a-z]*[a-z]*$",
        "^([0-9]+-)*[0-9]+$",
        "^(a?){20}$",
        "(a+)b",
        "^a*[ab]*b*$",
        "^(.*),(.*)$",
    ],
)
def test_what_could_take_forever_is_refused(text: str) -> None:
    assert accepted(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "^.*\\.png$",
        "^(jpg|jpeg|png)$",
        "^v\\d+(\\.\\d+)?$",
        "[^\\n\\r]",
    ],
)
def test_what_documents_write_is_accepted(text: str) -> None:
    assert accepted(text) is not None


@given(built, st.text(st.sampled_from("abc0-."), max_size=9))
def test_no_text_of_a_pattern_has_an_impossible_length(text: str, value: str) -> None:
    parsed = accepted(text)
    if parsed is not None and re.search(patterns.spelled(parsed, end="\\Z"), value):
        least, most = pattern_ways.lengths(parsed)
        assert least <= len(value)
        assert most is None or len(value) <= most


@given(st.text(max_size=400))
def test_any_text_is_a_pattern_or_has_a_place_where_it_is_none(text: str) -> None:
    found = None
    try:
        pattern_parser.parse(text)
    except patterns.PatternError as error:
        found = error.offset
    assert found is None or 0 <= found <= len(text)
