"""Check who sent a callback: a signature over its body, or a secret that it shows."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from typing import assert_never

from proviso_runtime import errors, protocol

_PLACE = re.compile(r"\{(body|timestamp|id)\}")
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_SEVERAL = 20  # signatures that one header may hold


def check(
    signature: protocol.Proof,
    headers: Mapping[str, str],
    body: bytes,
    *,
    secret: str | None,
    now: float,
    provider: str,
) -> str:
    """Let the callback of a provider pass, and no other. Return a digest of what makes it this one, in hexadecimal.

    It is that of the id that is signed with it, where there is one, and of its body. The time is not in it: whoever
    sends the same again signs it again.

    headers: of any case. secret: None to take it from the environment variable. now: seconds since 1970.
    Raises SignatureInvalid, KeyMissing where there is no secret, and KeyInvalid where it cannot be one.
    """
    known = os.environ.get(signature.variable, "") if secret is None else secret
    if not known:
        raise errors.KeyMissing(
            f"{provider}: no secret to check callbacks with. Set the environment variable {signature.variable}, "
            "or give secret",
            provider=provider,
        )
    lower = {name.lower(): text.strip() for name, text in headers.items()}
    match signature:
        case protocol.SharedSecret():
            why = _wrong_secret(signature, lower, known)
        case protocol.SignedBody():
            why = _wrong_signature(signature, lower, body, _key(signature, known, provider), now)
        case _:
            assert_never(signature)
    if why is not None:
        raise errors.SignatureInvalid(f"{provider}: a callback is not to be believed: {why}", provider=provider)
    return _digest(signature, lower, body)


def _digest(signature: protocol.Proof, headers: Mapping[str, str], body: bytes) -> str:
    told = hashlib.sha256()
    # An id that is not signed could be another one at every replay.
    if isinstance(signature, protocol.SignedBody) and signature.id is not None and "{id}" in signature.signs:
        told.update(hashlib.sha256(_bytes(headers[signature.id.lower()])).digest())
    told.update(body)
    return told.hexdigest()


def _wrong_secret(signature: protocol.SharedSecret, headers: Mapping[str, str], secret: str) -> str | None:
    shown = headers.get(signature.header.lower())
    if shown is None:
        return f"the header {signature.header} is missing"
    expected = signature.prefix + secret
    return None if hmac.compare_digest(_bytes(shown), _bytes(expected)) else f"the header {signature.header} is wrong"


def _wrong_signature(
    signature: protocol.SignedBody, headers: Mapping[str, str], body: bytes, key: bytes, now: float
) -> str | None:
    parts = {"body": body}
    named = {"timestamp": signature.timestamp, "id": signature.id}
    for part, header in named.items():
        if header is None:
            continue
        if (text := headers.get(header.lower())) is None:
            return f"the header {header} is missing"
        parts[part] = _bytes(text)
    shown = headers.get(signature.header.lower())
    if shown is None:
        return f"the header {signature.header} is missing"
    if signature.timestamp_part is not None:
        times = _named(shown, signature.timestamp_part)
        if not times:
            return f"the header {signature.header} holds no {signature.timestamp_part}"
        parts["timestamp"] = _bytes(times[0])
    expected = hmac.digest(key, _signed(signature.signs, parts), signature.algorithm)
    if not any(hmac.compare_digest(expected, one) for one in _shown(signature, shown)):
        return f"the header {signature.header} is wrong"
    return _too_old(signature, parts, now)


def _signed(template: str, parts: Mapping[str, bytes]) -> bytes:
    pieces = _PLACE.split(template)
    return b"".join(parts[piece] if number % 2 else piece.encode() for number, piece in enumerate(pieces))


def _shown(signature: protocol.SignedBody, text: str) -> list[bytes]:
    """Return the signatures that a header holds; while a secret is exchanged there are several."""
    if signature.part is not None:
        return [digest for one in _named(text, signature.part) if (digest := _decoded(signature, one)) is not None]
    several = text.split() if "," in signature.prefix else re.split(r"[\s,]+", text)
    found = (one.removeprefix(signature.prefix) for one in several[:_SEVERAL] if one.startswith(signature.prefix))
    return [digest for one in found if (digest := _decoded(signature, one)) is not None]


def _named(text: str, name: str) -> list[str]:
    """Return the parts of a name in a header such as t=1492774577,v1=5257a8."""
    pairs = (one.strip().partition("=") for one in text.split(",")[:_SEVERAL])
    return [value for known, _, value in pairs if known == name]


def _key(signature: protocol.SignedBody, secret: str, provider: str) -> bytes:
    """Return the key that a secret stands for. Raises KeyInvalid."""
    if signature.key_encoding == "text":
        return _bytes(secret)
    try:
        key = base64.b64decode(secret.strip().removeprefix(signature.key_prefix), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        behind = f" behind {signature.key_prefix}" if signature.key_prefix else ""
        raise errors.KeyInvalid(
            f"{provider}: the secret (secret or {signature.variable}) must be base64{behind}", provider=provider
        )
    return key


def _bytes(text: str) -> bytes:
    # Servers make halves of surrogate pairs of bytes that are no text.
    return text.encode(errors="surrogatepass")


def _decoded(signature: protocol.SignedBody, text: str) -> bytes | None:
    try:
        match signature.encode:
            case "hex":
                return bytes.fromhex(text)
            case "base64":
                return base64.b64decode(text, validate=True)
            case "base64url":
                return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            case _:
                assert_never(signature.encode)
    except (binascii.Error, ValueError):
        return None


def _too_old(signature: protocol.SignedBody, parts: Mapping[str, bytes], now: float) -> str | None:
    if signature.within is None:
        return None
    text = parts["timestamp"].decode(errors="replace")
    if not _NUMBER.fullmatch(text):
        return f"the header {signature.timestamp or signature.header} holds no time"
    moment = int(text) / (1000 if signature.unit == "ms" else 1)
    return None if abs(now - moment) <= signature.within else f"it is more than {signature.within:g} s old"
