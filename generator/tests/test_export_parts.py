"""What the exports are made of: shapes of replies, conditions on them, expressions, and JSON for people."""

from __future__ import annotations

import itertools
import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from proviso import ir, reply_states
from proviso.exports import conditions, expressions, facts, shapes, text

from .arazzo_reader import Seen, outcome

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)
LEFT_OUT = object()
STATES = [LEFT_OUT, None, True, 1, "done", "DONE", "it's", "other", ["done"]]
ITEMS = [
    LEFT_OUT,
    None,
    [],
    ["done"],
    [{"a": 1}],
    [{"a": None}],
    [{"a": "done"}, {"a": "other"}],
    [{}, {"a": "done"}],
    [{"a": ["done", "it's"]}],
]
REPLIES = [
    {"id": "7", **{name: value for name, value in (("state", word), ("d e", items)) if value is not LEFT_OUT}}
    for word, items in itertools.product(STATES, ITEMS)
]
ALONE = [
    ir.Match(path=path, how=how, values=("done", True) if how in ("is", "every", "some") else ())
    for how, path in itertools.product(
        get_args(ir.How), ("$.state", "$['d e'][0].a", "$['d e'][*]", "$['d e'][*].a", "$['d e'][*].a[*]")
    )
    if how != "is" or "*" not in path
]


def words(**changes: Any) -> ir.State:
    given: dict[str, Any] = {"at": "$.state", "phases": (("done", "succeeded"), ("it's", "failed"), (1, "running"))}
    return ir.State(**given | changes)


def case(means: ir.Phase, *when: ir.Match) -> ir.Case:
    return ir.Case(when=when, means=means)


TOLD = [
    words(),
    words(absent="running"),
    words(ignore_case=True),
    words(phases=(("done", "succeeded"), ("DONE", "failed"))),
    *(words(cases=(case("failed", one),)) for one in ALONE),
    *(words(cases=(case("failed", one), case("succeeded", ALONE[0], one)), absent="failed") for one in ALONE),
    *(words(cases=(case("running", one),), ignore_case=True) for one in ALONE if not one.values),
]


@pytest.mark.parametrize("state", TOLD, ids=range(len(TOLD)))
def test_a_criterion_holds_exactly_where_the_reply_means_the_phase(state: ir.State) -> None:
    wanted: tuple[ir.Phase, ...] = ("succeeded", "failed", "running")
    for phase, reply in itertools.product(wanted, REPLIES):
        document = reply if state.ignore_case else as_spelled(reply, state)
        found = conditions.phase(state, (phase,))
        means = reply_states.phase(state, document) == phase
        held = (
            found is not None
            and outcome({"successCriteria": [found]}, Seen(status=200, body=document))["type"] == "next"
        )
        assert held == means, (found, document)


@given(st.lists(DOCUMENTS, min_size=1, max_size=3))
def test_documented_bodies_fit_their_shape_and_it_says_no_more(bodies: list[Any]) -> None:
    shape = shapes.shape(bodies)
    Draft202012Validator.check_schema(shape)
    assert all(Draft202012Validator(shape).is_valid(body) for body in bodies)
    assert not {"required", "additionalProperties", "enum", "const"} & set(keywords(shape))


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([{"a": 1}, {"b": "x"}], {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}}),
        ([{"a": 1}, {"a": 0.5}], {"type": "object", "properties": {"a": {"type": "number"}}}),
        ([{"a": None}, {"a": "x"}], {"type": "object", "properties": {"a": {"type": ["string", "null"]}}}),
        ([{"a": None}], {"type": "object", "properties": {"a": {}}}),
        ([[]], {"type": "array"}),
        ([[{"a": True}, {"b": 1}]], {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"type": "integer"}}}}),
        (["x", {"a": 1}], {"type": ["string", "object"], "properties": {"a": {"type": "integer"}}}),
    ],
)  # fmt: skip
def test_a_shape_joins_what_bodies_show(bodies: list[Any], expected: object) -> None:
    assert shapes.shape(bodies) == expected


def test_a_text_that_holds_json_is_described_inside() -> None:
    inside = json.dumps({"urls": ["x"], "more": json.dumps([{"n": 1}])})
    paths = ["$.data[*].text | json | $.urls[*]", "$.data[*].text | json | $.more | json | $[*].n", "$.data[*].id"]
    marks: list[shapes.Mark] = [(path, {"format": "uri"} if "urls" in path else {}) for path in paths]
    shape: Any = shapes.shape([{"data": [{"text": inside, "id": 1}, {"text": "no json", "id": 2}]}], marks)
    described = shape["properties"]["data"]["items"]["properties"]["text"]
    assert described["type"] == "string"
    assert described["contentMediaType"] == "application/json"
    properties = described["contentSchema"]["properties"]
    assert properties["urls"] == {"type": "array", "items": {"type": "string", "format": "uri"}}
    assert properties["more"]["contentSchema"]["items"]["properties"] == {"n": {"type": "integer"}}


@pytest.mark.parametrize(
    ("path", "whole", "nearest", "first"),
    [
        ("$.a.b", "$response.body#/a/b", "$response.body#/a/b", "$response.body#/a/b"),
        ("$.a[0]", "$response.body#/a/0", "$response.body#/a/0", "$response.body#/a/0"),
        ("$['a/b~c']", "$response.body#/a~1b~0c", "$response.body#/a~1b~0c", "$response.body#/a~1b~0c"),
        ("$", "$response.body", "$response.body", "$response.body"),
        ("$[*].a", None, "$response.body", "$response.body#/0/a"),
        ("$.a[*].b", None, "$response.body#/a", "$response.body#/a/0/b"),
        ("$.a | json | $.b", None, "$response.body#/a", "$response.body#/a"),
    ],
)
def test_a_reply_path_becomes_an_expression_as_far_as_one_can_follow(
    path: str, whole: str | None, nearest: str, first: str
) -> None:
    assert (expressions.body(path), expressions.nearest(path), expressions.first(path)) == (whole, nearest, first)


def test_facts_keep_every_field_that_says_something() -> None:
    state = ir.State(at="$.a", phases=((1, "running"), ("x", "failed")), ignore_case=True)
    assert facts.facts(state) == {"at": "$.a", "phases": [[1, "running"], ["x", "failed"]], "ignore_case": True}
    assert facts.facts(ir.Text(max_length=3)) == {"type": "string", "maxLength": 3}
    assert facts.facts(ir.Given(parameter="a", given=True)) == {"is": "given", "parameter": "a", "given": True}
    assert facts.facts(ir.Unknown(why="No page says it.")) == {"unknown": "No page says it."}


@given(DOCUMENTS)
def test_json_for_people_is_the_same_json(document: Any) -> None:
    assert json.loads(text.written(document)) == document


def test_json_for_people_puts_short_things_on_one_line() -> None:
    long = ["x" * 60, "y" * 60]
    assert text.written({"short": [1, 2], "long": long}) == (
        '{\n  "short": [1, 2],\n  "long": [\n    "' + "x" * 60 + '",\n    "' + "y" * 60 + '"\n  ]\n}\n'
    )


def as_spelled(document: Any, state: ir.State) -> Any:
    """Spell words as a state does where it has only one spelling: Arazzo takes upper and lower case for the same."""
    told = [word for word, _ in state.phases] + [
        word for case in state.cases for one in case.when for word in one.values
    ]
    spellings = {word.casefold(): word for word in told if isinstance(word, str)}
    match document:
        case str() if document not in told:
            return spellings.get(document.casefold(), document)
        case list():
            return [as_spelled(one, state) for one in document]
        case dict():
            return {name: as_spelled(one, state) for name, one in document.items()}
        case _:
            return document


def keywords(schema: Any) -> list[str]:
    """List the keywords of a schema and of those inside it."""
    if not isinstance(schema, dict):
        return []
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return [*schema, *(name for one in inner for name in keywords(one))]
