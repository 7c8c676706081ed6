"""How a provider shows that a callback is its own: worked out apart from the runtime, which checks it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import assert_never

from proviso import ir


def headers(proof: ir.Proof, body: bytes, *, moment: float, secret: str, message: str) -> dict[str, str]:
    """Sign a body. moment: when, in seconds since 1970. message: the id of the callback, where it has one."""
    match proof:
        case ir.SharedSecret():
            return {proof.header: proof.prefix + secret}
        case ir.SignedBody():
            return _signature(proof, body, moment=moment, secret=secret, message=message)
        case _:
            assert_never(proof)


def given(proof: ir.Proof, secret: str) -> str:
    """Return a secret as customers are given it."""
    if isinstance(proof, ir.SignedBody) and proof.key_encoding == "base64":
        return proof.key_prefix + base64.standard_b64encode(secret.encode()).decode()
    return secret


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
        signed = {proof.header: ",".join([*told, f"{proof.part}={old}", f"{proof.part}={written}", "v0=x"])}
    elif "," in proof.prefix:
        signed = {proof.header: f"{proof.prefix}b2xk {proof.prefix}{written}"}
    else:
        signed = {proof.header: proof.prefix + written}
    signed |= {} if proof.timestamp is None else {proof.timestamp: time}
    return signed | ({} if proof.id is None else {proof.id: message})


def _hmac(key: bytes, text: bytes, algorithm: str) -> bytes:
    """Reckon an HMAC by its definition (RFC 2104)."""
    block = hashlib.new(algorithm).block_size
    key = (hashlib.new(algorithm, key).digest() if len(key) > block else key).ljust(block, b"\0")
    inner = hashlib.new(algorithm, bytes(one ^ 0x36 for one in key) + text).digest()
    return hashlib.new(algorithm, bytes(one ^ 0x5C for one in key) + inner).digest()
