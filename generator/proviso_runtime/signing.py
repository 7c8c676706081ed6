"""Sign calls: an HMAC over what is sent, or a token, made anew for every request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from proviso_runtime.keys import Signature

_EARLY = 5  # seconds by which the clock of the provider may be behind ours
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What shows a signature: headers, and members of the query that are still to be escaped."""

    headers: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)


def sign(
    way: Signature, *, key: str, secret: str, verb: str, url: str, body: bytes | None, now: float, nonce: str
) -> Signed:
    """Sign one call.

    url: the address as it is sent, but for what shows the signature. now: seconds since 1970.
    nonce: a text that no other call has.
    """
    parts = urlsplit(url)
    content = body or b""
    texts = {
        "verb": verb.encode(),
        "host": parts.netloc.encode(),
        "path": parts.path.encode(),
        "query": parts.query.encode(),
        "timestamp": str(int(now * 1000) if way.timestamp == "ms" else int(now)).encode(),
        "nonce": nonce.encode(),
        "key": key.encode(),
        "body": content,
        "body_sha256": hashlib.sha256(content).hexdigest().encode(),
    }
    message = b"".join(texts[part] if at % 2 else part.encode() for at, part in enumerate(_PLACE.split(way.signs)))
    digest = hmac.digest(secret.encode(), message, way.algorithm)
    shown = {name: texts[name].decode() for name in ("timestamp", "nonce", "key")}
    shown["signature"] = _encoded(digest, way)
    return Signed(
        headers={name: _filled(text, shown) for name, text in way.headers.items()},
        query={name: _filled(text, shown) for name, text in way.query.items()},
    )


def token(*, key: str, secret: str, now: float, lasts: float) -> str:
    """Make a token (RFC 7519) that says who asks, signed by HS256.

    now: seconds since 1970. lasts: seconds that it holds.
    """
    claims: dict[str, object] = {"iss": key, "exp": int(now) + int(lasts), "nbf": int(now) - _EARLY}
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    signed = ".".join(_url64(json.dumps(one, separators=(",", ":")).encode()) for one in parts)
    return f"{signed}.{_url64(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _url64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _encoded(digest: bytes, way: Signature) -> str:
    match way.encode:
        case "hex":
            return digest.hex()
        case "base64":
            return base64.b64encode(digest).decode()
        case "base64url":
            return _url64(digest)


def _filled(template: str, texts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: texts[place[1]], template)
