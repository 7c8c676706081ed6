"""Sending callbacks over HTTP, to addresses that were looked at before."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx2

_PORTS = {"http": 80, "https": 443}


class CannotPost(Exception):
    """A callback that does not reach anybody, and why."""


class Forbidden(CannotPost):
    """A callback that may not be sent."""


class Post:
    """What sends callbacks. private: whether they may go to this machine and to its networks.

    A name is looked up once, and what was looked at is what is connected to. Redirects are not followed, proxies are not
    used, and of a reply no more than the status is read.
    """

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._client: httpx2.AsyncClient | None = None

    async def __call__(self, url: str, *, headers: Mapping[str, str], body: bytes, seconds: float) -> int:
        """Send a body, and return the status of the reply. Raises CannotPost, and Forbidden before anything is sent."""
        import httpx2  # here, because it takes its time, and a mock without callbacks needs it not

        try:
            async with asyncio.timeout(seconds):
                there = await self._there(url)
                if self._client is None:
                    self._client = httpx2.AsyncClient(
                        trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0)
                    )
                host = urlsplit(url).hostname or ""
                sent = self._client.build_request(
                    "POST",
                    httpx2.URL(url).copy_with(host=there),
                    headers={**headers, "Host": httpx2.URL(url).netloc.decode()},
                    content=body,
                    timeout=seconds,
                    extensions={"sni_hostname": host},
                )
                reply = await self._client.send(sent, stream=True, follow_redirects=False)
                await reply.aclose()
                return reply.status_code
        except TimeoutError:
            raise CannotPost(f"no reply within {seconds:g} s") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as wrong:
            raise CannotPost(f"no reply: {type(wrong).__name__}") from None

    async def close(self) -> None:
        """Close what is open."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _there(self, url: str) -> str:
        """Return the address to connect to. Raises CannotPost and Forbidden."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise Forbidden("it is no address of http or https")
        try:
            found = await asyncio.get_running_loop().getaddrinfo(
                parts.hostname, parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError):
            raise CannotPost("there is no such host") from None
        addresses = [str(one[4][0]).partition("%")[0] for one in found]
        if not self._private and not all(is_public(one) for one in addresses):
            raise Forbidden("it lies on this machine or in a private network: see --allow-private-callbacks")
        return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address can be reached from everywhere."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inside is not None:
            return is_public(str(inside))
    return found.is_global and not found.is_multicast


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
