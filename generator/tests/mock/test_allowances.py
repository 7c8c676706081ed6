"""What is free is free until it is used up, and again when its time begins anew."""

from __future__ import annotations

import calendar
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests import building

from .acme import Acme

_DAY = 24 * 3600.0


def _acme(folder: Path, **free: Any) -> Acme:
    price = {
        "currency": "USD",
        "rates": {"image": {"amount": Decimal("0.02"), "per": "image"}},
        "free": free,
        "hold": "requested * image",
        "charge": "delivered * image",
    }
    acme = Acme(folder, building.model(price=price))
    acme.clock.move(calendar.timegm((2027, 3, 1, 0, 0, 0)) - acme.clock.now())
    return acme


def _charged(acme: Acme, orders: int) -> Decimal:
    before = acme.desk.books.account.charged
    for _ in range(orders):
        acme.submit()
        acme.clock.move(60)
    acme.mock.books()
    return acme.desk.books.account.charged - before


def test_results_are_free_until_the_quota_is_used_up_and_again_next_month(tmp_path: Path) -> None:
    acme = _acme(tmp_path, amount=3, of="image", per="month")
    assert _charged(acme, 5) == Decimal("0.04")
    acme.clock.move(20 * _DAY)
    assert _charged(acme, 1) == Decimal("0.02")
    acme.clock.move(15 * _DAY)
    assert _charged(acme, 4) == Decimal("0.02")


def test_money_that_is_free_pays_a_part(tmp_path: Path) -> None:
    acme = _acme(tmp_path, amount=Decimal("0.05"), of="USD", per="day")
    assert _charged(acme, 3) == Decimal("0.01")
    assert Fraction(acme.desk.books.account.held) == 0


def test_a_quota_of_an_account_never_begins_anew(tmp_path: Path) -> None:
    acme = _acme(tmp_path, amount=1, of="request", per="account")
    assert _charged(acme, 2) == Decimal("0.02")
    acme.clock.move(800 * _DAY)
    assert _charged(acme, 1) == Decimal("0.02")
