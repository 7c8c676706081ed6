"""What generated code says that a request asks for: what the spec says, and nothing where it does not."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from proviso_runtime.wanted import Asked

from . import building
from .building import Spec

SIZE = {"type": "string", "size": {"tiers": ["2K"], "separators": ["x"]}, "description": "Pixels."}
POSTER = {"type": "string", "size": {"separators": ["x"]}, "description": "Pixels of a poster."}
WIDTH = {"type": "integer", "minimum": 1, "description": "The width."}
HEIGHT = {"type": "integer", "minimum": 1, "default": 512, "description": "The height."}
RATIO = {"type": "string", "enum": ["1:1", "16:9", "as it is"], "description": "Width to height."}
TIER = {"type": "string", "enum": ["1K", "2K"], "default": "1K", "description": "The tier."}
UPSCALE = {"type": "boolean", "default": False, "description": "Whether it is enlarged."}
COUNT = {"type": "integer", "minimum": 1, "maximum": 9, "default": 2, "description": "How many."}
FORMAT = {"type": "string", "enum": ["png", "jpg", "auto"], "default": "png", "description": "The kind of file."}
PIXELS = {"pixels": {"of": ["width", "height"], "side": {"maximum": 4096}}}
ROWS = {"1:1": {"1K": "1024x1024", "2K": "2048x2048"}, "16:9": {"1K": "1344x768", "2K": "2688x1536"}}
TABLE = {"by": ["ratio", "tier"], "rows": ROWS, "partial": "The page has no pixels for it."}
TYPES = {"parameter": "format", "types": {"png": "image/png", "jpg": "image/jpeg"}}


def asked(tmp_path: Path, spec: Spec, *requests: Spec) -> list[Asked]:
    with building.imported_model(tmp_path, spec) as model:
        found: Any = importlib.import_module(f"{model.__name__}.asked")
        return [found.asked({"prompt": "a hat", **one}) for one in requests]


def drawing(parameters: Spec, output: Spec | None = None, **more: Any) -> Spec:
    return building.model(
        {"prompt": building.prompt(), **parameters},
        output={"kind": "image", "count": 1, **(output or {})},
        **more,
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (3, [(3, 3)] * 3),
        ({"at_most": 3}, [(1, 3)] * 3),
        ("n", [(2, 2), (5, 5), (2, 2)]),
        ({"at_most": "n"}, [(1, 2), (1, 5), (1, 2)]),
    ],
)
def test_a_count_is_exact_or_a_most(count: Any, told: list[tuple[int, int]], tmp_path: Path) -> None:
    nullable = {**COUNT, "type": ["integer", "null"]}
    found = asked(tmp_path, drawing({"n": nullable}, {"count": count}), {}, {"n": 5.0}, {"n": None})
    assert [one.count for one in found] == told


def test_a_count_that_others_may_set_is_not_known_where_it_is_left_out(tmp_path: Path) -> None:
    spec = drawing({"n": COUNT, "tier": TIER}, {"count": "n"}, rules=[{"when": {"tier": "2K"}, "sets": {"n": 1}}])
    assert [one.count for one in asked(tmp_path, spec, {}, {"n": 3})] == [None, (3, 3)]


def test_a_format_is_the_one_that_a_parameter_chooses(tmp_path: Path) -> None:
    spec = drawing({"format": FORMAT}, {"type": TYPES})
    found = asked(tmp_path, spec, {}, {"format": "jpg"}, {"format": "auto"})
    assert [one.media_types for one in found] == [("image/png",), ("image/jpeg",), None]


def test_a_format_that_results_have_anyway_was_asked_by_nobody(tmp_path: Path) -> None:
    shared = building.provider(job=building.job(results={"at": "$.urls[*]", "type": "image/webp"}))
    specs = building.write(tmp_path / "specs", {building.MODEL: drawing({"format": FORMAT})}, shared)
    with building.imported(specs, tmp_path / "out") as package:
        found: Any = importlib.import_module(f"{package.__name__}.acme.still_1.asked")
        assert found.asked({"prompt": "a hat", "format": "jpg"}) == Asked(count=(1, 1))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, None),
        ({"ratio": "16:9"}, ((1344, 768),)),
        ({"ratio": "1:1", "tier": "2K"}, ((2048, 2048),)),
        ({"tier": "2K"}, None),
        ({"ratio": "as it is"}, None),
        ({"size": "800x600"}, ((800, 600),)),
        ({"size": "2K"}, None),
        ({"ratio": "1:1", "size": "800x600"}, ((1024, 1024), (800, 600))),
        ({"ratio": "1:1", "size": "2K"}, None),
    ],
)
def test_pixels_are_those_of_a_table_and_of_the_one_text_that_names_some(
    given: Spec, told: Any, tmp_path: Path
) -> None:
    spec = drawing({"ratio": RATIO, "tier": TIER, "size": SIZE}, sizes=TABLE)
    assert [one.pixels for one in asked(tmp_path, spec, given)] == [told]


def test_two_sides_name_pixels_where_one_of_them_is_sent(tmp_path: Path) -> None:
    spec = drawing({"width": WIDTH, "height": HEIGHT}, rules=[PIXELS])
    found = asked(tmp_path, spec, {}, {"width": 640}, {"width": 640, "height": 480}, {"height": 480})
    assert [one.pixels for one in found] == [None, ((640, 512),), ((640, 480),), None]


def test_of_several_texts_none_names_pixels_unless_it_is_said_which(tmp_path: Path) -> None:
    parameters = {"size": SIZE, "poster": POSTER, "ratio": RATIO, "tier": TIER}
    given = ({"size": "8x6"}, {"ratio": "1:1"}, {"ratio": "1:1", "poster": "3x4"}, {"size": "8x6", "poster": "3x4"})
    silent = asked(tmp_path / "silent", drawing(parameters, sizes=TABLE), *given)
    assert [one.pixels for one in silent] == [None, ((1024, 1024),), None, None]
    said = asked(tmp_path / "said", drawing(parameters, {"pixels": {"of": ["size"]}}, sizes=TABLE), *given)
    assert [one.pixels for one in said] == [((8, 6),), None, None, ((8, 6),)]


@pytest.mark.parametrize("pixels", [{"unless": {"upscale": True}}, {"when": {"upscale": False}}])
def test_pixels_that_hold_for_some_requests_are_asked_by_those_alone(pixels: Spec, tmp_path: Path) -> None:
    spec = drawing({"size": SIZE, "upscale": UPSCALE}, {"pixels": pixels})
    given = ({"size": "8x6"}, {"size": "8x6", "upscale": False}, {"size": "8x6", "upscale": True})
    assert [one.pixels for one in asked(tmp_path, spec, *given)] == [((8, 6),), ((8, 6),), None]


def test_pixels_of_which_no_page_says_that_an_image_has_them_are_asked_by_nobody(tmp_path: Path) -> None:
    spec = drawing({"size": SIZE}, {"pixels": {"unknown": "It is not said."}})
    assert [one.pixels for one in asked(tmp_path, spec, {"size": "8x6"})] == [None]


def test_what_is_ignored_asks_for_nothing(tmp_path: Path) -> None:
    names = ["size", "n", "format"]
    rules = [{"when": {"upscale": True}, "ignored": names, "advice": "The picture that is sent counts."}]
    parameters = {"size": SIZE, "upscale": UPSCALE, "n": COUNT, "format": FORMAT}
    spec = drawing(parameters, {"count": "n", "type": TYPES}, rules=rules)
    kept, ignored = asked(tmp_path, spec, {"size": "8x6"}, {"size": "8x6", "upscale": True})
    assert kept == Asked(count=(2, 2), pixels=((8, 6),), media_types=("image/png",))
    assert ignored == Asked()


def test_a_film_has_no_pixels_of_an_image(tmp_path: Path) -> None:
    spec = drawing({"size": SIZE}, {"kind": "video"})
    assert asked(tmp_path, spec, {"size": "8x6"}) == [Asked(count=(1, 1))]
