"""What may be spent: amounts, holds and options, and what is refused before anything is sent."""

from __future__ import annotations

import copy
import threading
from decimal import Decimal
from typing import Any

import pytest

from proviso_runtime import amounts, budgets, errors, options, quotes

from . import scripted

QUOTE = quotes.Quote(
    hold=Decimal("0.2"), charge=Decimal("0.1"), least=Decimal(0), most=Decimal("0.1"), currency="USD", known=True, because="",
    after=lambda counts: counts["delivered"] * Decimal("0.05"),
)  # fmt: skip


def test_a_budget_holds_what_may_be_charged_until_it_is_known_what_was() -> None:
    budget = budgets.Budget("1.00")
    hold = budget.hold(Decimal("0.60"))
    assert (budget.held, budget.spent, budget.left) == (Decimal("0.60"), Decimal(0), Decimal("0.40"))
    with pytest.raises(errors.TooDear, match=r"0\.50 USD.*1\.00 USD.*0\.40 USD is left \(0\.60 held"):
        budget.hold(Decimal("0.50"))

    hold.settle(Decimal("0.25"))
    hold.settle(Decimal("0.99"))  # once
    assert (budget.held, budget.spent, budget.left) == (Decimal(0), Decimal("0.25"), Decimal("0.75"))

    budget.hold(Decimal("0.75")).settle(None)
    assert (budget.spent, budget.left) == (Decimal("1.00"), Decimal(0))
    budget.hold(Decimal(0)).release()


def test_threads_that_share_a_budget_never_hold_more_than_it_has() -> None:
    budget, held = budgets.Budget(50), []

    def spend() -> None:
        for _ in range(100):
            try:
                held.append(budget.hold(Decimal(1)))
            except errors.TooDear:
                return

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == 50
    assert budget.left == 0


@pytest.mark.parametrize(
    ("given", "kind"),
    [(0.05, TypeError), (True, TypeError), ("five", ValueError), (-1, ValueError), ("NaN", ValueError)],
)
def test_what_is_no_amount_is_refused(given: object, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"max_cost is an? .*'0\.05'"):
        amounts.amount("max_cost", given)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"max_cost": "dear"}, "max_cost is an amount"),
        ({"unknown_price": "maybe"}, "unknown_price is 'refuse' or 'allow'"),
        ({"start_within": -1}, "start_within is a number of seconds, zero or more"),
        ({"start_within": "soon"}, "start_within is a number of seconds, not str"),
        ({"reference": ""}, "reference is a text of 1 to 200 characters"),
        ({"colour": 1}, "colour"),
    ],
)
def test_options_that_are_none_are_refused(changes: dict[str, object], told: str) -> None:
    with scripted.Client(scripted.KEY) as client:
        change: Any = client.with_options
        with pytest.raises((TypeError, ValueError), match=told):
            change(**changes)


def test_a_client_with_other_options_shares_the_door_and_closes_nothing() -> None:
    with scripted.Client(scripted.KEY) as client:
        vars(client)["model"] = "calls that hold these options"
        other = client.with_options(max_cost="0.05", reference="poster-17")
        assert other.door is client.door
        assert "model" not in vars(other)
        assert other.target(scripted.ACME_MODEL).options == options.Options(max_cost="0.05", reference="poster-17")
        assert other.with_options(max_cost=None).target(scripted.ACME_MODEL).options.reference == "poster-17"
        assert client.target(scripted.ACME_MODEL).options == options.Options()
        other.close()
        assert not client.door.closed
    assert client.door.closed


def test_a_quote_reckons_what_was_charged_when_it_is_known_what_came() -> None:
    assert quotes.settled(QUOTE, {"delivered": Decimal(1)}) == Decimal("0.05")
    assert quotes.settled(QUOTE, {}) is None
    copied = copy.copy(QUOTE)
    assert copied == QUOTE
    assert quotes.settled(copied, {"delivered": Decimal(1)}) is None
