"""A check never raises and never takes long, whatever it is given, and what it says never quotes free text."""

from __future__ import annotations

import time

from hypothesis import strategies as st

from harness import hostile
from harness.effort import usual
from harness.subjects import Subject
from proviso import ir
from proviso.drawing import strategies

_PROMPT = "the secret prompt of somebody, 🦄 which nobody else should ever read"
_SECONDS = 3.0


@usual(data=st.data())
def test_a_check_never_raises_whatever_the_values_are(subject: Subject, data: st.DataObject) -> None:
    _says(subject, data.draw(hostile.params(subject)))


@usual(data=st.data())
def test_a_check_never_raises_whatever_the_request_is(subject: Subject, data: st.DataObject) -> None:
    _says(subject, data.draw(hostile.ANYTHING))


@usual(data=st.data())
def test_a_check_never_raises_whatever_the_names_are(subject: Subject, data: st.DataObject) -> None:
    assert _says(subject, data.draw(hostile.odd_keys(subject)))


def test_a_check_never_raises_for_an_integer_too_long_to_print(subject: Subject) -> None:
    for parameter in subject.model.parameters:
        for value in (10**5000, -(10**5000), [10**5000], [[10**5000]]):
            assert _says(subject, {parameter.name: value, "more": value})


@usual(data=st.data())
def test_no_message_quotes_free_text(prompted_subject: Subject, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(prompted_subject.free_texts))
    secret = data.draw(st.sampled_from([_PROMPT, _PROMPT * 500, f"\ud800{_PROMPT}", f"ftp://{_PROMPT}", [_PROMPT]]))
    said = _says(prompted_subject, {**data.draw(strategies.params(prompted_subject)), name: secret})
    assert not any(piece in said for piece in _pieces(_PROMPT))


@usual(data=st.data())
def test_no_message_holds_a_whole_text_that_stands_at_the_wrong_place(subject: Subject, data: st.DataObject) -> None:
    parameter = data.draw(st.sampled_from(subject.model.parameters))
    # The name of a member is where it stands; only among no names it is a text at the wrong place.
    named = any(isinstance(kind, ir.Object) for kind in ir.every_kind(parameter.kind))
    texts = [_PROMPT, [_PROMPT], {"text": _PROMPT}]
    wrong = data.draw(st.sampled_from(texts if named else [*texts, {_PROMPT: 1}]))
    assert _PROMPT not in _says(subject, {**data.draw(strategies.params(subject)), parameter.name: wrong})


def test_a_prompt_of_ten_megabytes_is_checked_in_bounded_time(subject: Subject) -> None:
    for letter in ("a", "é", "🦄", "\ud800"):
        prompt = letter * (10_000_000 // len(letter.encode(errors="surrogatepass")))
        for parameter in subject.model.parameters:
            said, took = _timed(subject, {parameter.name: prompt})
            assert took < _SECONDS
            assert len(said) < 10_000


def test_a_list_of_a_hundred_thousand_items_is_checked_in_bounded_time(subject: Subject) -> None:
    items: list[object] = ["http://example.com/a.png", "no address", None, 7, _PROMPT]
    for some in (items[:1], items):
        given = some * (100_000 // len(some))
        for parameter in subject.model.parameters:
            _, took = _timed(subject, {parameter.name: given})
            assert took < _SECONDS


def test_a_request_of_a_hundred_thousand_unknown_names_is_checked_in_bounded_time(subject: Subject) -> None:
    unknown = dict.fromkeys(map(str, range(100_000)))
    start = time.perf_counter()
    found = subject.module.violations(unknown)
    assert time.perf_counter() - start < _SECONDS
    assert sum(one.rule == "additionalProperties" for one in found) == 100_000


def _says(subject: Subject, params: object) -> str:
    """Return all that the violations of a request say."""
    found = subject.module.violations(params)
    return "\n".join(f"{one} {one!r} {one.message} {one.at} {one.rule}" for one in found)


def _timed(subject: Subject, params: object) -> tuple[str, float]:
    start = time.perf_counter()
    found = subject.module.violations(params)
    said = "\n".join(map(str, found[:20]))
    return said, time.perf_counter() - start


def _pieces(text: str, width: int = 12) -> list[str]:
    return [text[at : at + width] for at in range(len(text) - width + 1)]
