"""The nearest allowed size is allowed, and no other is nearer in proportion."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import nearest, pixels, violation

_MOST = 60

sides = st.tuples(st.integers(1, 20), st.integers(20, _MOST), st.integers(1, 7))
forms = st.none() | st.tuples(st.integers(1, 5), st.integers(1, 5))
areas = st.tuples(st.none() | st.integers(1, 900), st.none() | st.integers(900, 3600))
bounds = st.builds(pixels.Limits, width=sides, height=sides, area=areas, ratio=st.tuples(forms, forms))


def far(size: tuple[int, int], aim: tuple[int, int]) -> float:
    return sum((math.log(one) - math.log(other)) ** 2 for one, other in zip(size, aim, strict=True))


@given(bounds, st.tuples(st.integers(1, 200), st.integers(1, 200)))
def test_the_nearest_size_is_that_of_a_search_through_all(limits: pixels.Limits, aim: tuple[int, int]) -> None:
    allowed = [
        (wide, tall)
        for wide in range(1, _MOST + 1)
        for tall in range(1, _MOST + 1)
        if limits.broken(wide, tall) is None
    ]
    found = nearest.size(*aim, limits)
    if not allowed:
        assert found is None
        return
    assert found is not None
    assert limits.broken(*found) is None
    assert far(found, aim) == pytest.approx(min(far(one, aim) for one in allowed))


@pytest.mark.parametrize("aim", [(10**9, 1), (1, 10**30), (7, 7), (10**400, 10**400), (-5, 0)])
def test_far_away_sizes_have_a_nearest_one_too(aim: tuple[int, int]) -> None:
    limits = pixels.Limits(width=(64, 16384, 8), area=(4096, 10**7), ratio=((1, 16), (16, 1)))
    found = nearest.size(*aim, limits)
    assert found is not None
    assert limits.broken(*found) is None


def test_a_size_keeps_its_proportions_where_it_can() -> None:
    assert nearest.size(4000, 2000, pixels.Limits(area=(None, 2_000_000))) == (2000, 1000)


def test_of_a_few_sizes_the_nearest_is_named() -> None:
    limits = pixels.Limits(sizes=((1024, 1024), (1792, 1024)))
    found = violation.Violation("/size", "sizes", "1700x1000", limits)
    assert found.message == "1700x1000 is none of the sizes there are; the nearest allowed size is 1792x1024"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("500x512", "the width 500 is less than 512; the nearest allowed size is 512x512"),
        ("1028x1024", "the width 1028 is no multiple of 8; the nearest allowed size is 1032x1024"),
        ("512x4096", "the height 4096 is more than 2048; the nearest allowed size is 680x2040"),
        ("2048x2048", "2048x2048 has 4194304 pixels in all, more than 2097152; the nearest allowed size is 1448x1448"),
        ("512x2048", "512x2048 is taller than 1:3; the nearest allowed size is 592x1776"),
        ("2048x512", "2048x512 is wider than 3:1; the nearest allowed size is 1776x592"),
    ],
)
def test_a_message_says_what_is_wrong_and_what_comes_nearest(text: str, message: str) -> None:
    limits = pixels.Limits(width=(512, 2048, 8), height=(512, 2048, 8), area=(None, 2_097_152), ratio=((1, 3), (3, 1)))
    broken = limits.of_text(text, "x")
    assert broken is not None
    assert violation.Violation("/size", broken, text, limits).message == message


def test_a_size_of_thousands_of_digits_is_no_trouble() -> None:
    limits = pixels.Limits(width=(1, 4096, 1))
    text = f"{'9' * 6000}x1"
    broken = limits.of_text(text, "x")
    assert broken == "width"
    assert "nearest allowed size is 4096x1" in violation.Violation("/size", broken, text, limits).message
