"""How a provider says when to come again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import assert_never

from proviso import ir


def headers(provider: ir.Provider, seconds: int, *, now: float) -> dict[str, str]:
    """Return the headers that say so: the documented ones, or Retry-After.

    seconds: real ones. now: as customers' clocks have it, in seconds since 1970.
    """
    told = [one for one in provider.reply_headers if one.meaning in ("retry_after", "rate_limit_reset")]
    found = {one.header: spelled(one.unit or "date", seconds, now) for one in told}
    return found or {"Retry-After": str(seconds)}


def spelled(unit: ir.TimeUnit, seconds: int, now: float) -> str:
    """Write a moment in so many real seconds from now."""
    match unit:
        case "s":
            return str(seconds)
        case "ms":
            return str(seconds * 1000)
        case "unix":
            return str(int(now) + seconds)
        case "date":
            return format_datetime(datetime.fromtimestamp(now + seconds, tz=UTC), usegmt=True)
        case _:
            assert_never(unit)
