"""Check the amounts of money and of time that callers give."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation


def amount(what: str, given: object) -> Decimal:
    """Return an amount that a caller gives. Raises TypeError or ValueError that says what is right."""
    if isinstance(given, bool) or not isinstance(given, Decimal | int | str):
        raise TypeError(f"{what} is a Decimal, an int or a text such as '0.05', not {type(given).__name__}")
    try:
        found = Decimal(given)
    except InvalidOperation:
        raise ValueError(f"{what} is an amount such as '0.05', not {given!r}") from None
    if not found.is_finite() or found < 0:
        raise ValueError(f"{what} is an amount that is not negative, such as '0.05', not {given}")
    return found


def seconds(what: str, given: object, *, finite: bool = False) -> float:
    """Return seconds that a caller gives. finite: they end. Raises TypeError or ValueError that says what is right."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise TypeError(f"{what} is a number of seconds, not {type(given).__name__}")
    if finite and not math.isfinite(given):
        raise ValueError(f"{what} is a number of seconds that end, zero or more")
    if math.isnan(given) or given < 0:
        raise ValueError(f"{what} is a number of seconds, zero or more")
    return float(given)
