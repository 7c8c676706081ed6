"""Callbacks as a provider would send them: the documented replies, signed as its documents say."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from harness.clock import FakeClock
from harness.subjects import Subject
from proviso import ir
from proviso.answers import planting
from proviso.answers.documented import Answer
from proviso.drawing.transcripts import Transcript
from proviso.oracle.exact import encoded

SHARED = "what-callbacks-are-signed-with-4b1"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A callback: headers and body. told: the headers that say who sent it."""

    headers: Mapping[str, str]
    body: bytes
    told: tuple[str, ...]


def callback(subject: Subject) -> ir.Callback:
    """Return the documented callback."""
    assert subject.model.callback is not None
    return subject.model.callback


def sent(
    subject: Subject, life: Transcript, clock: FakeClock, *, age: float = 0, secret: str = SHARED, message: str = "m-7"
) -> Sent:
    """Send the callback about a job that ended. age: seconds since it was signed. message: its id, where it has one."""
    last = life.script(subject).polls[-1] if callback(subject).body == "poll" else life.script(subject).collects[-1]
    assert isinstance(last, Answer)
    body = about(subject, json.loads(last.content), life.job_id)
    return signed(subject, encoded(body), clock, age=age, secret=secret, message=message)


def about(subject: Subject, body: object, job_id: object) -> object:
    """Return the body of a callback about a job; as it is where it has no place for its id."""
    place = callback(subject).id
    assert place is not None
    return planting.planted(place, body, job_id) if planting.has(place, body) else body


def signed(
    subject: Subject, body: bytes, clock: FakeClock, *, age: float = 0, secret: str = SHARED, message: str = "m-7"
) -> Sent:
    """Sign a body as the documents say, some seconds ago."""
    proof = callback(subject).proof
    common = {"Content-Type": "application/json", "User-Agent": "x"}
    match proof:
        case ir.SharedSecret():
            headers = {proof.header: proof.prefix + secret}
        case ir.SignedBody():
            headers = _signature(proof, body, moment=clock.now() - age, secret=secret, message=message)
        case None:
            raise AssertionError(subject)
        case _:
            assert_never(proof)
    return Sent(headers={**common, **headers}, body=body, told=tuple(headers))


def given(subject: Subject) -> str:
    """Return the secret as a caller is given it."""
    proof = callback(subject).proof
    if isinstance(proof, ir.SignedBody) and proof.key_encoding == "base64":
        return proof.key_prefix + base64.standard_b64encode(SHARED.encode()).decode()
    return SHARED


def is_signed(subject: Subject) -> bool:
    """Say whether a signature keeps the body of a callback as it is."""
    return isinstance(callback(subject).proof, ir.SignedBody)


def has_ids(subject: Subject) -> bool:
    """Say whether callbacks have ids that are signed with them."""
    proof = callback(subject).proof
    return isinstance(proof, ir.SignedBody) and proof.id is not None


def lasts(subject: Subject) -> float | None:
    """Return for how many seconds a callback may be believed; None for ever."""
    proof = callback(subject).proof
    return float(proof.within) if isinstance(proof, ir.SignedBody) and proof.within is not None else None


def _signature(proof: ir.SignedBody, body: bytes, *, moment: float, secret: str, message: str) -> dict[str, str]:
    time = str(int(moment * 1000) if proof.unit == "ms" else int(moment))
    parts = {"timestamp": time.encode(), "id": message.encode(), "body": body}
    pieces = re.split(r"\{(\w+)\}", proof.signs)
    text = b"".join(parts[piece] if number % 2 else piece.encode() for number, piece in enumerate(pieces))
    digest = _hmac(secret.encode(), text, proof.algorithm)
    match proof.encode:
        case "hex":
            written = digest.hex()
        case "base64":
            written = base64.b64encode(digest).decode()
        case "base64url":
            written = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        case _:
            assert_never(proof.encode)
    if proof.part is not None:
        told = [] if proof.timestamp_part is None else [f"{proof.timestamp_part}={time}"]
        # While a secret is exchanged there are signatures of both.
        old = "0" * len(written)
        headers = {proof.header: ",".join([*told, f"{proof.part}={old}", f"{proof.part}={written}", "v0=x"])}
    elif "," in proof.prefix:
        headers = {proof.header: f"{proof.prefix}b2xk {proof.prefix}{written}"}
    else:
        headers = {proof.header: proof.prefix + written}
    headers |= {} if proof.timestamp is None else {proof.timestamp: time}
    return headers | ({} if proof.id is None else {proof.id: message})


def _hmac(key: bytes, text: bytes, algorithm: str) -> bytes:
    """Reckon an HMAC by its definition (RFC 2104)."""
    block = hashlib.new(algorithm).block_size
    key = (hashlib.new(algorithm, key).digest() if len(key) > block else key).ljust(block, b"\0")
    inner = hashlib.new(algorithm, bytes(one ^ 0x36 for one in key) + text).digest()
    return hashlib.new(algorithm, bytes(one ^ 0x5C for one in key) + inner).digest()
