"""Addresses of calls: their origins, what is joined to their queries, and places that are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

Origin = tuple[str, str | None, int | None]

_LABELS = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_PLACE = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=1024)
def origin(url: str) -> Origin:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Origins:
    """Some origins, and all below a host: https://*.example.com is every host that ends so.

    home: the address that calls begin with.
    """

    exact: frozenset[Origin] = frozenset()
    below: frozenset[Origin] = frozenset()
    home: str = ""

    def __contains__(self, url: str) -> bool:
        """Tell whether an address is of one of the origins. Raises ValueError for an address that is none."""
        asked = origin(url)
        if asked in self.exact:
            return True
        scheme, host, port = asked
        return host is not None and any(
            (scheme, port) == (one[0], one[2]) and _is_below(host, f".{one[1]}") for one in self.below
        )


def _is_below(host: str, suffix: str) -> bool:
    # Libraries take hosts with any signs, and what stands between may unescape them.
    return host.endswith(suffix) and _LABELS.fullmatch(host.removesuffix(suffix)) is not None


def origins(urls: Sequence[str]) -> Origins:
    """Return the origins of addresses, whose hosts may begin with a star. The first one is the home."""
    exact: set[Origin] = set()
    below: set[Origin] = set()
    for scheme, host, port in map(origin, urls):
        if host is not None and host.startswith("*."):
            below.add((scheme, host[2:], port))
        else:
            exact.add((scheme, host, port))
    return Origins(frozenset(exact), frozenset(below), urls[0])


def spellings(url: str) -> tuple[str, ...]:
    """Return an address as it is and with its escapes undone, twice, since one may stand in the query of another."""
    once = unquote(url)
    return url, once, unquote(once)


def filled(path: str, values: Mapping[str, str]) -> str:
    """Return a path with its places filled in.

    Everything reserved in the values is escaped. The slashes of one at a place such as {+id} part its segments.
    """
    return _PLACE.sub(lambda place: _written(place[1], values), path)


def _written(name: str, values: Mapping[str, str]) -> str:
    if not name.startswith("+"):
        return quote(values[name], safe="")
    segments = (quote(one, safe="") for one in values[name[1:]].split("/"))
    # A segment of dots would lead elsewhere in the path.
    return "/".join(one.replace(".", "%2E") if one in (".", "..") else one for one in segments)


def with_query(url: str, members: Mapping[str, str]) -> str:
    """Return an address with more members in its query, escaped."""
    if not members:
        return url
    joined = "&".join(f"{quote(name, safe='[]$')}={quote(text, safe='')}" for name, text in members.items())
    return f"{url}{'&' if '?' in url else '?'}{joined}"


def with_headers(headers: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Return headers with more of them; those of one name, in whatever case, are replaced."""
    replaced = {name.lower() for name in more}
    return {**{name: text for name, text in headers.items() if name.lower() not in replaced}, **more}
