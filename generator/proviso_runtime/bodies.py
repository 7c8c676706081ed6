"""What tables of bodies are made of: a table looks like the body, with a place for every parameter."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Member: TypeAlias = "Value | Constant | Fresh | Numbered | Mapping[str, Member] | list[Member]"
    Whole: TypeAlias = "bool | Mapping[str, Whole]"
    Table: TypeAlias = "Mapping[str, Member] | list[Member]"


@dataclass(frozen=True, slots=True)
class Value:
    """The place of a parameter.

    whole: where the wire takes integers: True for the value, or by the names of members inside it, "" for itself. A list
        is taken item by item; "[]" is for the items where they differ from what the value is when it is no list.
    default: what is sent when the parameter is left out. silent: the value that is not sent.
    as_json: whether the value is written as JSON text.
    """

    parameter: str
    whole: Whole = False
    default: str | float | bool | None = None
    silent: str | float | bool | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """A member that is the same in every body."""

    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Fresh:
    """The place of a UUID that is chosen anew for every request."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The places of a list's items: members whose names have a number for {n}, counted from start."""

    parameter: str
    start: int = 1
    whole: Whole = False


@dataclass(frozen=True, slots=True)
class Arm:
    """The body for one value of a parameter. told: what stands at the telling place of this body."""

    value: str | float | bool
    told: str | float | bool
    table: Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """Several bodies, the parameter that chooses from them, and the way to the member that tells which one it is."""

    parameter: str
    at: tuple[str | int, ...]
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The place of a text that travels beside the body: in the path, the query or the headers."""

    carrier: str
    name: str
    value: Value | Constant | Fresh


def is_same(value: object, constant: object) -> bool:
    """Compare as JSON Schema does: 1 is 1.0 and is not true."""
    if type(value) not in (str, bool, int, float):
        return False
    return isinstance(value, bool) == isinstance(constant, bool) and value == constant
