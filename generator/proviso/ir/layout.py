"""The body that carries the parameters, and what a paid call carries beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place
from proviso.ir.conditions import Condition

Spot = tuple[str | int, ...]
"""The way through a body to one of its members: names, and indexes of lists."""

CHOSEN_ID = "{uuid}"
"""In place of the path to a job's id: the client chooses it, and the request carries it."""

BodyEncoding = Literal["json", "form", "multipart"]
Carrier = Literal["path", "query", "header"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A member that is the same in every body."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The place of one parameter. as_json: whether its value is written as JSON text."""

    parameter: str
    as_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A UUID of version 4 that the client chooses anew for every request, the same throughout the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The place of a list whose items are members of their own; `{n}` in the member's name counts from `start`."""

    parameter: str
    start: Literal[0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """An object with named members, in the documents' order."""

    members: tuple[tuple[str, Layout], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """An array of exactly these items."""

    items: tuple[Layout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One of several bodies: that for one value of a parameter. told: what stands at the telling place of this body."""

    when: tuple[Condition, ...]
    value: Scalar
    told: Scalar
    body: Members | Items
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Several bodies, the parameter that chooses from them, and the place that tells which of them one is."""

    parameter: str
    at: Spot
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """An array of 1 to `most` such objects: each is a request of its own, and one paid call carries them all."""

    each: Members
    most: int
    place: Place = no_place()


Layout = Constant | Value | Fresh | Numbered | Members | Items

Body = Members | Items | Chosen | Many


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a paid call carries beside its body; in a path the name is that of the parameter."""

    carrier: Carrier
    name: str
    value: Constant | Value | Fresh
    place: Place = no_place()
