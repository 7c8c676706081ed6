"""Who is asked in a conformance run: the provider, with a key from the environment, or a recording."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

import click

from proviso import ir
from proviso.cli import options
from proviso.conform import calls, sending
from proviso.conform.following import Follower
from proviso.oracle import access
from proviso.oracle.proofs import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a provider is asked. base: another address than the documented one. key_variable: another one of a key."""

    base: str | None
    key_variable: str | None


class Clock:
    """The time of this machine."""

    def now(self) -> float:
        """Return seconds that only go on."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def follower(provider: ir.Provider, asked: Address, *, every: Decimal | None, patience: float) -> Follower:
    """Make what asks a provider over the network. Raises Misuse without a key or a setting."""
    settings = _settings(provider)
    home = calls.home(provider, asked.base, settings)
    if (reason := sending.hindrance(home.base)) is not None:
        raise click.BadParameter(f"{home.base!r} cannot be asked: {reason}", param_hint="--base-url")
    _hold_key_at_home(provider, asked, home.base)
    way = provider.auth[0]
    keys = _keys(way, asked.key_variable)
    return Follower(
        door=sending.Http(clock=Clock()),
        home=home,
        way=way,
        keys=keys,
        every=every,
        patience=patience,
    )


def _keys(way: ir.Way, variable: str | None) -> Keys:
    """Read the key where the documents say, or where the user does."""
    name = variable or way.variable
    wanted = [name]
    if isinstance(way, ir.Signature | ir.Jwt):
        wanted.append(way.secret_variable)
    missing = [one for one in wanted if not os.environ.get(one)]
    if missing:
        other = "--api-key-env names another variable, and --dry-run and --replay need no key"
        raise options.Misuse(f"{' and '.join(missing)} in the environment must hold the key; {other}")
    secret = os.environ[wanted[1]] if len(wanted) > 1 else ""
    return Keys(key=os.environ[name].strip(), secret=secret.strip())


def _hold_key_at_home(provider: ir.Provider, asked: Address, base: str) -> None:
    """Refuse to show a provider's key to somebody else, unless that key was named for it."""
    host = urlsplit(base).hostname or ""
    if asked.base is None or asked.key_variable is not None or host in ("localhost", "::1") or host.startswith("127."):
        return
    if not access.is_own(provider, base):
        raise options.Misuse(
            f"{host} is not an address of {provider.name}, which alone is shown its key; "
            "name the variable with the key for it: --api-key-env NAME"
        )


def _settings(provider: ir.Provider) -> Mapping[str, str]:
    found = {one.name: os.environ.get(one.variable) or one.default for one in provider.settings}
    missing = [one.variable for one in provider.settings if one.required and not found[one.name]]
    if missing:
        raise options.Misuse(f"{' and '.join(missing)} must be set in the environment: {provider.name} wants it")
    return {name: value for name, value in found.items() if value}
