"""Entries of a ledger in words: the line of a list, everything about one, and what is to be done about it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import click

from proviso.cli.options import counted
from proviso.diagnostics import printable
from proviso_runtime import quotes, redaction
from proviso_runtime.ledger import Entry, State

SHORT = 8
"""Characters of an entry's id that a list shows."""

_HEAD = ("ID", "AGE", "STATE", "MODEL", "JOB", "MONEY", "REFERENCE")
_LONGEST = 40  # characters of a reference in a list
_COLOURS: dict[State, str] = {
    "unknown": "red", "sending": "yellow", "accepted": "yellow", "succeeded": "green", "failed": "magenta",
    "moderated": "magenta", "expired": "magenta",
}  # fmt: skip
_MEANINGS: dict[State, str] = {
    "sending": "it is on its way",
    "accepted": "its job goes on, as far as is known",
    "succeeded": "the results are there",
    "failed": "the job failed",
    "cancelled": "the job was cancelled",
    "moderated": "the provider's moderation refused it",
    "expired": "the provider no longer knows the job or its result",
    "refused": "the provider said no",
    "unsent": "it never left",
    "unknown": "nobody knows whether it was accepted",
}


def table(entries: Sequence[Entry], *, now: float) -> Iterator[str]:
    """Yield the lines of a table, one for each entry."""
    rows = [_HEAD, *(_cells(one, now) for one in entries)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        if number:
            cells[2] = click.style(cells[2], fg=_COLOURS.get(entries[number - 1].known(now)))
        yield click.style("  ".join(cells).rstrip(), bold=not number or None)


def summary(counts: dict[State, int]) -> str:
    """Say how many entries there are in each state."""
    total = counted(sum(counts.values()), "entry").replace("entrys", "entries")
    return ": ".join(filter(None, (total, ", ".join(f"{count} {state}" for state, count in counts.items()))))


def about(entry: Entry, *, now: float) -> Iterator[str]:
    """Yield everything that a ledger knows of an entry, a line each."""
    state = entry.known(now)
    facts: list[tuple[str, str | None]] = [
        ("entry", entry.id),
        ("model", f"{entry.provider}/{entry.model}"),
        ("state", f"{state}: {_MEANINGS[state]}"),
        ("job", entry.job_id),
        ("sent", _moment(entry.intended_at, now)),
        ("until", _moment(entry.until, now) if state == "sending" else None),
        ("accepted", _moment(entry.accepted_at, now)),
        ("ended", _moment(entry.ended_at, now)),
        ("held", None if entry.hold is None else _amount(entry.hold, entry.currency)),
        ("quote", _quote(entry)),
        ("charged", _charge(entry)),
        ("delivered", None if entry.delivered is None else str(entry.delivered)),
        ("code", entry.code),
        ("why", entry.why),
        ("reference", entry.reference),
        *((f"{what} at", redaction.without_query(url)) for what, url in entry.addresses.items()),
        ("body", f"sha256 {entry.body_sha256}"),
        ("params", entry.prompt),
    ]
    for name, told in facts:
        if told is not None:
            yield f"{name:<11}{printable(told)}"


def advice(entry: Entry, *, now: float) -> str | None:
    """Say what is to be done about an entry, and what is not; None where nothing is."""
    name = entry.id[:SHORT]
    match entry.known(now), entry.job_id:
        case "accepted", _:
            return f"proviso jobs resume {name} waits for it and saves its results. Do not send it again."
        case "sending", _:
            return f"Wait for the process that sends it: without news, its outcome is unknown in {_ago(entry.until - now)}."
        case "unknown", None:
            return (
                "Do not send it again yet: it may have been accepted and billed.\n"
                f"Look into {printable(entry.provider)}'s list of jobs or of charges for a request for "
                f"{printable(entry.model)} of {_moment(entry.intended_at, now)}.\n"
                f"If it is there: proviso jobs resume {name} --job ID takes it up by the id that stands there.\n"
                f"If it is not: it was not accepted, and proviso jobs forget {name} strikes it out; it can be sent again."
            )
        case "unknown", _:
            return (
                "Do not send it again yet: it may have been accepted and billed.\n"
                f"proviso jobs resume {name} asks the provider for it by the id that it was sent with."
            )
        case _:
            return None


def named(entries: Iterable[Entry], *, now: float) -> Iterator[str]:
    """Yield a line for each entry, for a question."""
    for one in entries:
        yield f"  {one.id[:SHORT]}  {one.known(now)}  {printable(f'{one.provider}/{one.model}')}  {_ago(now - one.intended_at)} ago"


def _cells(entry: Entry, now: float) -> tuple[str, ...]:
    reference = printable(entry.reference or "")
    return (
        entry.id[:SHORT],
        _ago(now - entry.intended_at),
        entry.known(now),
        printable(f"{entry.provider}/{entry.model}"),
        printable(entry.job_id or "-"),
        _money(entry, now),
        reference if len(reference) <= _LONGEST else f"{reference[: _LONGEST - 1]}…",
    )


def _money(entry: Entry, now: float) -> str:
    if entry.charged is not None:
        return f"{_amount(entry.charged, entry.charged_in)} charged"
    if entry.known(now) in ("refused", "unsent"):
        return "-"
    if entry.hold is not None:
        return f"{_amount(entry.hold, entry.currency)} held"
    return "unknown" if entry.most is None else f"{_amount(entry.most, entry.currency)} at most"


def _amount(amount: Decimal, currency: str | None) -> str:
    return quotes.money(amount, currency) if currency else str(amount)


def _quote(entry: Entry) -> str | None:
    if entry.most is None:
        return None if entry.least is None else f"at least {_amount(entry.least, entry.currency)}"
    first = "" if entry.least is None or entry.least == entry.most else f"{entry.least} to "
    return f"{first}{_amount(entry.most, entry.currency)}"


def _charge(entry: Entry) -> str | None:
    if entry.charged is None:
        return None
    by = "the provider" if entry.charged_by == "provider" else "the quote"
    return f"{_amount(entry.charged, entry.charged_in)}, says {by}"


def _moment(at: float | None, now: float) -> str | None:
    if at is None:
        return None
    try:
        moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
    except (ValueError, OverflowError, OSError):
        return f"{at} s after 1970"
    return f"{moment} ({_ago(now - at)} ago)" if now >= at else f"{moment} (in {_ago(at - now)})"


def _ago(seconds: float) -> str:
    for least, unit in ((2 * 86400, "d"), (2 * 3600, "h"), (120, "min")):
        if seconds >= least:
            return f"{seconds / {'d': 86400, 'h': 3600, 'min': 60}[unit]:.0f} {unit}"
    return f"{max(0.0, seconds):.0f} s"
