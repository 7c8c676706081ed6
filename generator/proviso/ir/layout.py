"""The body that carries the parameters."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.ir.base import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A member that is the same in every body."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The place of one parameter."""

    parameter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """An object with named members, in the documents' order."""

    members: tuple[tuple[str, Layout], ...]


Layout = Constant | Value | Members
