"""How much a client may ask of the server: sizes, times and connections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the server bears. head, body: bytes of a request. The rest: seconds for each, and connections at once."""

    head: int = 64 * 1024
    body: int = 32 * 1024 * 1024
    head_seconds: float = 10
    body_seconds: float = 30
    reply_seconds: float = 60
    connections: int = 2000
