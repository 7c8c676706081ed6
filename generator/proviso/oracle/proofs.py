"""How a call shows the key, held against the documents: worked out apart from the runtime."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote, unquote, urlsplit

from proviso import ir
from proviso.oracle import access

_PLACE = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """A key, and the secret that goes with it where there is one."""

    key: str
    secret: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request as it left. headers: names in small letters. now: seconds since 1970.

    slack: seconds that the clock of whoever sent it may be off.
    """

    verb: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    now: float
    slack: float = 0


def unshown(way: ir.Way, call: Call, keys: Keys) -> Iterator[str]:
    """Say what is wrong with how a request shows the key."""
    if not shows(way, call, keys):
        yield "the key is not shown as documented"
    if places(call, keys) != documented_places(way, call):
        yield f"the key stands in {places(call, keys)} and not just in {documented_places(way, call)}"


def places(call: Call, keys: Keys) -> set[str]:
    """Return where the key or the secret stands."""
    found = {name for name, text in call.headers.items() if _has(text, keys)}
    found |= {f"?{name}" for name, text in access.query(call.url) if _has(text, keys)}
    if _has(call.url.partition("?")[0], keys):
        found.add("path")
    if _has(call.body.decode(errors="replace"), keys):
        found.add("body")
    return found


def documented_places(way: ir.Way, call: Call) -> set[str]:
    """Return where the key is to stand in a call."""
    match way:
        case ir.HeaderKey(header=header):
            return {header.lower()}
        case ir.Jwt():
            return {"authorization"}
        case ir.QueryKey(name=name):
            return {f"?{name}"}
        case ir.BodyKey():
            return {"body"} if call.body else set()
        case ir.Signature(headers=headers, query=members):
            shown = {name.lower() for name, text in headers if "{key}" in text}
            return shown | {f"?{name}" for name, text in members if "{key}" in text}
        case _:
            assert_never(way)


def shows(way: ir.Way, call: Call, keys: Keys) -> bool:
    """Say whether a call shows the key in a way, and the right one. Whatever is sent, nothing is raised."""
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            return _equal(call.headers.get(header.lower(), ""), prefix + keys.key)
        case ir.QueryKey(name=name):
            given = [text for other, text in access.query(call.url) if other == name]
            return len(given) == 1 and _equal(given[0], keys.key)
        case ir.BodyKey(member=member):
            return _stands_in_body(member, call, keys)
        case ir.Signature():
            return _is_signed(way, call, keys)
        case ir.Jwt():
            return _is_token(way, call, keys)
        case _:
            assert_never(way)


def _stands_in_body(member: str, call: Call, keys: Keys) -> bool:
    try:
        document = json.loads(call.body) if call.body else []
    except ValueError:
        return False
    objects = document if isinstance(document, list) else [document]
    return all(isinstance(one, dict) and _equal(str(one.get(member)), keys.key) for one in objects)


def _is_signed(way: ir.Signature, call: Call, keys: Keys) -> bool:
    """Read the parts of a signature where they are documented, and reckon it again."""
    found: dict[str, str] = {}
    shapes = {
        "key": re.escape(keys.key),
        "signature": "[A-Za-z0-9+/=_-]+",
        "timestamp": "[0-9]+",
        "nonce": "[0-9a-f-]{36}",
    }
    given = [(text, call.headers.get(name.lower(), "")) for name, text in way.headers]
    given += [(text, dict(access.query(call.url)).get(name, "")) for name, text in way.query]
    for template, value in given:
        pattern = "".join(
            f"(?P<{part}>{shapes[part]})" if at % 2 else re.escape(part)
            for at, part in enumerate(_PLACE.split(template))
        )
        matched = re.fullmatch(pattern, value)
        if matched is None or any(found.get(name, text) != text for name, text in matched.groupdict().items()):
            return False
        found |= matched.groupdict()
    if way.timestamp is not None and not _is_now(found["timestamp"], 1000 if way.timestamp == "ms" else 1, call):
        return False
    if way.nonce is not None and not _is_nonce(found["nonce"]):
        return False
    return _equal(found["signature"], signature(way, call, found, keys))


def _is_now(text: str, units: int, call: Call) -> bool:
    """Say whether a time of so many units a second is that of a call, to the unit where there is no slack."""
    return len(text) < len(str(10**15)) and abs(int(text) - int(call.now * units)) <= call.slack * units


def _is_nonce(text: str) -> bool:
    try:
        return str(uuid.UUID(text, version=4)) == text
    except ValueError:
        return False


def _is_token(way: ir.Jwt, call: Call, keys: Keys) -> bool:
    """Read a token (RFC 7515), and reckon its signature again."""
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    try:
        head, claims, signature = (
            base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True) for part in token.split(".")
        )
        header, said = json.loads(head), json.loads(claims)
        end, start = said["exp"], said["nbf"]
    except (ValueError, binascii.Error, KeyError, TypeError):
        return False
    signed = token.rpartition(".")[0].encode()
    return (
        scheme == "Bearer"
        and "=" not in token
        and header == {"alg": "HS256", "typ": "JWT"}
        and said.keys() == {"iss", "exp", "nbf"}
        and said["iss"] == keys.key
        and isinstance(end, int)
        and isinstance(start, int | float)
        and abs(end - int(call.now) - way.lasts) <= call.slack
        and call.now - 60 - call.slack < start <= call.now + call.slack
        and hmac.compare_digest(signature, hmac.new(keys.secret.encode(), signed, hashlib.sha256).digest())
    )


def signature(way: ir.Signature, call: Call, found: Mapping[str, str], keys: Keys) -> str:
    """Reckon the signature of a call. found: the parts that are signed, by the names of their places."""
    parts = urlsplit(call.url)
    own = {name for name, _ in way.query}
    unsigned = "&".join(one for one in parts.query.split("&") if one and unquote(one.partition("=")[0]) not in own)
    texts = {
        "verb": call.verb,
        "host": parts.netloc,
        "path": parts.path,
        "query": unsigned,
        "body_sha256": hashlib.sha256(call.body).hexdigest(),
        **found,
    }
    before, body_asked, after = way.signs.partition("{body}")
    signed = (
        access.written(before, texts).encode()
        + (call.body if body_asked else b"")
        + access.written(after, texts).encode()
    )
    digest = hmac.new(keys.secret.encode(), signed, way.algorithm).digest()
    match way.encode:
        case "hex":
            return "".join(f"{byte:02x}" for byte in digest)
        case "base64":
            return base64.encodebytes(digest).replace(b"\n", b"").decode()
        case "base64url":
            return base64.b64encode(digest, altchars=b"-_").decode().rstrip("=")
        case _:
            assert_never(way.encode)


def _has(text: str, keys: Keys) -> bool:
    known = [keys.key, quote(keys.key, safe=""), keys.secret]
    return _TOKEN.search(text) is not None or any(one and one in text for one in known)


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
