"""What a provider sends by itself, and how it shows that it did, as generated code states it. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSecret:
    """A callback shows a secret in a header, behind a prefix. variable: where the secret is looked for."""

    header: str
    variable: str
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBody:
    """A callback is signed with a secret: an HMAC over what `signs` says, in a header behind a prefix.

    signs: text with {body}, {timestamp} and {id}. timestamp, id: the headers that hold them.
    part, timestamp_part: the names of signature and time where the header has named parts.
    key_encoding, key_prefix: how the secret is written. unit: of the timestamp. within: seconds that it may be old; None: not documented.
    variable: where the secret is looked for.
    """

    header: str
    variable: str
    algorithm: Literal["sha1", "sha256", "sha512"] = "sha256"
    signs: str = "{body}"
    encode: Literal["hex", "base64", "base64url"] = "hex"
    prefix: str = ""
    timestamp: str | None = None
    unit: Literal["s", "ms"] = "s"
    within: float | None = None
    id: str | None = None
    key_encoding: Literal["text", "base64"] = "text"
    key_prefix: str = ""
    part: str | None = None
    timestamp_part: str | None = None


Proof = SharedSecret | SignedBody
"""How a callback shows who sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """What a provider sends by itself when a job ends: the same as a reply to a poll, or as the final one.

    id: the path of the job's id in it.
    """

    body: Literal["poll", "collect"]
    id: str
    proof: Proof
