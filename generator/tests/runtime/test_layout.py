"""Bodies are read back with every violation at its place in the body."""

from __future__ import annotations

import pytest

from proviso_runtime import errors, layout, violation

BODY: dict[str, layout.Member] = {
    "model": layout.Constant(7),
    "input": {"prompt": layout.Value("prompt"), "counts": layout.Value("counts", whole=True)},
}


@violation.checker
def check(given: dict[str, object], /) -> list[violation.Violation]:
    return [] if "prompt" in given else [violation.missing("/prompt")]


def test_a_parameter_at_the_wrong_depth_is_told_where_it_stands() -> None:
    with pytest.raises(errors.RequestInvalid) as invalid:
        layout.read(BODY, {"model": 7, "prompt": "a hat", "input": {"prompt": "a hat"}}, check)
    (found,) = invalid.value.violations
    assert (found.at, found.rule) == ("/prompt", "additionalProperties")
    assert found.message == '"prompt" does not belong here; it stands at /input/prompt'


def test_a_container_that_is_missing_says_so_once() -> None:
    with pytest.raises(errors.RequestInvalid) as invalid:
        layout.read(BODY, {"model": 7}, check)
    assert [(one.at, one.rule) for one in invalid.value.violations] == [("/input", "required")]


@pytest.mark.parametrize(
    ("value", "fits"), [(7, True), (7.0, True), ("7", False), (True, False), (8, False), (None, False)]
)
def test_a_constant_is_compared_as_json_schema_does(value: object, *, fits: bool) -> None:
    body = {"model": value, "input": {"prompt": "a hat"}}
    if fits:
        assert layout.read(BODY, body, check) == {"prompt": "a hat"}
    else:
        with pytest.raises(errors.RequestInvalid) as invalid:
            layout.read(BODY, body, check)
        assert [(one.at, one.rule) for one in invalid.value.violations] == [("/model", "const")]


def test_whole_numbers_go_over_the_wire_as_integers() -> None:
    body = layout.write(BODY, {"prompt": "a hat", "counts": [2.0, 3]})
    assert repr(body) == "{'model': 7, 'input': {'prompt': 'a hat', 'counts': [2, 3]}}"
