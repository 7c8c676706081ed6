"""What changes mean: how each makes the row of an entry or alters one. Every store leans on this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from proviso_runtime.ledger import rows
from proviso_runtime.ledger.entries import ENDED, Accepted, Change, Ended, Intended
from proviso_runtime.ledger.rows import Row

Job: TypeAlias = tuple[str, str]
"""The name of a provider, and its id of a job."""

_By: TypeAlias = dict[Job, dict[str, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What changes come to: rows that are new, in the order of their intents, and rows that are altered."""

    begun: Sequence[Row]
    altered: Sequence[Row]


def ids(changes: Iterable[Change]) -> list[str]:
    """Return the ids of the entries that changes name."""
    return list({change.entry: None for change in changes if change.entry is not None})


def jobs(changes: Iterable[Change]) -> list[Job]:
    """Return the jobs whose entries changes name by nothing else."""
    return list({job: None for change in changes if change.entry is None and (job := _job(change)) is not None})


def settle(changes: Iterable[Change], held: Iterable[Row]) -> Settled:
    """Reckon what changes come to, in their order.

    held: the rows that the store has of the `ids` and the `jobs` of the changes. They are altered in place.
    """
    known = {row.id: row for row in held}
    begun: dict[str, Row] = {}
    altered: dict[str, Row] = {}
    by_job: _By = {}
    for row in known.values():
        _enter(by_job, row)
    for change in changes:
        if isinstance(change, Intended) and change.entry not in known:
            row = known[change.entry] = begun[change.entry] = _begun(change)
            _enter(by_job, row)
            continue
        for row in _named(change, known, by_job):
            _alter(row, change)
            _enter(by_job, row)
            if row.id not in begun:
                altered[row.id] = row
    return Settled(begun=[*begun.values()], altered=[*altered.values()])


def storable(text: str) -> str:
    """Return a text that every database can hold: without lone surrogates and zero characters."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "�")


def _named(change: Change, known: dict[str, Row], by_job: _By) -> list[Row]:
    if change.entry is not None:
        return [known[change.entry]] if change.entry in known else []
    job = _job(change)
    named = [] if job is None else [known[one] for one in by_job.get(job, ())]
    return [row for row in named if (row.provider, row.job_id) == job]


def _enter(by_job: _By, row: Row) -> None:
    if row.job_id is not None:
        by_job.setdefault((row.provider, row.job_id), {})[row.id] = None


def _job(change: Ended) -> Job | None:
    return None if change.job_id is None else (change.provider, storable(change.job_id))


def _begun(change: Intended) -> Row:
    return Row(
        id=change.entry,
        provider=change.provider,
        model=change.model,
        state="sending",
        intended_at=change.at,
        until=change.until,
        body_sha256=change.body_sha256,
        reference=_text(change.reference),
        prompt=_text(change.prompt),
        job_id=_text(change.job_id),
        currency=change.currency,
        hold=rows.amount(change.hold),
        least=rows.amount(change.least),
        most=rows.amount(change.most),
    )


def _alter(row: Row, change: Change) -> None:
    match change:
        case Intended():
            _send_again(row, change)
        case Accepted():
            _accept(row, change)
        case Ended():
            _charge(row, change)
            _end(row, change)
        case _:
            assert_never(change)


def _send_again(row: Row, change: Intended) -> None:
    if row.state in ("sending", "unknown"):
        row.state = "sending"
        row.until = max(row.until, change.until)
        row.job_id = row.job_id or _text(change.job_id)


def _accept(row: Row, change: Accepted) -> None:
    if row.state in ENDED:
        row.job_id = row.job_id or _text(change.job_id)
        row.addresses = row.addresses or rows.addresses(change.addresses)
        row.accepted_at = change.at if row.accepted_at is None else row.accepted_at
        return
    row.state = "accepted"
    row.job_id = _text(change.job_id)
    row.addresses = rows.addresses(change.addresses) or row.addresses
    row.accepted_at = change.at
    row.code = row.why = None


def _end(row: Row, change: Ended) -> None:
    row.job_id = row.job_id or _text(change.job_id)
    if row.state not in ENDED:
        row.state = change.state
        row.ended_at = change.at if change.state in ENDED else None
        row.delivered = row.delivered if change.delivered is None else change.delivered
        row.code, row.why = _text(change.code), _text(change.why)
    elif row.state == change.state:  # what is told of another end is not this one's
        row.delivered = change.delivered if row.delivered is None else row.delivered
        row.code = row.code or _text(change.code)
        row.why = row.why or _text(change.why)


def _charge(row: Row, change: Ended) -> None:
    if change.charged is None or (row.charged is not None and not _knows_better(row, change)):
        return
    row.charged = rows.amount(change.charged)
    row.charged_by = change.charged_by
    row.charged_in = change.currency or row.currency
    row.currency = row.currency or change.currency


def _knows_better(row: Row, change: Ended) -> bool:
    """Tell whether a change knows better what was charged: the provider knows it better than the quote."""
    if (change.charged_by == "provider") != (row.charged_by == "provider"):
        return change.charged_by == "provider"
    return row.state not in ENDED


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)
