"""What a provider sends by itself, and how it shows that it did."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place
from proviso.ir.base import Unknown, no_place

HmacAlgorithm = Literal["sha1", "sha256", "sha512"]
HmacEncoding = Literal["hex", "base64", "base64url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSecret:
    """A secret that stands in a header, behind a prefix; variable is the environment variable that holds it."""

    header: str
    variable: str
    prefix: str = ""
    place: Place = no_place()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBody:
    """An HMAC over what `signs` says: a text with {body}, {timestamp} and {id}, the last two out of headers.

    within: seconds that a callback may be old. key_encoding, key_prefix: how the secret is written.
    part, timestamp_part: the names of signature and time where the header has named parts.
    """

    header: str
    variable: str
    algorithm: HmacAlgorithm = "sha256"
    signs: str = "{body}"
    encode: HmacEncoding = "hex"
    prefix: str = ""
    timestamp: str | None = None
    unit: Literal["s", "ms"] = "s"
    within: Decimal | None = None
    id: str | None = None
    key_encoding: Literal["text", "base64"] = "text"
    key_prefix: str = ""
    part: str | None = None
    timestamp_part: str | None = None
    place: Place = no_place()


Proof = SharedSecret | SignedBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A reply that the provider sends to an address of the caller's. id: the path of the job's id in it."""

    parameter: str
    body: str | Unknown
    id: str | None
    acknowledge: int | None
    within: Decimal | None
    retries: int | None
    signature: Proof | Unknown | None
    says: str | None = None
    place: Place = no_place()

    @property
    def proof(self) -> Proof | None:
        """How a callback that can be read shows who sent it; None where no document says it."""
        if isinstance(self.body, Unknown) or isinstance(self.signature, Unknown):
            return None
        return self.signature
