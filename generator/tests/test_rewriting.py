"""Changes in the text of a spec: as little of it as a change needs, whatever the layout, and no byte beside."""

from __future__ import annotations

import difflib
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proviso import load
from proviso.document import Document, Steps
from proviso.evidence import facts
from proviso.evidence.facts import value_at
from proviso.rewriting.changing import changed
from proviso.rewriting.differing import Insert, Put, Rename, Take
from proviso.rewriting.nodes import CannotRewrite, spots

HERE = Path(__file__).parent
SPECS = [*(HERE.parents[1] / "specs").glob("*/*.yaml"), *(HERE / "paged").rglob("*.yaml")]
CASES = [
    path for name in ("every_keyword", "providers") for path in sorted((HERE / "cases" / name).glob("specs/*/*.yaml"))
]


def read(path: Path) -> tuple[str, Document]:
    text = path.read_bytes().decode()
    document, complaints = load.parse(text, digest="", shown=path.name)
    assert document is not None, complaints
    return text, document


def rewritable(path: Path) -> bool:
    try:
        spots(path.read_bytes().decode())
    except CannotRewrite:
        return False
    return True


@cache
def files() -> list[Path]:
    return [*SPECS, *filter(rewritable, CASES)]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_fact_put_as_it_is_leaves_every_byte(path: Path) -> None:
    text, document = read(path)
    puts = [Put(steps=fact.steps, value=fact.value) for fact in facts.facts(document)]
    assert len(puts) > 10
    assert changed(text, [Put(steps=(), value=document.data)]) == text
    assert changed(text, puts[::7]) == text


def others(value: object) -> st.SearchStrategy[object]:
    texts = st.sampled_from(["other", "16:10", "a: b", "yes", "007", "it's", 'say "no"', "# 1", "POST /x/{id}", "[]"])
    numbers = st.sampled_from([7, Decimal("0.125"), Decimal("3.50"), 0])
    match value:
        case bool():
            return st.just(not value)
        case int() | Decimal():
            return numbers
        case list():
            items = [one for one in value if not isinstance(one, dict | list)]
            return st.lists(st.one_of(st.sampled_from(items or ["x"]), texts), min_size=1, max_size=6)
        case _:
            return st.one_of(texts, numbers)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_change_touches_the_lines_of_its_fact_alone(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files()))
    text, document = read(path)
    listed = [fact for fact in facts.facts(document) if fact.steps[-1] not in facts.WHOLE]
    fact = data.draw(st.sampled_from(listed))
    value = data.draw(others(fact.value))
    new = changed(text, [Put(steps=fact.steps, value=value)])
    spot = spots(text)[fact.steps]
    first = text.count("\n", 0, spot.key[0] if spot.key else spot.start)
    last = text.count("\n", 0, spot.end)
    lines = difflib.SequenceMatcher(None, text.splitlines(), new.splitlines(), autojunk=False).get_opcodes()
    touched = {line for what, start, end, *_ in lines if what != "equal" for line in range(start, max(end, start + 1))}
    assert touched <= set(range(first, last + 2))


def made(text: str, *changes: Put | Take | Rename | Insert) -> str:
    return changed(text, changes)


@pytest.mark.parametrize(
    ("text", "steps", "value", "expected"),
    [
        ("a: {n: 0.0320, m: 1} # why\n", ("a", "n"), Decimal("0.035"), "a: {n: 0.0350, m: 1} # why\n"),
        ("a: 0.04\n", ("a",), Decimal("0.0350"), "a: 0.035\n"),
        ("a: 3\n", ("a",), Decimal("10.0"), "a: 10\n"),
        ("a: 1.50\n", ("a",), 2, "a: 2.00\n"),
        ("a: 'one'  # said\n", ("a",), "it's", "a: 'it''s'  # said\n"),
        ('a: ["1K", 2K]\n', ("a",), ["1K", "4K"], 'a: ["1K", 4K]\n'),
        ('a: ["1K", 2K]\n', ("a",), ["1K", "3K", "2K"], 'a: ["1K", 3K, 2K]\n'),
        ("a: [1,\n    2,\n    3]\nb: 1\n", ("a",), [1, 3], "a: [1,\n    3]\nb: 1\n"),
        ("a:\n  - x  # first\n  - y\nb: 1\n", ("a",), ["x", "z", "y"], "a:\n  - x  # first\n  - z\n  - y\nb: 1\n"),
        ("a: count * image\n", ("a",), "n * image", "a: n * image\n"),
        ("a:\nb: 1\n", ("a",), "x", "a: x\nb: 1\n"),
        ("a: true\n", ("a",), "true", 'a: "true"\n'),
        ("a: {b: c}\r\nd: 1\r\n", ("a", "b"), "e", "a: {b: e}\r\nd: 1\r\n"),
        ("\ufeffa: 1\n", ("a",), 2, "\ufeffa: 2\n"),
    ],
)
def test_a_value_keeps_the_form_of_the_one_before(text: str, steps: Steps, value: object, expected: str) -> None:
    assert made(text, Put(steps=steps, value=value)) == expected


def test_members_are_put_where_they_are_wanted() -> None:
    text = "p:\n  n:\n    type: integer\n    # in our words\n    description: How many.\n\nq: {a: 1}\n"
    new = made(text, Put(steps=("p", "n", "required"), value=True, before="description"))
    assert new == text.replace("    description", "    required: true\n    description")
    new = made(text, Put(steps=("p", "m"), value={"type": "string", "enum": ["a"]}))
    assert new == text.replace("many.\n", "many.\n  m: {type: string, enum: [a]}\n")
    assert made(text, Put(steps=("q", "b"), value=[1]), Take(steps=("q", "a"))).endswith("q: {b: [1]}\n")
    assert made(text, Take(steps=("p", "n", "type"))) == text.replace("    type: integer\n", "")
    assert made(text, Rename(steps=("p", "n"), name="m")) == text.replace("  n:", "  m:")


@pytest.mark.parametrize(
    ("text", "change", "says"),
    [
        ("a: &x 1\nb: *x\n", Put(steps=("b",), value=2), "alias"),
        ("a: 1\n", Put(steps=("b", "c"), value=2), "there is no 'b'"),
        ("a: [1]\n", Take(steps=("a", 0)), "alone"),
        ("a: 1\n", Put(steps=("a", "b"), value=2), "single value"),
        ("a: 1\r\nb: 2\n", Put(steps=("a",), value=2), "several ways"),
    ],
)
def test_what_cannot_be_changed_in_place_says_why(text: str, change: Put | Take, says: str) -> None:
    with pytest.raises(CannotRewrite, match=says):
        made(text, change)


def test_a_whole_spec_of_another_data_is_read_back_as_that_data() -> None:
    text, document = read(HERE / "paged/specs/lantern/still-2.yaml")
    body = value_at(document.data, ("witnesses", 0, "body"))
    assert isinstance(body, dict)
    new = made(text, Put(steps=("witnesses", 0, "body"), value={**body, "args": {"prompt": "x", "tier": "1K"}}))
    again, _ = load.parse(new, digest="", shown="it")
    assert again is not None
    assert value_at(again.data, ("witnesses", 0, "body", "args")) == {"prompt": "x", "tier": "1K"}
