"""Tokens are made anew for every call, say who asks and until when, and are never printed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from proviso_runtime import credentials, errors, protocol, redaction, steps

from . import scripted

HELD = "ACME_SIGNER"
SIGNER = "s3cret"


def test_a_token_is_that_of_rfc_7515_and_is_never_printed() -> None:
    # Reckoned by hand: printf '%s' "$head.$claims" | openssl dgst -sha256 -hmac s3cret -binary | basenc --base64url
    way = protocol.Jwt(variable="ACME_KEY", signing_variable=HELD, lasts=1800.0)
    known = credentials.Credentials(way=way, key=scripted.KEY, secret=SIGNER)
    request = steps.Request(verb="GET", url="https://a.test/v1", headers={"authorization": "none"})
    url, headers = known.shown(request, now=1.8e9 + 0.9)
    assert url == request.url
    assert list(headers) == ["Authorization"]
    head, claims, signature = headers["Authorization"].removeprefix("Bearer ").split(".")
    decoded = [json.loads(base64.urlsafe_b64decode(f"{one}==")) for one in (head, claims)]
    assert decoded == [
        {"alg": "HS256", "typ": "JWT"},
        {"iss": scripted.KEY, "exp": 1_800_001_800, "nbf": 1_799_999_995},
    ]
    digest = hmac.new(SIGNER.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(f"{signature}=") == digest
    assert known.shown(request, now=1.8e9 + 60)[1] != headers
    quoted = redaction.Discretion(known.secrets, request=())
    told = f"bad token {headers['Authorization']}, of {scripted.KEY}"
    assert quoted.shown(told) == "bad token Bearer …, of …"


def test_a_client_that_makes_tokens_needs_key_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    way = protocol.Jwt(variable="ACME_KEY", signing_variable=HELD, lasts=1800.0)
    provider = replace(scripted.ACME, auth=way)
    monkeypatch.setenv("ACME_KEY", "k")
    monkeypatch.delenv(HELD, raising=False)
    with pytest.raises(errors.KeyMissing, match=f"ACME_KEY and {HELD}"):
        credentials.find(provider, None, None)
    monkeypatch.setenv(HELD, SIGNER)
    found = credentials.find(provider, None, None)
    assert (found.key, found.secret) == ("k", SIGNER)
    assert SIGNER not in repr(found)
