"""Which addresses may be asked: https on the public internet, and this machine where the user himself names it."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit


class Astray(Exception):
    """An address that is not asked; the message says why."""


def origin(address: str) -> str:
    """Give scheme, host and port of an address.

    Args:
        address: of http or https.

    Raises:
        Astray: it is none of these.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Astray("it is no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise Astray("only addresses of https are asked, without a name or password")
    return f"{parts.scheme}://{parts.hostname.lower()}:{port or (443 if parts.scheme == 'https' else 80)}"


def hold(address: str, *, home: str) -> None:
    """Hold an address to what may be asked.

    Args:
        address: the address, or where a redirect leads.
        home: the origin of the address that the spec names.

    Raises:
        Astray: it is in a network of its own, or not encrypted; names that cannot be looked up are left to the request.
    """
    here = origin(address)
    host = urlsplit(address).hostname or ""
    found = _addresses(host)
    if here == home and found and all(one.is_loopback for one in found):
        return
    if not here.startswith("https://"):
        raise Astray("only https is asked, except on this machine")
    if any(not one.is_global or one.is_multicast for one in found):
        raise Astray("it leads into a private network")


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        listed = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    plain = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in listed]
    return [one.ipv4_mapped or one if isinstance(one, ipaddress.IPv6Address) else one for one in plain]
