"""The key of a client: where it is found, and how every call shows it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never
from urllib.parse import quote

from proviso_runtime import addresses, errors, protocol, signing
from proviso_runtime.keys import Auth, BodyKey, HeaderKey, Jwt, QueryKey, Signature
from proviso_runtime.steps import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A key, and a secret where calls are signed; neither is ever printed."""

    way: Auth
    key: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be printed, escaped as in addresses too."""
        known = {self.key, quote(self.key, safe=""), self.secret} - {""}
        return tuple(sorted(known, key=len, reverse=True))

    @property
    def members(self) -> Mapping[str, str]:
        """The members that show the key in a body."""
        return {self.way.member: self.key} if isinstance(self.way, BodyKey) else {}

    def shown(self, request: Request, *, now: float) -> tuple[str, dict[str, str]]:
        """Return the address and the headers with which a request shows the key. now: seconds since 1970."""
        url, headers = request.url, dict(request.headers)
        match self.way:
            case HeaderKey(header=header, prefix=prefix):
                headers = addresses.with_headers(headers, {header: prefix + self.key})
            case QueryKey(name=name):
                url = addresses.with_query(url, {name: self.key})
            case BodyKey():
                pass  # it stands in the body already
            case Signature():
                signed = signing.sign(
                    self.way,
                    key=self.key,
                    secret=self.secret,
                    verb=request.verb,
                    url=url,
                    body=request.body,
                    now=now,
                    nonce=str(uuid.uuid4()),
                )
                headers = addresses.with_headers(headers, signed.headers)
                url = addresses.with_query(url, signed.query)
            case Jwt(lasts=lasts):
                token = signing.token(key=self.key, secret=self.secret, now=now, lasts=lasts)
                headers = addresses.with_headers(headers, {"Authorization": f"Bearer {token}"})
            case _:
                assert_never(self.way)
        return url, headers


def find(provider: protocol.Provider, api_key: str | None, api_secret: str | None) -> Credentials:
    """Take the key that was given, or look for one in the environment.

    Raises KeyMissing, KeyInvalid.
    """
    ways = (provider.auth, *provider.alternatives)
    if api_key is None and api_secret is None:
        way = next((one for one in ways if all(map(os.environ.get, _variables(one)))), ways[0])
    else:
        signed = api_secret is not None
        way = next((one for one in ways if isinstance(one, Signature | Jwt) == signed), ways[0])
    key = _found(way.variable, api_key)
    secret = _found(way.signing_variable, api_secret) if isinstance(way, Signature | Jwt) else ""
    if not key or (isinstance(way, Signature | Jwt) and not secret):
        raise errors.KeyMissing(_missing(provider, ways), provider=provider.name, billed=False)
    for name, argument, variable in zip(("key", "secret"), ("api_key", "api_secret"), _variables(way), strict=False):
        _check(provider, key if name == "key" else secret, f"the {name} ({argument} or {variable})")
    return Credentials(way=way, key=key, secret=secret)


def _variables(way: Auth) -> tuple[str, ...]:
    return (way.variable, way.signing_variable) if isinstance(way, Signature | Jwt) else (way.variable,)


def _found(variable: str, given: str | None) -> str:
    return os.environ.get(variable, "") if given is None else given


def _missing(provider: protocol.Provider, ways: tuple[Auth, ...]) -> str:
    named = ", or ".join(
        f"the environment variable{'s' if len(known) > 1 else ''} {' and '.join(known)}"
        for known in map(_variables, ways)
    )
    given = "api_key and api_secret" if isinstance(ways[0], Signature | Jwt) else "api_key"
    return f"{provider.name}: no key. Set {named}, or give {given}"


def _check(provider: protocol.Provider, text: str, what: str) -> None:
    if not (text.isascii() and text.isprintable()) or text != text.strip():
        raise errors.KeyInvalid(
            f"{provider.name}: {what} has a line break, a space at an end or "
            "another character that cannot stand in a header",
            provider=provider.name,
            billed=False,
        )
