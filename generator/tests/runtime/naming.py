"""Names that lead where a test wants them to, so that nobody is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PUBLIC = "93.184.215.14"


class Names:
    """Names with their addresses; every other one is on the public internet. asked: what was looked up."""

    def __init__(self, known: Mapping[str, Sequence[str]] | None = None) -> None:
        self.known = dict(known or {})
        self.asked: list[str] = []

    def addresses(self, name: str) -> frozenset[str]:
        self.asked.append(name)
        return frozenset(self.known.get(name, [PUBLIC]))

    async def awaited(self, name: str) -> frozenset[str]:
        return self.addresses(name)
