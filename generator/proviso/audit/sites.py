"""Who answers at which address: the calls of a provider, and the results that it serves elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from proviso import ir
from proviso.mock.provider_mock import Mock

_PLACE = re.compile(r"\\\{[^{}]*\\\}")
_HOST = re.compile(rb"https?:\\?/\\?/([A-Za-z0-9.-]+(?::\d+)?)")
_PORTS = {"http": "80", "https": "443"}

Part = Literal["calls", "results"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a host is. secure: whether it is documented with https."""

    provider: ir.Provider
    mock: Mock
    part: Part
    secure: bool = False


class Sites:
    """The hosts of some providers, as clients know them from documents and from replies."""

    def __init__(self, mocks: dict[str, Mock], providers: tuple[ir.Provider, ...]) -> None:
        self._documented: list[tuple[re.Pattern[str], Site]] = []
        self._given: dict[str, Site] = {}
        for one in providers:
            self._given[results_host(one)] = Site(provider=one, mock=mocks[one.name], part="results", secure=True)
            for address in (one.base_url, *one.origins):
                parts = urlsplit(address)
                site = Site(provider=one, mock=mocks[one.name], part="calls", secure=parts.scheme == "https")
                self._documented.append((_pattern(parts.netloc), site))

    def find(self, host: str) -> Site | None:
        """Return what a host is, or None.

        Args:
            host: as an address has it, with a port or without.
        """
        bare = without_usual_port(host)
        found = next((site for pattern, site in self._documented if pattern.fullmatch(bare)), None)
        return found or self._given.get(bare)

    def give(self, site: Site, content: bytes) -> None:
        """Take note of the hosts of addresses that a provider's reply has given."""
        for host in _hosts(content):
            if self.find(host) is None:
                self._given[host] = Site(provider=site.provider, mock=site.mock, part="results")


def results_host(provider: ir.Provider) -> str:
    """Return the host at which a provider's results stand for programs that come through the proxy."""
    return f"{provider.name}-results.example"


def without_usual_port(host: str) -> str:
    """Return a host without the port that http or https has anyway."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port in _PORTS.values() else host.lower()


def _hosts(content: bytes) -> Iterator[str]:
    for found in _HOST.finditer(content):
        yield without_usual_port(found[1].decode())


def _pattern(netloc: str) -> re.Pattern[str]:
    """Make a pattern of a host, in which settings and a star may stand."""
    escaped = _PLACE.sub("[a-z0-9.-]+", re.escape(without_usual_port(netloc)))
    return re.compile(escaped.replace(r"\*", "[a-z0-9.-]+"))
