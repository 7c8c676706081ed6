"""The key of the tests, and what requests do with it."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.oracle import access, proofs
from proviso.oracle.proofs import Call, Keys

KEY = "key-of-the-tests/7f3a9c=="
SIGNER = "signer-of-the-tests-41d0b2"
_KEYS = Keys(key=KEY, secret=SIGNER)


def options(provider: ir.Provider, way: ir.Way) -> dict[str, str]:
    """Return what a client is given to show a key in one way, settings included."""
    secret = {"api_secret": SIGNER} if isinstance(way, ir.Signature | ir.Jwt) else {}
    return {"api_key": KEY, **secret, **access.settings(provider)}


def environment(way: ir.Way) -> dict[str, str]:
    """Return the variables of the environment that hold a key, and a secret where there is one."""
    return {way.variable: KEY, **({way.secret_variable: SIGNER} if isinstance(way, ir.Signature | ir.Jwt) else {})}


def wrongs(provider: ir.Provider, model: ir.Model, way: ir.Way, call: Call) -> Iterator[str]:
    """Say what is wrong with what a documented call carries, and with how it shows the key."""
    yield from access.strays(provider, model, url=call.url, headers=call.headers)
    yield from unshown(way, call)


def unshown(way: ir.Way, call: Call) -> Iterator[str]:
    """Say what is wrong with how a request shows the key."""
    return proofs.unshown(way, call, _KEYS)


def places(call: Call) -> set[str]:
    """Return where the key or the secret stands."""
    return proofs.places(call, _KEYS)
