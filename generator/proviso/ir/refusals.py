"""How replies say no."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, Unknown, no_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The outer wrapper of every JSON reply: where its code stands and which values mean yes."""

    at: str
    ok: tuple[Scalar, ...]
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMeaning:
    """What an HTTP status means at this provider."""

    status: int
    means: str
    says: str | None = None
    retry: bool | None = None
    billed: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How refusals look: paths to message and code, statuses, and whether they are billed."""

    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    statuses: tuple[StatusMeaning, ...] = ()
    billed: bool | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHeader:
    """A header worth keeping, and what it tells."""

    meaning: str
    header: str
