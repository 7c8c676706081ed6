"""Amounts are reckoned exactly, to the last digit, or are not known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import pricing

BANDS: pricing.Bands = ((Decimal(1), Decimal("0.02")), (Decimal(4), Decimal("0.05")), (None, "The page stops at 4."))
numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=4)
positive = st.decimals(min_value="0.01", max_value=1000, places=2)


@given(numbers, positive, positive)
def test_rounding_a_quotient_is_exact(number: Decimal, step: Decimal, over: Decimal) -> None:
    times = Fraction(number) / Fraction(over) / Fraction(step)
    assert Fraction(pricing.round_up(number, step, over=over)) == math.ceil(times) * Fraction(step)
    assert Fraction(pricing.round_down(number, step, over=over)) == math.floor(times) * Fraction(step)
    half = math.floor(times + Fraction(1, 2)) * Fraction(step)
    assert Fraction(pricing.round_half_up(number, step, over=over)) == half
    assert pricing.ceil(number, over=over) == pricing.round_up(number, Decimal(1), over=over)
    assert pricing.floor(number, over=over) == pricing.round_down(number, Decimal(1), over=over)


@pytest.mark.parametrize(("quantity", "amount"), [("0", "0.02"), ("1", "0.02"), ("1.0001", "0.05"), ("4", "0.05")])
def test_a_band_reaches_up_to_its_limit(quantity: str, amount: str) -> None:
    assert pricing.band(BANDS, Decimal(quantity)) == Decimal(amount)


@pytest.mark.parametrize(("quantity", "amount"), [("-1", "0"), ("0", "0"), ("1", "0.02"), ("3", "0.12"), ("4", "0.17")])
def test_marginal_bands_add_up_the_parts(quantity: str, amount: str) -> None:
    assert pricing.marginal(BANDS, Decimal(quantity)) == Decimal(amount)


@pytest.mark.parametrize("reckon", [pricing.band, pricing.marginal])
def test_what_lies_in_an_undocumented_band_is_not_known(reckon: Callable[[pricing.Bands, Decimal], Decimal]) -> None:
    quote = quoted(lambda: reckon(BANDS, Decimal(5)))
    assert (quote.charge, quote.known) == (None, False)
    assert str(quote) == "unknown: The page stops at 4.; the formula"


@pytest.mark.parametrize(
    ("charge", "because"),
    [
        (lambda: Decimal(1) / Decimal(3), "exactly"),
        (lambda: Decimal(10**1500 + 1) * Decimal(1), "exactly"),
        (lambda: Decimal(1) / Decimal(0), "exactly"),
        (lambda: Decimal(-1), "less than nothing"),
        (lambda: pricing.UNLIMITED * Decimal("0.1"), "at most"),
        (lambda: pricing.round_up(pricing.UNLIMITED, Decimal(15)), "at most"),
        (lambda: pricing.pixels(pricing.explicit("2K", "x")), "how many pixels"),
        (lambda: pricing.pixels(pricing.explicit(None, "x")), "how many pixels"),
        (lambda: pricing.pixels(pricing.sides(None, 4)), "how many pixels"),
        (lambda: pricing.pixels(pricing.tabled({("2K",): (4, 4)}, None)), "how many pixels"),
    ],
)
def test_an_amount_that_cannot_be_told_is_none_with_the_reason(charge: Callable[[], Decimal], because: str) -> None:
    quote = quoted(charge)
    assert (quote.charge, quote.most, quote.known) == (None, None, False)
    assert because in quote.because
    assert "the formula" in quote.because


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        (("0.5", "0.5", "0.5"), "0.5 USD, held 0.5 USD"),
        ((None, "0.5", "0.50"), "0.50 USD"),
        ((None, "0", "0.50"), "0 to 0.50 USD"),
        (("1", "0.25", "0.50"), "0.25 to 0.50 USD, held 1 USD"),
        ((None, "0.25", None), "at least 0.25 USD: the formula"),
        (("1", "0", None), "unknown, held 1 USD: the formula"),
        ((None, None, None), "unknown: the formula"),
    ],
)
def test_a_quote_is_shown_as_a_person_would_say_it(amounts: tuple[str | None, ...], shown: str) -> None:
    hold, least, most = (None if one is None else (lambda one=one: Decimal(one)) for one in amounts)
    quote = pricing.quoted(hold=hold, least=least, most=most, currency="USD", because="the formula")
    assert str(quote) == shown


def test_nothing_of_what_has_no_limit_is_nothing_and_a_limit_holds() -> None:
    load = (pricing.UNLIMITED + 5) * Decimal(2) / Decimal(4)
    assert quoted(lambda: Decimal(0) * load + Decimal(3)).most == 3
    assert quoted(lambda: (Decimal(2) + load) * Decimal(0)).most == 0
    assert quoted(lambda: min(load, Decimal(9))).most == 9
    assert quoted(lambda: pricing.band((*BANDS[:2], (None, Decimal(7))), load)).most == 7
    assert quoted(lambda: pricing.marginal((*BANDS[:2], (None, Decimal(7))), load)).most is None
    assert quoted(lambda: pricing.marginal((*BANDS[:2], (None, Decimal(0))), load)).most == Decimal("0.17")


def test_quantities_are_read_off_the_params() -> None:
    assert pricing.exact(0.1) == Decimal("0.1")
    assert pricing.exact(2.0) == Decimal(2)
    assert pricing.count(None) == pricing.characters(None) == 0
    assert pricing.count(["a", "b"]) == pricing.characters("é\U0001f600") == pricing.characters(["a", "b"]) == 2
    assert pricing.megapixels(pricing.explicit("1024*768", "x*")) == Decimal("0.786432")
    assert pricing.pixels(pricing.sides(2.0, 3)) == 6
    assert pricing.pixels(pricing.tabled({("2K", "1:1"): (2, 5)}, "2K", "1:1")) == 10


def test_a_day_is_the_one_that_is_asked_for_or_today() -> None:
    assert pricing.day(dt.date(2026, 1, 2)) == "2026-01-02"
    assert pricing.day(dt.datetime(2026, 1, 2, 23, 59, tzinfo=dt.UTC)) == "2026-01-02"
    assert pricing.day(None) in {
        (dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=one)).date().isoformat() for one in (-9, 0)
    }
    assert (
        pricing.unpriced(currency="EUR", day="2026-01-02").because == "no document gives a price in EUR on 2026-01-02"
    )


def quoted(charge: Callable[[], Decimal]) -> pricing.Quote:
    return pricing.quoted(hold=None, least=charge, most=charge, currency="USD", because="the formula")
