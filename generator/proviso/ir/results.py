"""What comes out: at once, by callback, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import no_place
from proviso.ir.conditions import Condition
from proviso.ir.matches import Matches
from proviso.ir.operations import Operation
from proviso.ir.output import MediaType, OutputKind

EVENT = "event"

Form = Literal["url", "base64", "data-uri", "text", "file", "bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """How one result says that it failed, and where its reason stands within it."""

    when: Matches
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What it means that a success has no result; `when` of the reply, and always where it is empty.

    headers: what each of some headers says then, by their names.
    """

    says: str
    when: Matches = ()
    headers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    billed: bool | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """A free call that turns the id of a file, {file}, into the address that stands at a path of its reply."""

    operation: Operation
    at: str
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsAt:
    """Where results stand in the final reply, and how each of them is written.

    at: the path to them. value: the path of what matters within one of them. forms: the ways in which each may be
    written, as the text itself tells. kind: what they are; None for what the model makes.
    with_key: their addresses want to be shown the key, where they are the provider's own.
    """

    at: str
    value: str = "$"
    forms: tuple[Form, ...] = ("url",)
    kind: OutputKind | None = None
    media_type: MediaType | None = None
    failed: Failed | None = None
    resolve: Resolve | None = None
    with_key: bool = False
    when: tuple[Condition, ...] = ()
    place: Place = no_place()

    @property
    def whole(self) -> str:
        """The path to what matters, from the top of the reply."""
        return self.at + self.value.removeprefix("$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a failed job says why. The set of codes is open unless `open` is None."""

    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    open: str | None = None
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a result can be fetched."""

    seconds: Decimal
    since: Literal["submission", "completion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events of a stream that bring results, by their names, and where results stand in each."""

    names: tuple[str, ...]
    results: tuple[ResultsAt, ...]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """An answer that comes as server-sent events, to the requests for which `when` holds.

    event: EVENT where the stream names its events, else the path to the name in the data of each.
    end: the data that ends the stream, where there is such.
    """

    event: str
    completed: Events
    partial: Events | None = None
    failed: tuple[str, ...] = ()
    end: str | None = None
    when: tuple[Condition, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Immediate:
    """An operation that answers at once: with the bytes of the result, or with JSON that holds results."""

    operation: Operation
    returns: tuple[str, ...]
    results: tuple[ResultsAt, ...] = ()
    empty: tuple[Empty, ...] = ()
    stream: Stream | None = None
    place: Place = no_place()
