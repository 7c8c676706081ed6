"""Look up which addresses a name has, and take it for known for a while, so that a poll costs nothing."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Protocol

from proviso_runtime.clock import Clock

_PATIENCE = 10.0  # seconds
_KEPT = 60.0  # seconds
_KEPT_IN_VAIN = 5.0  # seconds
_MOST = 1000  # names


class Names(Protocol):
    """What the runtime needs to know of names."""

    def addresses(self, name: str) -> frozenset[str]:
        """Return the addresses of a name; none where it has none, or nobody can say."""
        ...

    async def awaited(self, name: str) -> frozenset[str]:
        """Do the same, and let others run meanwhile."""
        ...


class SystemNames:
    """The names that the system knows."""

    def addresses(self, name: str) -> frozenset[str]:
        """Return the addresses of a name; none where it has none, or nobody can say."""
        try:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return frozenset()
        return frozenset(str(one[4][0]) for one in found)

    async def awaited(self, name: str) -> frozenset[str]:
        """Do the same, and let others run meanwhile."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, TimeoutError):
            return frozenset()
        return frozenset(str(one[4][0]) for one in found)


SYSTEM: Names = SystemNames()
"""Whom every client asks; tests put another one in its place."""


@dataclass(frozen=True, slots=True)
class _Known:
    addresses: frozenset[str]
    until: float


class Lookups:
    """The names that one client has looked up; safe to share between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._asked: dict[str, asyncio.Task[frozenset[str]]] = {}

    def addresses(self, name: str) -> frozenset[str]:
        """Return the addresses of a name; none where it has none, or nobody can say."""
        known = self._fresh(name)
        return self._keep(name, SYSTEM.addresses(name)) if known is None else known

    async def awaited(self, name: str) -> frozenset[str]:
        """Do the same, and let others run meanwhile. A name that is being looked up is not looked up twice."""
        if (known := self._fresh(name)) is not None:
            return known
        loop, asked = asyncio.get_running_loop(), self._asked.get(name)
        if asked is None or asked.done() or asked.get_loop() is not loop:
            asked = self._asked[name] = loop.create_task(SYSTEM.awaited(name))
        return self._keep(name, await asyncio.shield(asked))

    def _fresh(self, name: str) -> frozenset[str] | None:
        known = self._known.get(name)
        return None if known is None or self._clock.monotonic() >= known.until else known.addresses

    def _keep(self, name: str, addresses: frozenset[str]) -> frozenset[str]:
        self._asked.pop(name, None)
        self._known.pop(name, None)
        while len(self._known) >= _MOST:  # the one that was looked up first goes first
            self._known.pop(next(iter(self._known), ""), None)
        self._known[name] = _Known(addresses, self._clock.monotonic() + (_KEPT if addresses else _KEPT_IN_VAIN))
        return addresses
