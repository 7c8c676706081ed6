"""Where results stand in a reply and how they are written, as generated code states it. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from proviso_runtime.course import Match
from proviso_runtime.terms import Form, Kind

EVENT: Final = "event"
"""In place of a path: the stream itself names its events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeBy:
    """A media type that a parameter chooses. default: what the parameter counts as when it is left out."""

    parameter: str
    types: Mapping[str, str]
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """How one result says that it failed, by paths within it: when it did, and where its reason stands."""

    when: tuple[Match, ...]
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What it means that a success has no result, when the reply is so. says: in the words of the spec.

    headers: what each of some headers says then; it counts whatever the body is.
    """

    says: str
    when: tuple[Match, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    billed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """A free call that turns the id of a file, {file}, into the address that stands at a path of its reply."""

    call: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsAt:
    """Where results stand in a reply, and how each of them is written.

    at: the path to them. value: the path of what matters within one of them. forms: how it may be written, as it tells itself.
    kind: what they are; None: what the model makes.
    media_type, type_at, type_by: their media type, the path to it within one, the parameter that chooses it.
    failed: how one of them says that it failed. resolve: the call that gives the address of a file.
    with_key: their addresses want to be shown the key, where they are the provider's own.
    when: tells for params whether this holds; None: always.
    """

    at: str
    value: str = "$"
    forms: tuple[Form, ...] = ("url",)
    kind: Kind | None = None
    media_type: str | None = None
    type_at: str | None = None
    type_by: TypeBy | None = None
    failed: Failed | None = None
    resolve: Resolve | None = None
    with_key: bool = False
    when: Callable[[Mapping[str, object]], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events of a stream that bring results, by their names, and where results stand in each."""

    names: tuple[str, ...]
    results: tuple[ResultsAt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """An answer that comes as server-sent events, to the requests for which `when` holds; None: to all.

    event: EVENT where the stream names its events, else the path to the name in the data of each.
    failed: the names of events that tell of a failure. end: the data that ends the stream.
    """

    completed: Events
    partial: Events | None = None
    event: str = EVENT
    failed: tuple[str, ...] = ()
    end: str | None = None
    when: Callable[[Mapping[str, object]], bool] | None = None
