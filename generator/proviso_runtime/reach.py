"""Go where replies lead, but not astray: addresses of polls, results and redirects are somebody else's words.

An address of another origin than the provider's own is asked only where it is https and on the public internet. Where
the client itself was sent to an http address or into another network, such as a mock's on this machine, addresses of
the same kind will do. A host is read as the system reads it, in whatever spelling. A name is looked up before the
request, and its connection is looked at again before a byte goes over it: a name that leads elsewhere by then gets a
connection and nothing more. Behind a proxy of the environment, names are the proxy's business. A transport of the
caller's own need not tell of its connections: with one, a name that changes in between goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from proviso_runtime import errors
from proviso_runtime.addresses import Origins
from proviso_runtime.clock import Clock
from proviso_runtime.httplike import Extensions

if TYPE_CHECKING:
    from proviso_runtime.names import Lookups
    from proviso_runtime.networks import Kind

_SHOWN = 100  # characters of an origin in a message

Asked: TypeAlias = "Generator[str, frozenset[str], frozenset[Kind]]"
"""What yields names to be looked up, is sent their addresses, and returns the kinds of their networks."""


class Reach:
    """Where one client may be led. origins: those of the provider, with the home of the client."""

    def __init__(self, *, origins: Origins, clock: Clock) -> None:
        self._origins = origins
        self._clock = clock
        self._lookups: Lookups | None = None
        self._proxies: dict[str, str] | None = None

    def checked(self, url: str, client: object) -> Extensions:
        """Return what the request of an address carries, so that its connection is looked at.

        Raises UnexpectedReply for an address that leads astray.
        """
        if url in self._origins:
            return {}
        from proviso_runtime import networks, peers  # here, because most clients are never led elsewhere

        def check(address: str) -> None:
            self._run(self._held(url, networks.kinds([address]), client))

        self._run(self._checked(url, client))
        return {"trace": peers.Watch(_host(url), check)}

    async def awaited(self, url: str, client: object) -> Extensions:
        """Do the same, and let others run meanwhile."""
        if url in self._origins:
            return {}
        from proviso_runtime import networks, peers  # as above

        async def check(address: str) -> None:
            await self._run_awaited(self._held(url, networks.kinds([address]), client))

        await self._run_awaited(self._checked(url, client))
        return {"trace": peers.AsyncWatch(_host(url), check).told}

    def _run(self, asked: Asked) -> None:
        try:
            name = next(asked)
            while True:
                name = asked.send(self._names().addresses(name))
        except StopIteration:
            return

    async def _run_awaited(self, asked: Asked) -> None:
        try:
            name = next(asked)
            while True:
                name = asked.send(await self._names().awaited(name))
        except StopIteration:
            return

    def _checked(self, url: str, client: object) -> Asked:
        if urlsplit(url).scheme != "https" and urlsplit(self._origins.home).scheme != "http":
            raise _astray(url, "it is not https")
        kinds = yield from self._asked(url, client)
        return (yield from self._held(url, kinds, client))

    def _held(self, url: str, kinds: frozenset[Kind], client: object) -> Asked:
        """Hold the kinds of networks that an address leads to against that of the client's own address."""
        if kinds <= {"public"}:
            return kinds
        home = yield from self._asked(self._origins.home, client)
        strange = sorted(one for one in kinds if one != "public" and ("public" in home or one not in home))
        if strange:
            raise _astray(url, f"it leads to a {' and a '.join(strange)} address, and not to the public internet")
        return kinds

    def _asked(self, url: str, client: object) -> Asked:
        """Return the kinds of networks that an address leads to; none where nobody knows."""
        from proviso_runtime import networks  # as above

        host = _host(url)
        if networks.in_ascii(host) is None:
            raise _astray(url, "it has no host that can be")
        if (literal := networks.literal(host)) is not None:
            return networks.kinds([literal])
        if (name := host.rstrip(".")) == "localhost" or name.endswith(".localhost"):
            return networks.kinds(["127.0.0.1"])
        if self._by_proxy(url, client):
            return frozenset()
        addresses = yield host
        return networks.kinds(addresses)

    def _by_proxy(self, url: str, client: object) -> bool:
        """Tell whether the environment has a client send the requests of an address to a proxy."""
        if not getattr(client, "trust_env", True):
            return False
        import urllib.request  # here, because the HTTP library has imported it by now

        if self._proxies is None:
            self._proxies = urllib.request.getproxies()
        proxy = self._proxies.get(urlsplit(url).scheme) or self._proxies.get("all")
        return bool(proxy) and not urllib.request.proxy_bypass(_host(url))

    def _names(self) -> Lookups:
        if self._lookups is None:
            from proviso_runtime import names  # here, because it needs sockets

            self._lookups = names.Lookups(self._clock)
        return self._lookups


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _astray(url: str, why: str) -> errors.UnexpectedReply:
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{parts.netloc}"[:_SHOWN]  # what comes behind may be signed
    error = errors.UnexpectedReply(f"the address that was given, {shown}/…, is not asked: {why}")
    error.expected = "an https address on the public internet"
    return error
