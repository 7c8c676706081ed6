"""How replies say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, Unknown, no_place
from proviso.ir.matches import Matches

TimeUnit = Literal["s", "ms", "unix", "date"]


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
class CodeMeaning:
    """What a code of the provider's means, whatever the HTTP status."""

    code: str
    means: str
    says: str | None = None
    retry: bool | None = None
    billed: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Where a refusal lists what is wrong, one by one; the other paths lead on from each of them."""

    at: str
    where: str | None = None
    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How refusals look: paths to message and code, what statuses and codes mean, and whether they are billed.

    in_success: what a reply with a status of success shows when it is a refusal; nothing where none is.
    """

    message: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    statuses: tuple[StatusMeaning, ...] = ()
    codes: tuple[CodeMeaning, ...] = ()
    open: str | None = None
    in_success: Matches = ()
    details: Details | None = None
    billed: bool | Unknown
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHeader:
    """A header worth keeping, and what it tells; unit is how it writes a time, where it tells one."""

    meaning: str
    header: str
    unit: TimeUnit | None = None
