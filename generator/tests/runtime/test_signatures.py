"""A callback is believed when its signature is right and fresh, and never otherwise."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal, TypeAlias

import pytest

from proviso_runtime import errors, protocol, signatures

SHARED = "whsec-9"
Algorithm: TypeAlias = Literal["sha1", "sha256", "sha512"]
BODY = b'{"id": "j1", "state": "done"}\n'
NOW = 1_800_000_000.0
SIGNED = protocol.SignedBody(
    header="X-Signature",
    variable="ACME_SECRET",
    signs="{timestamp}.{id}.{body}",
    encode="base64",
    prefix="v1,",
    timestamp="X-Time",
    within=300.0,
    id="X-Id",
)


def signed(text: bytes, algorithm: Algorithm = "sha256") -> bytes:
    return hmac.new(SHARED.encode(), text, getattr(hashlib, algorithm)).digest()


def headers(moment: float = NOW, identity: str = "m1") -> dict[str, str]:
    digest = signed(f"{moment:.0f}.{identity}.".encode() + BODY)
    return {
        "x-signature": f"v1,{base64.b64encode(digest).decode()}",
        "X-TIME": f"{moment:.0f}",
        "X-Id": identity,
        "host": "me.test",
    }


def check(signature: protocol.Proof, given: Mapping[str, str], body: bytes = BODY, secret: str | None = SHARED) -> None:
    signatures.check(signature, given, body, secret=secret, now=NOW, provider="acme")


def test_a_right_signature_passes() -> None:
    check(SIGNED, headers())
    check(SIGNED, headers(NOW - 300))
    check(SIGNED, {**headers(), "x-signature": f"v2,zzz v1,bm8= {headers()['x-signature']}"})


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_every_way_to_write_a_signature_is_read(algorithm: Algorithm) -> None:
    digest = signed(BODY, algorithm)
    plain = protocol.SignedBody(header="S", variable="V", algorithm=algorithm, prefix="sha=")
    for encoded, text in (
        (plain, digest.hex()),
        (plain, digest.hex().upper()),
        (dataclasses.replace(plain, encode="base64"), base64.b64encode(digest).decode()),
        (dataclasses.replace(plain, encode="base64url"), base64.urlsafe_b64encode(digest).decode().rstrip("=")),
    ):
        check(encoded, {"S": f"sha={text}"})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"x-signature": None}, "X-Signature is missing"),
        ({"X-TIME": None}, "X-Time is missing"),
        ({"X-Id": None}, "X-Id is missing"),
        ({"X-Id": "m2"}, "X-Signature is wrong"),
        ({"X-TIME": "1800000001"}, "X-Signature is wrong"),
        ({"x-signature": ""}, "X-Signature is wrong"),
        ({"x-signature": "v1,"}, "X-Signature is wrong"),
        ({"x-signature": "v1,ä"}, "X-Signature is wrong"),
        ({"x-signature": headers()["x-signature"].removeprefix("v1,")}, "X-Signature is wrong"),
        (headers(NOW - 301), "more than 300 s old"),
        (headers(NOW + 301), "more than 300 s old"),
    ],
)
def test_a_wrong_signature_does_not(changed: Mapping[str, str | None], why: str) -> None:
    given = {name: text for name, text in {**headers(), **changed}.items() if text is not None}
    with pytest.raises(errors.SignatureInvalid, match=why) as refused:
        check(SIGNED, given)
    assert SHARED not in str(refused.value)


def test_a_signature_of_another_body_or_with_another_secret_does_not_pass() -> None:
    for body, secret in ((BODY + b" ", SHARED), (BODY, "other")):
        with pytest.raises(errors.SignatureInvalid):
            check(SIGNED, headers(), body, secret)


def test_a_shared_secret_passes_alone() -> None:
    shared = protocol.SharedSecret(header="Authorization", variable="V", prefix="Bearer ")
    check(shared, {"authorization": f"Bearer {SHARED}"})
    for wrong in ({}, {"authorization": SHARED}, {"authorization": "Bearer ä"}, {"authorization": "Bearer "}):
        with pytest.raises(errors.SignatureInvalid):
            check(shared, wrong)


def test_the_secret_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_SECRET", raising=False)
    for nothing in (None, ""):
        with pytest.raises(errors.KeyMissing, match="ACME_SECRET"):
            check(SIGNED, headers(), secret=nothing)
    monkeypatch.setenv("ACME_SECRET", SHARED)
    check(SIGNED, headers(), secret=None)


def test_a_secret_in_base64_is_the_bytes_that_it_stands_for() -> None:
    signature = dataclasses.replace(SIGNED, key_encoding="base64", key_prefix="whsec_")
    written = base64.b64encode(SHARED.encode()).decode()
    for secret in (f"whsec_{written}", written):
        check(signature, headers(), secret=secret)
    two = headers()
    two["x-signature"] = f"v1a,AAAA v1,AAAA {two['x-signature']} v2,AAAA"
    check(signature, two, secret=f"whsec_{written}")
    for secret in ("whsec_", "whsec_a?", "whsec_ä", SHARED, "a"):
        with pytest.raises(errors.KeyInvalid, match="base64 behind whsec_") as refused:
            check(signature, headers(), secret=secret)
        assert "a?" not in str(refused.value)


def test_time_and_signature_may_be_parts_of_one_header() -> None:
    signature = protocol.SignedBody(
        header="Acme-Signature",
        variable="ACME_SECRET",
        signs="{timestamp}.{body}",
        part="v1",
        timestamp_part="t",
        within=300.0,
    )

    def shown(moment: float) -> tuple[str, str]:
        time = f"{moment:.0f}"
        return time, signed(time.encode() + b"." + BODY).hex()

    time, digest = shown(NOW)
    for text in (f"t={time},v1={digest}", f"v0=1, v1=00, v1={digest}, t={time}", f"t={time},v1={digest.upper()},v1="):
        check(signature, {"acme-signature": text})
    old, aged = shown(NOW - 301)
    wrong = (
        f"t={old},v1={aged}",
        f"t={time},v1={aged}",
        f"v1={digest}",
        f"t={time}",
        f"t={time},v0={digest}",
        f"t=now,v1={digest}",
        f"t={time};v1={digest}",
        "",
        digest,
        "t=1," * 30 + f"v1={digest}",
    )
    for text in wrong:
        with pytest.raises(errors.SignatureInvalid):
            check(signature, {"acme-signature": text})
