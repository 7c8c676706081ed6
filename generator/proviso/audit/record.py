"""What a program was seen to do: every request that came, and what it was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from proviso import ir
from proviso.mock.books import Entry
from proviso.mock.jobs import Job
from proviso.oracle.subject import Subject

Door = Literal["address", "proxy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request to a provider.

    entry: as it stands in the provider's books. at, until: real seconds after the program's start, when it came and when
    the reply was out. door: how it came here. host: whom it was meant for. subject: the model that it was about.
    job: that it started or asked about. phase: what the reply told of the job. heard: whether the reply was the
    provider's own and went out whole. content: a digest of what was sent. fresh: the UUID that it carries.
    later: the seconds that it was asked to wait.
    accepted: whether it started something that costs money. cost: the most that it costs; None for nobody knows.
    astray: where the key stood although it should not have.
    """

    entry: Entry
    at: float
    until: float
    door: Door
    host: str
    subject: Subject | None = None
    job: Job | None = None
    phase: ir.Phase | None = None
    heard: bool = True
    content: str = ""
    fresh: str | None = None
    later: float | None = None
    accepted: bool = False
    cost: Decimal | None = None
    astray: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A request to somebody else, which was turned away. keyed: whether it showed the key."""

    at: float
    verb: str
    host: str
    keyed: bool


@dataclass(slots=True, kw_only=True)
class Record:
    """All that was seen in one run. distrusted: hosts whose certificate the program did not take.

    broken: connections that spoke no HTTP. defects: what failed in here, which is no fault of the program's.
    """

    seen: list[Seen] = field(default_factory=list[Seen])
    turned: list[Turned] = field(default_factory=list[Turned])
    distrusted: list[str] = field(default_factory=list[str])
    broken: int = 0
    defects: list[str] = field(default_factory=list[str])

    @property
    def is_empty(self) -> bool:
        """Whether no request reached a provider."""
        return not self.seen
