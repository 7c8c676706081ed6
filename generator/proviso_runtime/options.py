"""What a caller may say of paid calls beside their params."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypedDict

from proviso_runtime import amounts
from proviso_runtime.budgets import Budget

MaxCost = Decimal | int | str
"""What a call may cost at most, in the currency of its quote."""

UnknownPrice = Literal["refuse", "allow"]

START_WITHIN = 30.0
"""Seconds for which a paid request that was certainly not accepted is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How careful paid calls are.

    max_cost: what one call may cost at most, in the currency of its quote. budget: what all of them may, together.
    unknown_price: what becomes of calls whose price is not known where max_cost or a budget is given.
    start_within: for how many seconds a paid request that certainly was not accepted is sent again; 0 for never.
    reference: the caller's own name for the calls, for the ledger. keep_prompts: the ledger keeps the params too.
    """

    max_cost: MaxCost | None = None
    budget: Budget | None = None
    unknown_price: UnknownPrice = "refuse"
    start_within: float = START_WITHIN
    reference: str | None = None
    keep_prompts: bool = False

    def __post_init__(self) -> None:
        """Check what was given. Raises TypeError or ValueError that says what is right."""
        if self.max_cost is not None:
            amounts.amount("max_cost", self.max_cost)
        if self.unknown_price not in ("refuse", "allow"):
            raise ValueError(f"unknown_price is 'refuse' or 'allow', not {self.unknown_price!r}")
        amounts.seconds("start_within", self.start_within, finite=True)
        if self.reference is not None and not 0 < len(self.reference) <= 200:
            raise ValueError("reference is a text of 1 to 200 characters")

    @property
    def most(self) -> Decimal | None:
        """What one call may cost at most."""
        return None if self.max_cost is None else amounts.amount("max_cost", self.max_cost)


class Changes(TypedDict, total=False):
    """Options by their names."""

    max_cost: MaxCost | None
    budget: Budget | None
    unknown_price: UnknownPrice
    start_within: float
    reference: str | None
    keep_prompts: bool


def changed(options: Options, changes: Changes) -> Options:
    """Return options with some of them changed. Raises TypeError or ValueError for what is none."""
    return replace(options, **changes)
