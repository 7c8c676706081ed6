"""Prices are told as a person would: one credit, two credits; what is unknown as a whole, once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from proviso import ir, price_words
from proviso_runtime import pricing

BLANK = ir.Unknown(why="It is blank.")


def row(*values: ir.Scalar | None, amount: str | None) -> ir.TableRow:
    return ir.TableRow(values=values, amount=BLANK if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (ir.Rate(name="a", amount=Decimal(1), unit="credits", per=("character",)), "a = 1 credit per character"),
        (ir.Rate(name="a", amount=Decimal(1), unit="credit", per=("image",)), "a = 1 credit per image"),
        (ir.Rate(name="a", amount=Decimal("0.5"), unit="credit", per=("image",)), "a = 0.5 credits per image"),
        (ir.Rate(name="a", amount=Decimal(1), unit="USD"), "a = 1 USD"),
        (ir.Rate(name="a", amount=Decimal(1), unit="number"), "a = 1"),
        (
            ir.Rate(name="a", amount=Decimal(1), unit="second", per=("step",), each=Decimal(10)),
            "a = 1 second per 10 steps",
        ),
    ],
)
def test_exactly_one_is_said_in_the_singular(rate: ir.Rate, said: str) -> None:
    assert price_words.rate(rate) == said


def test_what_is_unknown_whatever_the_further_parameters_are_is_told_once() -> None:
    rows = (
        row("low", "1K", amount="0.1"),
        row("low", None, amount=None),
        row("auto", "1K", amount=None),
        row("auto", None, amount=None),
    )
    rate = ir.Rate(name="a", amount=ir.Table(by=("quality", "size"), rows=rows), unit="USD")
    assert price_words.rate(rate) == (
        "a by quality and size: low 1K = 0.1, low left out = unknown (It is blank.), auto = unknown (It is blank.) USD"
    )


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1", "credits", "1 credit"),
        ("1.5", "credits", "1.5 credits"),
        ("1", "USD", "1 USD"),
        ("1.0", "credits", "1.0 credit"),
    ],
)
def test_money_is_said_as_a_person_would(amount: str, currency: str, said: str) -> None:
    assert pricing.money(Decimal(amount), currency) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Decimal(1), "1 credit per image"),
        (Decimal("0.10"), "0.10 credits per image"),
        ("The page is blank.", "not known"),
    ],
)
def test_the_cell_that_counts_is_told_with_its_unit(cell: Decimal | str, said: str) -> None:
    assert pricing.told(cell, "credits per image", "credit per image") == said


def test_the_cell_of_a_multiplier_has_no_unit() -> None:
    assert pricing.told(Decimal(1), "") == "1"
