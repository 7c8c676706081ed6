"""Keys, settings and what every call carries, as specs document them: worked out apart from the runtime."""

from __future__ import annotations

import base64
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

KEY = "key-of-the-tests/7f3a9c=="
SIGNER = "signer-of-the-tests-41d0b2"
_PLACE = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+", re.ASCII)
_SHAPES = {"key": re.escape(KEY), "signature": "[A-Za-z0-9+/=_-]+", "timestamp": "[0-9]+", "nonce": "[0-9a-f-]{36}"}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request as it left. headers: names in small letters. now: seconds since 1970."""

    verb: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    now: float


def options(provider: ir.Provider, way: ir.Way) -> dict[str, str]:
    """Return what a client is given to show a key in one way, settings included."""
    secret = {"api_secret": SIGNER} if isinstance(way, ir.Signature | ir.Jwt) else {}
    return {"api_key": KEY, **secret, **settings(provider)}


def environment(way: ir.Way) -> dict[str, str]:
    """Return the variables of the environment that hold a key, and a secret where there is one."""
    return {way.variable: KEY, **({way.secret_variable: SIGNER} if isinstance(way, ir.Signature | ir.Jwt) else {})}


def settings(provider: ir.Provider) -> dict[str, str]:
    """Return a value for every setting, another one than the default where there is one.

    Of those that may be missing every other one is.
    """
    found: dict[str, str] = {}
    missing = missing_settings(provider)
    for one in provider.settings:
        if one.name in missing:
            continue
        known = (*(value for value in one.values if value != one.default), *one.values, one.example)
        assert known[0] is not None
        found[one.name] = known[0]
    return found


def missing_settings(provider: ir.Provider) -> list[str]:
    """Return the settings that no client is given."""
    return [one.name for one in provider.settings if not one.required][::2]


def _is_missing(provider: ir.Provider, value: ir.Scalar) -> bool:
    return any(name in missing_settings(provider) for name in _PLACE.findall(text(value)))


def base_url(provider: ir.Provider) -> str:
    """Return the address that calls begin with when a client has these settings."""
    return _filled(provider.base_url.rstrip("/"), settings(provider))


def filled(provider: ir.Provider, text: str) -> str:
    """Return a text of a spec with these settings in it."""
    return _filled(text, settings(provider))


def is_own(provider: ir.Provider, url: str) -> bool:
    """Say whether an address is the provider's own, so that the key may be shown to it."""
    known = [urlsplit(filled(provider, one)) for one in (provider.base_url, *provider.origins)]
    asked = urlsplit(url)
    return any(
        one.scheme == asked.scheme
        and (asked.netloc.endswith(one.netloc[1:]) if one.netloc.startswith("*.") else asked.netloc == one.netloc)
        for one in known
    )


def wrongs(provider: ir.Provider, model: ir.Model, way: ir.Way, call: Call) -> Iterator[str]:
    """Say what is wrong with what a documented call carries, and with how it shows the key."""
    for one in model.headers:
        if _is_missing(provider, one.value):
            if one.name.lower() in call.headers:
                yield f"the header {one.name} is sent without the setting that it holds"
        elif call.headers.get(one.name.lower()) != filled(provider, text(one.value)):
            yield f"the header {one.name} is not as documented"
    members = query(call.url)
    for one in model.query:
        if _is_missing(provider, one.value):
            if any(name == one.name for name, _ in members):
                yield f"{one.name} of the query is sent without the setting that it holds"
        elif members.count((one.name, filled(provider, text(one.value)))) != 1:
            yield f"{one.name} of the query is not as documented"
    yield from unshown(way, call)


def unshown(way: ir.Way, call: Call) -> Iterator[str]:
    """Say what is wrong with how a request shows the key."""
    if not _shows(way, call):
        yield "the key is not shown as documented"
    if places(call) != documented_places(way, call):
        yield f"the key stands in {places(call)} and not just in {documented_places(way, call)}"


def bare(model: ir.Model, way: ir.Way, url: str) -> str:
    """Return an address without what every call carries in its query."""
    return _without(url, {one.name for one in model.query} | set(_shown_in_query(way)))


def unsigned(way: ir.Way, url: str) -> str:
    """Return an address without what shows the key in its query."""
    return _without(url, set(_shown_in_query(way)))


def _without(url: str, taken: set[str]) -> str:
    start, _, raw = url.partition("?")
    kept = [one for one in raw.split("&") if one and unquote(one.partition("=")[0]) not in taken]
    return f"{start}?{'&'.join(kept)}" if kept else start


def body(way: ir.Way, document: object) -> object:
    """Return a body without the members that show the key."""
    if not isinstance(way, ir.BodyKey):
        return document
    if isinstance(document, list):
        return [body(way, item) for item in document]
    return {name: value for name, value in document.items() if name != way.member} if isinstance(document, dict) else 0


def query(url: str) -> list[tuple[str, str]]:
    """Return the members of a query."""
    parts = (one.partition("=") for one in urlsplit(url).query.split("&") if one)
    return [(unquote(name), unquote(value)) for name, _, value in parts]


def places(call: Call) -> set[str]:
    """Return where the key or the secret stands."""
    found = {name for name, text in call.headers.items() if _has(text)}
    found |= {f"?{name}" for name, text in query(call.url) if _has(text)}
    if _has(call.url.partition("?")[0]):
        found.add("path")
    if _has(call.body.decode(errors="replace")):
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


def _shows(way: ir.Way, call: Call) -> bool:
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            return call.headers.get(header.lower()) == prefix + KEY
        case ir.QueryKey(name=name):
            return query(call.url).count((name, KEY)) == 1
        case ir.BodyKey(member=member):
            document = json.loads(call.body) if call.body else []
            objects = document if isinstance(document, list) else [document]
            return all(one[member] == KEY for one in objects)
        case ir.Signature():
            return _is_signed(way, call)
        case ir.Jwt():
            return _is_token(way, call)
        case _:
            assert_never(way)


def _is_signed(way: ir.Signature, call: Call) -> bool:
    """Read the parts of a signature where they are documented, and reckon it again."""
    found: dict[str, str] = {}
    given = [(text, call.headers.get(name.lower(), "")) for name, text in way.headers]
    given += [(text, dict(query(call.url)).get(name, "")) for name, text in way.query]
    for template, value in given:
        pattern = "".join(
            f"(?P<{part}>{_SHAPES[part]})" if at % 2 else re.escape(part)
            for at, part in enumerate(_PLACE.split(template))
        )
        matched = re.fullmatch(pattern, value)
        if matched is None or any(found.get(name, text) != text for name, text in matched.groupdict().items()):
            return False
        found |= matched.groupdict()
    if way.timestamp is not None and found["timestamp"] != str(int(call.now * (1000 if way.timestamp == "ms" else 1))):
        return False
    if way.nonce is not None and str(uuid.UUID(found["nonce"], version=4)) != found["nonce"]:
        return False
    return found["signature"] == _signature(way, call, found)


def _is_token(way: ir.Jwt, call: Call) -> bool:
    """Read a token (RFC 7515), and reckon its signature again."""
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    head, claims, signature = (
        base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True) for part in token.split(".")
    )
    signed = token.rpartition(".")[0].encode()
    said = json.loads(claims)
    return (
        scheme == "Bearer"
        and "=" not in token
        and json.loads(head) == {"alg": "HS256", "typ": "JWT"}
        and said.keys() == {"iss", "exp", "nbf"}
        and (said["iss"], said["exp"]) == (KEY, int(call.now) + way.lasts)
        and call.now - 60 < said["nbf"] <= call.now
        and signature == hmac.new(SIGNER.encode(), signed, hashlib.sha256).digest()
    )


def _signature(way: ir.Signature, call: Call, found: Mapping[str, str]) -> str:
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
    signed = _filled(before, texts).encode() + (call.body if body_asked else b"") + _filled(after, texts).encode()
    digest = hmac.new(SIGNER.encode(), signed, way.algorithm).digest()
    match way.encode:
        case "hex":
            return "".join(f"{byte:02x}" for byte in digest)
        case "base64":
            return base64.encodebytes(digest).replace(b"\n", b"").decode()
        case "base64url":
            return base64.b64encode(digest, altchars=b"-_").decode().rstrip("=")
        case _:
            assert_never(way.encode)


def _shown_in_query(way: ir.Way) -> tuple[str, ...]:
    match way:
        case ir.QueryKey(name=name):
            return (name,)
        case ir.Signature(query=members):
            return tuple(name for name, _ in members)
        case ir.HeaderKey() | ir.BodyKey() | ir.Jwt():
            return ()
        case _:
            assert_never(way)


def _has(text: str) -> bool:
    return _TOKEN.search(text) is not None or any(one in text for one in (KEY, quote(KEY, safe=""), SIGNER))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def text(value: ir.Scalar) -> str:
    """Write a constant of a spec as it stands in a header or a query: a number with the digits that it has there."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
