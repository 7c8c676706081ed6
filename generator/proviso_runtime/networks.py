"""Say to what kind of network an address of the internet protocol belongs, whatever way it is spelt."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["public", "loopback", "link-local", "private", "shared", "benchmarking", "reserved"]
"""loopback: this machine. link-local: the same wire, where clouds keep their metadata. shared: behind a carrier or in
an overlay. benchmarking: given to names by programs that tunnel. reserved: all else that is not public."""

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("loopback", ("127.0.0.0/8", "0.0.0.0/32", "::1/128", "::/128")),  # nowhere in particular means this machine, too
    ("link-local", ("169.254.0.0/16", "fe80::/10")),
    ("private", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    ("shared", ("100.64.0.0/10",)),
    ("benchmarking", ("198.18.0.0/15",)),
)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 as those see it who have IPv6 alone


def kind(address: str) -> Kind:
    """Return the kind of an address as the system writes it. Raises ValueError for text that is none."""
    one = _plain(ipaddress.ip_address(address))
    for name, networks in _known():
        if any(one in network for network in networks):
            return name
    return "public" if one.is_global and not (one.is_multicast or one.is_reserved) else "reserved"


def kinds(addresses: Iterable[str]) -> frozenset[Kind]:
    """Return the kinds of some addresses."""
    return frozenset(kind(one) for one in addresses)


def in_ascii(host: str) -> str | None:
    """Return a host as it is asked for; None for text that can be none."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return None


def literal(host: str) -> str | None:
    """Return the address that a host is in itself, also as one number, in octal or hexadecimal; None for a name."""
    host = host.partition("%")[0].rstrip(".") if ":" in host else host.rstrip(".")
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return str(found[0][4][0]) if found else None


def _plain(one: _Address) -> _Address:
    """Return the address of IPv4 that one of IPv6 stands for."""
    if isinstance(one, ipaddress.IPv4Address):
        return one
    if one in _TRANSLATED:
        return ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
    return one.ipv4_mapped or one.sixtofour or one


@cache
def _known() -> tuple[tuple[Kind, tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]], ...]:
    return tuple((name, tuple(map(ipaddress.ip_network, texts))) for name, texts in _KINDS)
