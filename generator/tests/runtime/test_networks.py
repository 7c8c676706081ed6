"""An address is of one kind of network, in whatever spelling it comes."""

from __future__ import annotations

import ipaddress

import pytest

from proviso_runtime import networks


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("93.184.215.14", "public"),
        ("2606:4700::1111", "public"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("::", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:93.184.215.14", "public"),
        ("64:ff9b::5db8:d70e", "public"),
        ("64:ff9b::a9fe:a9fe", "link-local"),
        ("2002:7f00:1::", "loopback"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%2", "link-local"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("172.32.0.1", "public"),
        ("192.168.7.7", "private"),
        ("fd12::1", "private"),
        ("fec0::1", "private"),
        ("100.64.0.1", "shared"),
        ("198.18.0.7", "benchmarking"),
        ("224.0.0.1", "reserved"),
        ("ff02::1", "reserved"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("192.0.2.1", "reserved"),
        ("203.0.113.9", "reserved"),
        ("2001:db8::1", "reserved"),
        ("2001:0:5db8:d70e::1", "reserved"),
        ("::7f00:1", "reserved"),
        ("0.1.2.3", "reserved"),
    ],
)
def test_an_address_belongs_to_a_kind_of_network(address: str, kind: networks.Kind) -> None:
    assert networks.kind(address) == kind


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "00000177.0.0.1",
        "0",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "127\u30020\u30020\u30021",
        "\u2460\u2461\u2466.0.0.1",
    ],
)
def test_this_machine_is_known_in_every_spelling(host: str) -> None:
    literal = networks.literal(host)
    assert literal is not None
    assert networks.kind(literal) == "loopback"


@pytest.mark.parametrize("host", ["fe80::1%25eth0", "fe80::1%lo"])
def test_an_address_with_a_zone_is_known(host: str) -> None:
    literal = networks.literal(host)
    assert literal is not None
    assert networks.kind(literal) == "link-local"


@pytest.mark.parametrize(
    "host", ["localhost", "cdn.test", "127.0.0.1.test", "1.2.3.4.5", "", "a..b", "x" * 300, "é.test"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert networks.literal(host) is None


def test_nowhere_in_particular_is_this_machine() -> None:
    assert networks.literal("0") == str(ipaddress.IPv4Address(0))
    assert networks.kind(str(ipaddress.IPv4Address(0))) == "loopback"


def test_a_host_is_read_as_it_is_asked_for() -> None:
    assert networks.in_ascii("files.test") == "files.test"
    assert networks.in_ascii("b\u00fccher.test") == "xn--bcher-kva.test"
    assert networks.in_ascii("a..b") is None
    assert networks.in_ascii("x" * 64 + ".test") is None
