"""How a provider is shown a key, and what every call of it carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Scalar, no_place

Algorithm = Literal["sha1", "sha256", "sha384", "sha512"]
Encoding = Literal["hex", "base64", "base64url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderKey:
    """A key sent in a header, behind a prefix; the variable of the environment that holds it."""

    header: str
    prefix: str
    variable: str
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryKey:
    """A key sent in a member of the query."""

    name: str
    variable: str
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKey:
    """A key sent in a member of the body, or of every object of a body that is an array."""

    member: str
    variable: str
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature made of a secret for every call. signs, headers and query are templates."""

    variable: str
    secret_variable: str
    algorithm: Algorithm
    signs: str
    encode: Encoding
    timestamp: Literal["s", "ms"] | None
    nonce: Literal["uuid"] | None
    headers: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Jwt:
    """A token made for every call and sent as `Authorization: Bearer`, signed by HS256. lasts: seconds that it holds."""

    variable: str
    secret_variable: str
    lasts: Decimal
    place: Place = no_place()


Signed = Signature | Jwt
"""Ways with a secret that never leaves."""
Way = HeaderKey | QueryKey | BodyKey | Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a client is given once beside the key. values: all that there are, where that is documented.

    required: a client is not made without one; where one may be missing, what holds it is left out.
    """

    name: str
    variable: str
    description: str
    values: tuple[str, ...]
    default: str | None
    example: str | None
    required: bool = True
    sources: tuple[str, ...] = ()
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A header or a member of the query that every call has; a text may be the placeholder of a setting."""

    name: str
    value: Scalar
    place: Place = no_place()
