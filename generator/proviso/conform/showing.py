"""A key, shown with a call as the provider documents it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import replace
from typing import assert_never
from urllib.parse import urlencode, urlsplit

from proviso import ir
from proviso.conform.calls import Call
from proviso.oracle import access, proofs
from proviso.oracle.proofs import Keys

_SKEW = 5  # seconds before now from which a token counts


def shown(way: ir.Way, call: Call, keys: Keys) -> Call:
    """Return a call that shows the key; what is kept of its body does not."""
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            return _headed(call, {header: prefix + keys.key})
        case ir.QueryKey(name=name):
            return _queried(call, [(name, keys.key)])
        case ir.BodyKey(member=member):
            return _in_body(call, member, keys.key)
        case ir.Signature():
            return _signed(way, call, keys)
        case ir.Jwt():
            return _headed(call, {"Authorization": f"Bearer {_token(way, keys)}"})
        case _:
            assert_never(way)


def _headed(call: Call, headers: dict[str, str]) -> Call:
    return replace(call, headers={**call.headers, **headers})


def _queried(call: Call, members: list[tuple[str, str]]) -> Call:
    return replace(call, url=f"{call.url}{'&' if '?' in call.url else '?'}{urlencode(members)}") if members else call


def _in_body(call: Call, member: str, key: str) -> Call:
    if call.sent is None:
        return call
    if call.fields or call.files:
        return replace(call, fields=((member, key), *call.fields))
    if not call.headers.get("content-type", "").endswith("json"):
        return replace(call, content=call.content + b"&" * bool(call.content) + urlencode([(member, key)]).encode())
    body = (
        [_held(one, member, key) for one in call.sent] if isinstance(call.sent, list) else _held(call.sent, member, key)
    )
    return replace(call, content=json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _held(one: object, member: str, key: str) -> object:
    return {member: key, **one} if isinstance(one, dict) else one


def _signed(way: ir.Signature, call: Call, keys: Keys) -> Call:
    now = time.time()
    found = {"key": keys.key}
    if way.timestamp is not None:
        found["timestamp"] = str(int(now * (1000 if way.timestamp == "ms" else 1)))
    if way.nonce is not None:
        found["nonce"] = str(uuid.uuid4())
    headers = {"host": urlsplit(call.url).netloc, **{name.lower(): text for name, text in call.headers.items()}}
    asked = proofs.Call(verb=call.verb, url=call.url, headers=headers, body=call.content, now=now)
    found["signature"] = proofs.signature(way, asked, found, keys)
    call = _headed(call, {name: access.written(text, found) for name, text in way.headers})
    return _queried(call, [(name, access.written(text, found)) for name, text in way.query])


def _token(way: ir.Jwt, keys: Keys) -> str:
    """Make a token (RFC 7515) that holds from now on."""
    now = int(time.time())
    claims = {"iss": keys.key, "exp": now + int(way.lasts), "nbf": now - _SKEW}
    parts = [json.dumps(one, separators=(",", ":")).encode() for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in parts)
    digest = hmac.new(keys.secret.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(digest).rstrip(b"=")).decode()
