"""What the documents are and what they show: sources, witnesses, doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from proviso.diagnostics import Place
from proviso.ir.base import Unknown, no_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that was read."""

    name: str
    title: str
    address: str | Unknown
    read: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many facts a spec file states, how many of them are cited from a page or assumed, and how many a doubt touches.

    unknown: how many facts the documents do not give; they are not among the others.
    """

    facts: int = 0
    cited: int = 0
    assumed: int = 0
    doubted: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source says."""

    sources: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Claims that disagree, the ruling that is followed, and what would settle it."""

    id: str
    touches: tuple[str, ...]
    claims: tuple[Claim, ...]
    ruling: str
    because: str
    settled_by: str
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWitness:
    """A documented event of a stream: its name, "message" where it has none, and its data, JSON or a text."""

    name: str
    data: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWitness:
    """A documented reply: JSON, or a media type alone. refuses: it says no, although its status is one of success.

    events: those of a stream.
    """

    name: str
    of: str
    status: int
    body: object = None
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    blanked: tuple[str, ...] = ()
    assembled: str | None = None
    refuses: bool = False
    events: tuple[EventWitness, ...] = ()
    sources: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWitness:
    """A documented request: its body, the parameters that travel beside it, and the price and pixels that the page states."""

    name: str
    body: Mapping[str, object] | list[object]
    beside: Mapping[str, object]
    pixels: tuple[int, int] | None = None
    hold: Decimal | None = None
    charge: Decimal | None = None
    sources: tuple[str, ...] = ()
    place: Place = no_place()
