"""How large a file may be before it is refused, so that reading takes bounded time and memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bound a file: its bytes, its nodes with aliases written out, and its levels."""

    what: str
    bytes: int
    nodes: int
    levels: int


SPEC = Limits(what="a spec file", bytes=1 << 20, nodes=100_000, levels=64)
