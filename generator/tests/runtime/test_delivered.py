"""What comes is compared with what was asked: told in results and in the log, whenever it becomes known, and never invented."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

import pytest

from proviso_runtime import differences, results, wanted
from proviso_runtime.differences import Difference
from proviso_runtime.pictures import Header
from proviso_runtime.replies import Reply

from . import scripted

SQUARE = wanted.Asked(count=(2, 2), pixels=((2048, 2048),), media_types=("image/png",))
SMALL = Header(width=1254, height=1254, media_type="image/jpeg")
TABLE: dict[tuple[str, ...], wanted.Size] = {("1:1", "1K"): (1024, 1024), ("16:9", "1K"): (1344, 768)}


def comparison(asked: wanted.Asked = SQUARE) -> differences.Comparison:
    return differences.Comparison(who="acme: painter/5", asked=asked)


def delivered(many: int, *, failed: int = 0, document: object = "{}") -> results.Delivered:
    return results.Delivered(
        reply=Reply(status=200, headers={}, content=b""),
        document=None if document is None else {},
        found=results.Found(
            items=(scripted.image("https://cdn.test/1"),) * many + (results.Item(kind="text", text="a"),),
            failures=tuple(results.ItemFailure(index=number) for number in range(failed)),
        ),
        reported={},
        cost=None,
        headers={},
    )


def test_a_difference_is_a_sentence() -> None:
    told = comparison().image(SMALL, 1)
    assert told == (
        Difference(what="pixels", asked="2048x2048", delivered="1254x1254", result=1),
        Difference(what="format", asked="image/png", delivered="image/jpeg", result=1),
    )
    assert [str(one) for one in told] == [
        "asked for 2048x2048, delivered 1254x1254 (result 2)",
        "asked for image/png, delivered image/jpeg (result 2)",
    ]
    assert [str(one) for one in comparison().count(delivered(1))] == ["asked for 2 results, delivered 1"]


@pytest.mark.parametrize(("many", "failed", "told"), [(2, 0, ""), (1, 1, ""), (1, 0, "1"), (3, 0, "3"), (2, 5, "")])
def test_what_is_known_to_have_failed_is_not_missing(many: int, failed: int, told: str) -> None:
    found = comparison().count(delivered(many, failed=failed))
    assert [one.delivered for one in found] == ([told] if told else [])


def test_fewer_than_the_most_are_no_difference_and_more_are() -> None:
    several = comparison(wanted.Asked(count=(1, 3)))
    assert [several.count(delivered(many)) for many in (1, 2, 3)] == [()] * 3
    assert [str(one) for one in several.count(delivered(4))] == ["asked for 1 to 3 results, delivered 4"]


def test_a_body_that_is_the_result_itself_is_not_counted() -> None:
    assert comparison().count(delivered(1, document=None)) == ()


def test_what_nobody_asked_for_is_compared_with_nothing() -> None:
    for asked in (wanted.Asked(), replace(SQUARE, pixels=((1254, 1254), (1, 1)), media_types=("image/jpeg",))):
        assert comparison(asked).image(SMALL, 0) == ()
    assert comparison(wanted.Asked()).count(delivered(7)) == ()
    assert replace(comparison(), kind="video").image(SMALL, 0) == ()


def test_of_a_job_of_another_process_and_of_params_that_cannot_be_read_nothing_is_known() -> None:
    def broken(params: Mapping[str, object]) -> wanted.Asked:
        raise KeyError(next(iter(params)))

    known = scripted.aim(replace(scripted.ACME_MODEL, asked=lambda _: SQUARE))
    assert differences.comparison(known, {}).asked == SQUARE
    assert differences.comparison(known, None) == differences.NOTHING
    assert differences.comparison(scripted.aim(scripted.ACME_MODEL), {}) == differences.NOTHING
    assert differences.comparison(scripted.aim(replace(scripted.ACME_MODEL, asked=broken)), {"a": 1}) == (
        differences.NOTHING
    )


def test_a_difference_is_logged_when_it_becomes_known(caplog: pytest.LogCaptureFixture) -> None:
    comparison().image(SMALL, 0)
    comparison().image(Header(width=2048, height=2048, media_type="image/png"), 0)
    assert [(one.name, one.levelno) for one in caplog.records] == [("proviso_runtime", logging.WARNING)] * 2
    assert caplog.messages[0] == "acme: painter/5: asked for 2048x2048, delivered 1254x1254 (result 1)"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, None),
        ({"ratio": "16:9", "tier": "1K"}, ((1344, 768),)),
        ({"ratio": "16:9"}, ((1344, 768),)),
        ({"ratio": "16:9", "tier": None}, ((1344, 768),)),
        ({"tier": "1K"}, ()),
        ({"ratio": "match", "tier": "1K"}, ()),
        ({"ratio": 3}, ()),
    ],
)
def test_a_table_of_sizes_speaks_where_one_of_its_parameters_is_sent(
    given: dict[str, object], said: wanted.Said
) -> None:
    assert wanted.tabled(given, {"ratio": None, "tier": "1K"}, TABLE) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, None),
        ({"width": None}, None),
        ({"width": 640, "height": 480.0}, ((640, 480),)),
        ({"width": 640}, ((640, 512),)),
        ({"height": 480}, ()),
    ],
)
def test_two_sides_speak_where_both_are_known_and_one_is_sent(given: dict[str, object], said: wanted.Said) -> None:
    assert wanted.sides(given, {"width": None, "height": 512}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("640x480", ((640, 480),)), ("640*480", ((640, 480),)), ("2K", ()), ("auto", ()), ("x", ()), (None, None)],
)
def test_a_text_speaks_of_pixels_or_of_something_else(text: object, said: wanted.Said) -> None:
    assert wanted.written({"size": text}, "size", "x*") == said


def test_places_that_disagree_leave_all_that_they_say_and_one_without_pixels_leaves_nothing() -> None:
    assert wanted.sizes(((1, 2),), None, ((1, 2),)) == ((1, 2),)
    assert wanted.sizes(((1, 2),), ((3, 4),)) == ((1, 2), (3, 4))
    assert wanted.sizes(((1, 2),), ()) is None
    assert wanted.sizes(None, None) is None
    assert wanted.sizes() is None


def test_a_parameter_that_may_name_other_pixels_leaves_nothing_where_it_is_sent() -> None:
    names = ("poster", "crop")
    assert wanted.nothing({"size": "1x1", "crop": None}, names) is None
    assert wanted.nothing({"crop": "1x1"}, names) == ()


def test_counts_and_types_go_by_the_value_that_counts() -> None:
    assert wanted.exactly({"n": 3.0}, "n") == (3, 3)
    assert wanted.exactly({"n": None}, "n", 2) == (2, 2)
    assert wanted.at_most({}, "n", 4) == (1, 4)
    assert wanted.at_most({}, "n") is None
    assert wanted.chosen({"as": "jpg"}, "as", {"jpg": "image/jpeg"}) == ("image/jpeg",)
    assert wanted.chosen({}, "as", {"jpg": "image/jpeg"}, "jpg") == ("image/jpeg",)
    assert wanted.chosen({"as": "auto"}, "as", {"jpg": "image/jpeg"}, "jpg") is None
