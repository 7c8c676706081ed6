"""What comes out of a spec file, where it stands, and every way in which a file can be wrong."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proviso import load
from proviso.diagnostics import Place
from proviso.document import Document

Reader = Callable[[str | bytes], tuple[Document | None, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(text: str | bytes) -> tuple[Document | None, list[str]]:
        path = tmp_path / "spec.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        document, complaints = load.load(path, shown="x.yaml")
        assert (document is None) == bool(complaints)
        return document, [str(complaint) for complaint in complaints]

    return reader


@pytest.fixture(params=["c", "pure"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, read: Reader) -> Reader:
    """Read with the one parser, then with the other."""
    if request.param == "c" and not yaml.__with_libyaml__:
        pytest.skip("the YAML library has no C parser here")
    monkeypatch.setattr(load, "_WITH_C", request.param == "c")
    return read


SCALARS: list[tuple[str, object]] = [
    ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None), ("nULL", "nULL"),
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
    ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"), ("tRue", "tRue"),
    ("0", 0), ("-17", -17), ("+17", 17), ("007", 7), ("0o17", 15), ("0x1F", 31), ("-0x1F", "-0x1F"), ("0b11", "0b11"),
    ("1_000", "1_000"), ("9" * 100, int("9" * 100)), ("0o8", "0o8"), ("0x", "0x"), ("+", "+"),
    ("16:9", "16:9"), ("1:1", "1:1"), ("2026-01-02", "2026-01-02"), ("2K", "2K"), ("20s", "20s"), ("1.2.3", "1.2.3"),
    ("0.0320", Decimal("0.0320")), (".5", Decimal(".5")), ("5.", Decimal(5)), ("-1.50", Decimal("-1.50")),
    ("1e3", Decimal("1E+3")), ("1.5E-100", Decimal("1.5E-100")), ("1e", "1e"), ("e5", "e5"), (".", "."),
    ("inf", "inf"), ("nan", "nan"), ("NaN", "NaN"), (".Infinity", ".Infinity"), ("\u0661\u0662", "\u0661\u0662"),
    ('"true"', "true"), ("'12'", "12"), ('""', ""), ("'~'", "~"), ("|\n  12\n", "12\n"), (">-\n  true\n", "true"),
    ("a 'b' #c", "a 'b'"), ("1\n  2", "1 2"), ('"\\U0001F600"', "\U0001f600"), ("<<", "<<"), ("=", "="),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_a_plain_scalar_means_what_yaml_1_2_says(either: Reader, written: str, meant: object) -> None:
    document, complaints = either(f"a: {written}")
    assert complaints == []
    assert document is not None
    assert document.data == {"a": meant}
    assert repr(document.data) == repr({"a": meant})


def test_an_unquoted_key_is_its_text(either: Reader) -> None:
    document, complaints = either("200: a\n2K: b\n1:1: c\nnull: d\ntrue: e\n0.10: f\n<<: g\n'': h\n")
    assert complaints == []
    assert document is not None
    assert document.data == {
        "200": "a",
        "2K": "b",
        "1:1": "c",
        "null": "d",
        "true": "e",
        "0.10": "f",
        "<<": "g",
        "": "h",
    }


def test_everything_knows_where_it_stands(either: Reader) -> None:
    document, _ = either('# no\na: 1\nb:\n  - x\n  - {ü: [p, "q"]}\nc:\n')
    assert document is not None
    places = {"/".join(map(str, steps)): (place.line, place.column) for steps, place in document.values.items()}
    assert places == {
        "": (2, 1), "a": (2, 4), "b": (4, 3), "b/0": (4, 5), "b/1": (5, 5), "b/1/ü": (5, 9), "b/1/ü/0": (5, 10),
        "b/1/ü/1": (5, 13), "c": (6, 1),
    }  # fmt: skip
    assert {"/".join(map(str, steps)): place.column for steps, place in document.keys.items()} == {
        "a": 1, "b": 1, "b/1/ü": 6, "c": 1,
    }  # fmt: skip
    assert document.place("b", 1, "none", 5) == Place("x.yaml", 5, 5)
    assert document.key_place("b", 1, "ü") == Place("x.yaml", 5, 6)
    assert document.key_place("b", 0) == Place("x.yaml", 4, 5)


def test_an_alias_is_a_copy_whose_parts_stand_where_they_are_written(either: Reader) -> None:
    document, complaints = either("a: &a {b: [1, &n 2]}\nc: *a\nd: [*a, *n]\n")
    assert complaints == []
    assert document is not None
    assert document.data == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": [{"b": [1, 2]}, 2]}
    assert isinstance(document.data, dict)
    assert document.data["a"] is not document.data["c"]
    assert document.place("c") == Place("x.yaml", 2, 4)
    assert document.place("d", 0, "b", 1) == document.place("a", "b", 1) == Place("x.yaml", 1, 15)
    assert document.key_place("c", "b") == Place("x.yaml", 1, 8)


def test_the_digest_is_that_of_the_bytes(read: Reader) -> None:
    content = b"\xef\xbb\xbfa: 1\r\nb: 2"
    document, _ = read(content)
    assert document is not None
    assert document.text_digest == hashlib.sha256(content).hexdigest()
    assert document.data == {"a": 1, "b": 2}
    assert document.place("b") == Place("x.yaml", 2, 4)


REFUSED: list[tuple[str | bytes, list[str]]] = [
    ("", ["1:1: the file is empty [empty-file]"]),
    ("# only words\n", ["1:1: the file is empty [empty-file]"]),
    ("---\n", ["1:1: the file is empty [empty-file]"]),
    ("a: 1\n---\nb: 2\n---\n", ["2:1: a spec file holds one document; delete this line and what follows [documents]"]),
    ("%YAML 1.2\n---\na: 1", ["1:1: directives (lines that begin with %) are not used in specs [directive]"]),
    ("%TAG ! x:\n---\na: 1", ["1:1: directives (lines that begin with %) are not used in specs [directive]"]),
    ("%YAML 2.0\n---\na: 1", ["1:1: directives (lines that begin with %) are not used in specs [directive]"]),
    ("a: 1\nb: 2\na: {c: 3}\n'a': 4", [
        '3:1: the key "a" already stands at x.yaml:1:1 [duplicate-key]',
        '4:1: the key "a" already stands at x.yaml:1:1 [duplicate-key]',
    ]),
    ("a: {b: 1, b: 2}", ['1:11: the key "b" already stands at x.yaml:1:5 [duplicate-key]']),
    ("{a: 1}: 2", ['1:1: a key is a text; put quotes around a key that begins with "{" or "[" [key]']),
    ("[a]: {b: 1, b: 2}\n'': [.inf]", [
        '1:1: a key is a text; put quotes around a key that begins with "{" or "[" [key]',
        '1:13: the key "b" already stands at x.yaml:1:7 [duplicate-key]',
        '2:1: the key "" already stands at x.yaml:1:1 [duplicate-key]',
        "2:6: .inf is no number that a spec can state; put quotes around it if it is a text [number]"]),
    ("? - a\n: 2", ['1:3: a key is a text; put quotes around a key that begins with "{" or "[" [key]']),
    ("a: &x b\n*x : 2", ["2:1: a key is a text; an alias cannot stand for it [key]"]),
    ("&x a: 2", ["1:1: a key cannot have an anchor; put it before the value [key]"]),
    ("a: 1\n?\n: 2", ['2:2: a key is missing before ":"; put quotes around a text [key]']),
    ("a: *b", ['1:4: no anchor "&b" stands above; put quotes around a text [alias]']),
    ("a: &a [*a]", ['1:8: the alias "*a" stands inside of what it names [alias]']),
    ("a: &x 1\nb: &x 2", ['2:4: the anchor "&x" already stands above [alias]']),
    ("a: !!python/object/apply:os.system [ls]", [
        "1:4: tags (words that begin with !) are not used in specs; put quotes around a text [tag]"]),
    ("a: !!str 1\nb: !own {}\nc: ! d\n!!str d: 1", [
        f"{place}: tags (words that begin with !) are not used in specs; put quotes around a text [tag]"
        for place in ("1:4", "2:4", "3:4", "4:1")]),
    ("a: !e!x 1", ["1:4: tags (words that begin with !) are not used in specs; put quotes around a text [tag]"]),
    ("a: .inf\nb: -.INF\nc: .NaN", [
        "1:4: .inf is no number that a spec can state; put quotes around it if it is a text [number]",
        "2:4: -.INF is no number that a spec can state; put quotes around it if it is a text [number]",
        "3:4: .NaN is no number that a spec can state; put quotes around it if it is a text [number]"]),
    ("a: 1e101\nb: 1e-999999999999999999999", [
        "1:4: an exponent lies between -100 and 100; put quotes around it if it is a text [number]",
        "2:4: an exponent lies between -100 and 100; put quotes around it if it is a text [number]"]),
    (f"a: {'9' * 101}\nb: 0x{'f' * 100}\nc: 0.{'3' * 100}", [
        f"{line}:4: a number has at most 100 digits; put quotes around it if it is a text [number]"
        for line in (1, 2, 3)]),
    ("a:\n\tb: 1", ["2:1: a tab stands here; use spaces [tab]"]),
    ("a:\tb", ["1:3: a tab stands here; use spaces [tab]"]),
    ("a: 'b", ["1:4: this quote is never closed [syntax]"]),
    ("a: [1, {b: 2", ["1:8: this bracket is never closed [syntax]"]),
    ("a: [1,", ["2:1: the file ends before a bracket is closed [syntax]"]),
    ("a: [1 2: 3, 4}", ["1:14: ',' or ']' is expected here; is a comma, a bracket or a quote missing? [syntax]"]),
    ("a: {b: why?}", ['1:11: inside brackets a text that holds "?" needs quotes [syntax]']),
    ("a: [|\n b]", ["1:5: inside brackets a text cannot begin with | or >; put quotes around it [syntax]"]),
    ("a: b: c", ['1:5: a ": " is not expected here; put quotes around the text, or correct the indentation [syntax]']),
    ("a: - b", ['1:4: a "- " is not expected here; begin the list on the line below its key [syntax]']),
    ("a: ? b", ['1:4: a "? " is not expected here; put quotes around the text [syntax]']),
    ("a: 1\nsome words\nb: 2", [
        '2:1: this line has no ": " after its key; is it a text that needs quotes? [syntax]']),
    ("a: @b", ["1:4: a text that begins with @ needs quotes [syntax]"]),
    ("a: `b", ["1:4: a text that begins with ` needs quotes [syntax]"]),
    ("a: %b", ["1:4: a text that begins with % needs quotes [syntax]"]),
    ("a: *", ["1:4: a text that begins with & or * needs quotes [syntax]"]),
    ('a: "\\d"', ["1:6: this backslash means nothing here; write two of them, or use single quotes [syntax]"]),
    ('a: "\\u12"', [
        "1:7: this escape names no character; \\u takes four hexadecimal digits, \\x two [syntax]"]),
    ('a: 1\nb: "\\UFFFFFFFF"', [
        "2:5: this escape names no character; \\u takes four hexadecimal digits, \\x two [syntax]"]),
    ('a: "\\ud83d"', ["1:4: half of a surrogate pair is no character; write \\U and eight digits [character]"]),
    ("a: |x\n b", ["1:5: after | or > only a digit, + or - may follow on its line [syntax]"]),
    ("a:\n  b: 1\n c: 2", [
        "3:2: this does not go on from the line above; correct the indentation, or close a quote or bracket [syntax]"]),
    ('a: "b" c', [
        "1:8: this does not go on from the line above; correct the indentation, or close a quote or bracket [syntax]"]),
    ("a: ]", ["1:4: a value is missing here; a text that begins with a special character needs quotes [syntax]"]),
    ("a: 1\na: 2\nb: [", [
        '2:1: the key "a" already stands at x.yaml:1:1 [duplicate-key]',
        "4:1: the file ends before a bracket is closed [syntax]"]),
    ("ü: 1\nb: \x07", ["2:4: an invisible character (U+0007) stands here; delete it [character]"]),
    ("a: b\u2028c", ["1:5: an invisible character (U+2028) stands here; delete it [character]"]),
    ("a: 1\n\ufeffb: 2", ["2:1: an invisible character (U+FEFF) stands here; delete it [character]"]),
    ("a: 1\nü: ".encode() + b"\xff", ["2:4: the file is not UTF-8 text from here on; save it as UTF-8 [encoding]"]),
    ("a: 1".encode("utf-16"), ["1:1: the file is not UTF-8 text from here on; save it as UTF-8 [encoding]"]),
    ("[" * 64 + "]" * 64 + "\n[", [
        "2:1: this does not go on from the line above; correct the indentation, or close a quote or bracket [syntax]"]),
    ("[" * 65, ["1:65: a spec file has at most 64 levels [too-deep]"]),
    ("[" * 500_000, ["1:65: a spec file has at most 64 levels [too-deep]"]),
    ("- &a " + "[" * 40 + "]" * 40 + "\n- " + "[" * 30 + "*a", ["2:33: a spec file has at most 64 levels [too-deep]"]),
    ("- a\n" * 100_000, ["100000:3: a spec file has at most 100000 nodes, aliases written out [too-large]"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "complaints"), REFUSED)
def test_what_is_wrong_is_said_with_its_place(either: Reader, text: str | bytes, complaints: list[str]) -> None:
    assert either(text) == (None, [f"x.yaml:{complaint}" for complaint in complaints])


def test_the_bounds_themselves_are_allowed(either: Reader) -> None:
    for text in (
        "[" * 64 + "]" * 64,
        "- a\n" * 99_999,
        "- &a " + "[" * 40 + "]" * 40 + "\n- " + "[" * 23 + "*a" + "]" * 23,
    ):
        assert either(text)[1] == []


def test_aliases_of_aliases_do_not_explode(either: Reader) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.monotonic()
    _, complaints = either("\n".join(lines))
    assert complaints == ["x.yaml:6:10: a spec file has at most 100000 nodes, aliases written out [too-large]"]
    assert time.monotonic() - started < 5


def test_a_file_gives_at_most_a_hundred_complaints(either: Reader) -> None:
    assert len(either("a: 1\n" * 5000)[1]) == 100


def test_no_complaint_is_long_or_breaks_its_line(either: Reader) -> None:
    key = '"' + "k\\n" * 1000 + '"'
    (complaint,) = either(f"{key}: 1\n{key}: 2")[1]
    assert "\n" not in complaint
    assert len(complaint) < 250


PIECES = [
    "a", "b: ", "k:\n", "- ", "\n", "  ", "\n  ", "[", "]", "{", "}", ", ", ":", "? ", "?", "|", ">-\n", "'", '"',
    '"x"', "#", " # c", "&a ", "*a ", "!", "!!str ", "%", "%YAML 1.1\n", "---\n", "...", "\t", "1", "é", "\\n", "-",
    "x:y", "\r\n", "|2\n", '"\\x41"', '"\\ud800"', "200: x\n", "key: val\n", "- item\n", "  - x\n", "{a: ", "[b, ",
]  # fmt: skip


def test_both_parsers_say_the_same(monkeypatch: pytest.MonkeyPatch, read: Reader) -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("the YAML library has no C parser here")
    choose = random.Random(1)
    good = 0
    for _ in range(3000):
        text = "".join(choose.choice(PIECES) for _ in range(choose.randint(1, 8)))
        both: list[tuple[Document | None, list[str]]] = []
        for with_c in (True, False):
            monkeypatch.setattr(load, "_WITH_C", with_c)
            both.append(read(text))
        assert both[0] == both[1], text
        good += both[0][0] is not None
    assert good > 300


PLAIN_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | PLAIN_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(PLAIN_TEXT, JSON, min_size=1, max_size=4))
@settings(max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_is_read_as_json(read: Reader, data: dict[str, object]) -> None:
    document, complaints = read(json.dumps(data, ensure_ascii=False))
    assert complaints == []
    assert document is not None
    assert document.data == data


def test_a_file_may_have_one_mebibyte_and_no_more(read: Reader) -> None:
    text = "a: " + "x" * (1024 * 1024 - 3)
    assert read(text)[1] == []
    assert read(text + "x")[1] == ["x.yaml:1:1: a spec file has at most 1024 KiB [too-large]"]
