"""What changes mean: how each makes an entry or alters one. Every store leans on this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, assert_never

from proviso_runtime.ledger.entries import ENDED, Accepted, Change, Ended, Entry, Intended

Job: TypeAlias = tuple[str, str]
"""The name of a provider, and its id of a job."""

ALTERABLE = (
    "state",
    "until",
    "job_id",
    "addresses",
    "accepted_at",
    "ended_at",
    "currency",
    "charged",
    "charged_in",
    "charged_by",
    "delivered",
    "code",
    "why",
)
"""The fields of an entry that later changes alter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What changes come to: entries that are new, in the order of their intents, and entries that are altered."""

    begun: Sequence[Entry]
    altered: Sequence[Entry]


def ids(changes: Iterable[Change]) -> list[str]:
    """Return the ids of the entries that changes name."""
    return list({change.entry: None for change in changes if change.entry is not None})


def jobs(changes: Iterable[Change]) -> list[Job]:
    """Return the jobs whose entries changes name by nothing else."""
    return list({job: None for change in changes if isinstance(change, Ended) and (job := _job(change)) is not None})


def settle(changes: Iterable[Change], held: Iterable[Entry]) -> Settled:
    """Reckon what changes come to, in their order.

    held: what the store knows of the `ids` and the `jobs` of the changes.
    """
    before = {entry.id: entry for entry in held}
    known = dict(before)
    by_job: dict[Job, dict[str, None]] = {}
    for entry in before.values():
        _enter(by_job, entry)
    for change in changes:
        for entry in _made(change, known, by_job):
            known[entry.id] = entry
            _enter(by_job, entry)
    return Settled(
        begun=[entry for entry in known.values() if entry.id not in before],
        altered=[entry for entry in known.values() if before.get(entry.id, entry) != entry],
    )


def storable(text: str) -> str:
    """Return a text that every database can hold: without lone surrogates and zero characters."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "�")


def _made(change: Change, known: dict[str, Entry], by_job: dict[Job, dict[str, None]]) -> list[Entry]:
    if change.entry is not None:
        entry = known.get(change.entry)
        if entry is None:
            return [_begun(change)] if isinstance(change, Intended) else []
        return [_altered(entry, change)]
    job = _job(change)
    named = [] if job is None else [known[one] for one in by_job.get(job, ())]
    return [_altered(entry, change) for entry in named if (entry.provider, entry.job_id) == job]


def _enter(by_job: dict[Job, dict[str, None]], entry: Entry) -> None:
    if entry.job_id is not None:
        by_job.setdefault((entry.provider, entry.job_id), {})[entry.id] = None


def _job(change: Ended) -> Job | None:
    if change.entry is not None or change.job_id is None:
        return None
    return change.provider, storable(change.job_id)


def _begun(change: Intended) -> Entry:
    return Entry(
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
        hold=change.hold,
        least=change.least,
        most=change.most,
    )


def _altered(entry: Entry, change: Change) -> Entry:
    match change:
        case Intended():
            return _sent_again(entry, change)
        case Accepted():
            return _accepted(entry, change)
        case Ended():
            # Of one that has ended already, what is told of another end is not this one's.
            told = _first_end(entry, change) if entry.state not in ENDED else _same_end(entry, change)
            return replace(entry, job_id=entry.job_id or _text(change.job_id), **told, **_charge(entry, change))
        case _:
            assert_never(change)


def _sent_again(entry: Entry, change: Intended) -> Entry:
    if entry.state not in ("sending", "unknown"):
        return entry
    return replace(
        entry, state="sending", until=max(entry.until, change.until), job_id=entry.job_id or _text(change.job_id)
    )


def _accepted(entry: Entry, change: Accepted) -> Entry:
    if entry.state in ENDED:
        return replace(
            entry,
            job_id=entry.job_id or _text(change.job_id),
            addresses=entry.addresses or dict(change.addresses),
            accepted_at=change.at if entry.accepted_at is None else entry.accepted_at,
        )
    return replace(
        entry,
        state="accepted",
        job_id=_text(change.job_id),
        addresses=dict(change.addresses) or entry.addresses,
        accepted_at=change.at,
        code=None,
        why=None,
    )


def _first_end(entry: Entry, change: Ended) -> dict[str, Any]:
    return {
        "state": change.state,
        "ended_at": change.at if change.state in ENDED else None,
        "delivered": entry.delivered if change.delivered is None else change.delivered,
        "code": _text(change.code),
        "why": _text(change.why),
    }


def _same_end(entry: Entry, change: Ended) -> dict[str, Any]:
    if entry.state != change.state:
        return {}
    return {
        "delivered": change.delivered if entry.delivered is None else entry.delivered,
        "code": entry.code or _text(change.code),
        "why": entry.why or _text(change.why),
    }


def _charge(entry: Entry, change: Ended) -> dict[str, Any]:
    if change.charged is None or (entry.charged is not None and not _better(entry, change)):
        return {}
    return {
        "currency": entry.currency or change.currency,
        "charged": change.charged,
        "charged_in": change.currency or entry.currency,
        "charged_by": change.charged_by,
    }


def _better(entry: Entry, change: Ended) -> bool:
    """Tell whether a charge is better known than the one that an entry has: the provider knows better than the quote."""
    if (change.charged_by == "provider") != (entry.charged_by == "provider"):
        return change.charged_by == "provider"
    return entry.state not in ENDED


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)
