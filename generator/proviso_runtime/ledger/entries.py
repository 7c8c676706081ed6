"""What a ledger keeps: an entry for every request that was to be paid, and what has become of it.

It holds no key and no address of a result, and words of a request only where the caller asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

State: TypeAlias = Literal[
    "sending",
    "accepted",
    "succeeded",
    "failed",
    "cancelled",
    "moderated",
    "expired",
    "refused",
    "unsent",
    "unknown",
]
"""sending: on its way, or its process is gone. accepted: its job goes on. refused: the provider said no.
unsent: it never left. unknown: nobody knows whether it was accepted. All others are how a job ended."""

ENDED: tuple[State, ...] = ("succeeded", "failed", "cancelled", "moderated", "expired", "refused", "unsent")
"""The states that no later one takes the place of."""

ChargedBy: TypeAlias = Literal["provider", "quote"]
"""Who says what was charged: the provider in a reply, or the quote for what was delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """A request is about to be sent. It is kept before the first byte leaves.

    entry: the id of the entry, a UUID in hexadecimal. at, until: from when and to when, in seconds since 1970, it is
    on its way; after that, without news, its outcome is unknown. reference: the caller's own name for it.
    body_sha256: digest of its body. prompt: its params as JSON, only where the caller asks for it.
    job_id: the id that the client has chosen. currency, hold, least, most: the quote; None where not known.
    """

    entry: str
    provider: str
    model: str
    at: float
    until: float
    body_sha256: str
    reference: str | None = None
    prompt: str | None = None
    job_id: str | None = None
    currency: str | None = None
    hold: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The provider took the request. addresses: those of the calls about the job: poll, collect, cancel."""

    entry: str
    at: float
    job_id: str
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What has become of a request or of its job.

    entry: None for a job that is known by its id alone. charged: None where not known. delivered: how many results.
    code: the provider's code. why: the name of our exception.
    """

    provider: str
    at: float
    state: State
    entry: str | None = None
    job_id: str | None = None
    currency: str | None = None
    charged: Decimal | None = None
    charged_by: ChargedBy | None = None
    delivered: int | None = None
    code: str | None = None
    why: str | None = None


Change: TypeAlias = Intended | Accepted | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request that was to be paid, as a ledger knows it. Times are seconds since 1970; amounts as in the changes.

    currency: that of the quote. charged_in: that of the charge, which providers tell in units of their own at times.
    """

    id: str
    provider: str
    model: str
    state: State
    intended_at: float
    until: float
    body_sha256: str
    reference: str | None = None
    prompt: str | None = None
    job_id: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    accepted_at: float | None = None
    ended_at: float | None = None
    currency: str | None = None
    hold: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    charged: Decimal | None = None
    charged_in: str | None = None
    charged_by: ChargedBy | None = None
    delivered: int | None = None
    code: str | None = None
    why: str | None = None

    def known(self, now: float) -> State:
        """Return the state as it is to be understood now: what is not heard of any more is unknown."""
        return "unknown" if self.state == "sending" and now > self.until else self.state


class Ledger(Protocol):
    """Where paid requests and their jobs are written down; safe to share between threads."""

    def write(self, changes: Sequence[Change], /) -> None:
        """Keep changes durably, all or none, in their order.

        Of an entry that has ended, later changes add only what was not known, such as what the provider says was
        charged. What is told of an entry or a job that is not there is left out.
        Raises LedgerFailed where they cannot be kept.
        """
        ...

    def find(
        self,
        *,
        ids: Sequence[str] | None = None,
        provider: str | None = None,
        model: str | None = None,
        job_id: str | None = None,
        reference: str | None = None,
        states: Sequence[State] | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries that fit all that is given, oldest first. reference: how theirs begins."""
        ...

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time."""
        ...

    def forget(self, ids: Sequence[str], /) -> int:
        """Delete entries by their ids, and return how many there were."""
        ...
