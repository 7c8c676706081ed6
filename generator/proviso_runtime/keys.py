"""The ways to show a key and the settings of clients, as generated code states them. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Algorithm = Literal["sha1", "sha256", "sha384", "sha512"]
Encoding = Literal["hex", "base64", "base64url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderKey:
    """A key in a header: `header: prefix + key`. variable names where the key is looked for."""

    header: str
    prefix: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryKey:
    """A key in a member of the query of every call."""

    name: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKey:
    """A key in a member of every body, or of every object of a body that is an array."""

    member: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature made of a secret for every call; the secret itself is never sent.

    signs: the text that is signed, with places such as {verb} and {body}. timestamp: its unit.
    headers, query: what shows it, name -> text with places such as {key} and {signature}.
    """

    variable: str
    signing_variable: str
    algorithm: Algorithm
    signs: str
    encode: Encoding
    timestamp: Literal["s", "ms"] = "s"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Jwt:
    """A token made of a key and a secret for every call; the secret itself is never sent. lasts: seconds."""

    variable: str
    signing_variable: str
    lasts: float


Auth: TypeAlias = HeaderKey | QueryKey | BodyKey | Signature | Jwt
"""Every way to show a key, a closed union: `credentials` matches all of its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a client is given once beside the key. values: all that there are; () when any text may be one.

    optional: it may be missing, and what holds it is left out then.
    """

    variable: str
    values: tuple[str, ...] = ()
    default: str | None = None
    optional: bool = False
