"""Complaints: their order, their words, and the nearest word that is offered."""

from __future__ import annotations

from proviso.diagnostics import Diagnostic, Place, did_you_mean, in_order, nearest, quoted


def test_complaints_are_sorted_and_said_once() -> None:
    first, second = (Diagnostic(Place("a", 2, column), "m", "r") for column in (1, 10))
    other = Diagnostic(Place("a", 10, 1), "m", "r")
    assert in_order([other, second, first, first]) == (first, second, other)
    assert str(first) == "a:2:1: m [r]"
    assert str(Diagnostic(Place("a", 1, 1), "\x1b[2J\n\u202eü", "r")) == "a:1:1: \\x1b[2J\\n\\u202eü [r]"


def test_the_nearest_word_is_offered() -> None:
    assert nearest("enumm", ["minimum", "enum"]) == "enum"
    assert nearest("post", ["GET", "POST"]) == "POST"
    assert nearest("zzz", ["minimum", "enum"]) is None
    assert nearest("enum" * 100_000, ["enum"]) is None
    assert did_you_mean("enumm", ["enum"]) == '; did you mean "enum"?'
    assert did_you_mean("zzz", ["enum"]) == ""
    assert quoted("a\nb\x1b") == '"a\\nb\\x1b"'
    assert len(quoted("x" * 61)) == 62
