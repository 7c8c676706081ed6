"""When to ask about a job again, as Arazzo's retries."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from proviso import ir, words
from proviso.exports import asking
from proviso.exports.layouts import places
from proviso.kind_schemas import Schema

EVERY = Decimal(2)
"""Seconds between two polls where nothing is documented."""

LIMIT = Decimal(600)
"""Seconds after which to stop asking where nothing is documented."""

TRANSIENT = ("rate-limited", "server", "unavailable", "timeout")
"""Refusals of free calls that pass."""


def again(model: ir.Model, job: ir.Job) -> Iterator[Schema]:
    """Yield the retries of a call about a job that has not ended, in the order in which they are tried."""
    paces = model.schedule if isinstance(model.schedule, tuple) else (ir.Pace(),)
    usual = paces[-1]
    where = places(model.body)
    for number, pace in enumerate(paces, 1):
        same = _times(pace) == _times(usual)
        asked = asking.holds(pace.when, where)
        if pace is usual or (not same and asked is not None):
            name = "at-work" if pace is usual else f"at-work-{number}"
            when: list[Schema] = [{"condition": asked}] if asked else []
            yield _retry(name, pace, [*when, _still_there(model, job)])


def expressible(model: ir.Model) -> bool:
    """Tell whether every pace of a schedule can be written."""
    paces = model.schedule if isinstance(model.schedule, tuple) else ()
    where = places(model.body)
    written = [asking.holds(pace.when, where) for pace in paces]
    return None not in written or len({_times(pace) for pace in paces}) == 1


def _retry(name: str, pace: ir.Pace, criteria: list[Schema]) -> Schema:
    every = EVERY if pace.every is None else pace.every
    limit = LIMIT if pace.limit is None else pace.limit
    return {
        "name": name,
        "type": "retry",
        "retryAfter": words.number(every),
        "retryLimit": max(math.ceil(limit / every), 1),
        "criteria": criteria,
    }


def _times(pace: ir.Pace) -> tuple[Decimal | None, Decimal | None]:
    return pace.every, pace.limit


def _still_there(model: ir.Model, job: ir.Job) -> Schema:
    """Ask again after a reply that could be read, and where the trouble passes."""
    passing = {408, 429}
    if isinstance(model.errors, ir.Errors):
        passing |= {one.status for one in model.errors.statuses if one.means in TRANSIENT or one.retry}
    passing |= {*job.poll.reads}
    named = [f"$statusCode == {status}" for status in sorted(passing) if not (200 <= status < 300 or status >= 500)]
    return {"condition": " || ".join(["($statusCode >= 200 && $statusCode < 300)", *named, "$statusCode >= 500"])}
