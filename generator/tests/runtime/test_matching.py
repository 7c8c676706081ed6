"""What a reply is held to means the same to the runtime and to the tool, whatever the reply."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proviso import ir, reply_matches
from proviso_runtime import matching, protocol
from proviso_runtime.jsontext import Json

VALUES: tuple[str | int | bool, ...] = ("done", "", 1, 0, True, False)
PATHS = ("$.a", "$.a.b", "$.list[*]", "$.list[*].b", "$.list[0]", "$.text | json | $.a", "$.text | json | $.list[*]")
HOWS: tuple[ir.How, ...] = ("is", "every", "some", "given", "absent")

leaves: st.SearchStrategy[Json] = st.sampled_from([None, *VALUES, "Done", "1", Decimal("1.5"), "{", "[]"])
inner = st.fixed_dictionaries({}, optional={"a": leaves, "b": leaves}) | leaves
replies = st.fixed_dictionaries(
    {},
    optional={
        "a": inner,
        "list": st.lists(inner, max_size=3) | leaves,
        "text": leaves | st.sampled_from(['{"a": true}', '{"a": null, "list": [1, "done"]}', '{"list": []}']),
    },
)
matches = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(HOWS), st.lists(st.sampled_from(VALUES), min_size=1, max_size=3)),
    max_size=3,
)


@settings(deadline=None)
@given(replies, matches)
def test_the_runtime_and_the_tool_read_matches_alike(
    reply: Json, drawn: list[tuple[str, ir.How, list[str | int | bool]]]
) -> None:
    ours = tuple(protocol.Match(path=path, how=how, values=tuple(values)) for path, how, values in drawn)
    theirs = tuple(ir.Match(path=path, how=how, values=tuple(values)) for path, how, values in drawn)
    assert matching.hold(ours, reply) == reply_matches.hold(theirs, reply)


@pytest.mark.parametrize(
    ("how", "reply", "held"),
    [
        ("is", {"a": True}, True),
        ("is", {"a": 1}, False),
        ("is", {"a": "true"}, False),
        ("is", {}, False),
        ("given", {"a": 0}, True),
        ("given", {"a": []}, True),
        ("given", {"a": None}, False),
        ("given", {}, False),
        ("absent", {"a": None}, True),
        ("absent", {}, True),
        ("absent", {"a": False}, False),
    ],
)
def test_a_match_compares_type_and_value(how: ir.How, reply: Json, *, held: bool) -> None:
    assert matching.hold((protocol.Match(path="$.a", how=how, values=(True,)),), reply) is held


@pytest.mark.parametrize(
    ("items", "every", "some"),
    [([], False, False), (["ok"], True, True), (["ok", "no"], False, True), (["no", None], False, False)],
)
def test_every_needs_one_and_all_and_some_needs_one(items: list[Json], *, every: bool, some: bool) -> None:
    found = [
        matching.hold((protocol.Match(path="$.items[*]", how=how, values=("ok",)),), {"items": items})
        for how in ("every", "some")
    ]
    assert found == [every, some]


def test_all_matches_hold_together_and_none_hold_always() -> None:
    both = (protocol.Match(path="$.a", how="given"), protocol.Match(path="$.b", how="absent"))
    assert matching.hold(both, {"a": 1})
    assert not matching.hold(both, {"a": 1, "b": 1})
    assert matching.hold((), None)
