"""Whatever a client sends, and however slowly, is answered or ended, and the mock serves on."""

from __future__ import annotations

import socket

import pytest

from proviso.mock.bounds import Bounds

from .mock_house import address, served

_HASTY = Bounds(head=2000, body=100_000, head_seconds=0.2, body_seconds=0.2, reply_seconds=0.2, connections=20)
_POST = b"POST /api/v1/generateTask/seedream-5-0 HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00", b"400"),  # a client that speaks TLS
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"400"),
        (b"GET http://a b HTTP/1.1\r\n\r\n", b"400"),
        (_POST + b"Content-Length: x\r\n\r\n", b"400"),
        (_POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nabcd", b"400"),
        (_POST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nx: " + b"a" * 3000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"x: a\r\n" * 1000 + b"\r\n", b"431"),
        (b"GET /" + b"a" * 10_000, b"431"),
        (_POST + b"Content-Length: 100001\r\n\r\n", b"413"),
        (_POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"ffff\r\n" + b"a" * 65535 + b"\r\nffff\r\n" + b"a" * 65535, b"413"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_malformed_or_enormous_is_refused(sent: bytes, status: bytes) -> None:
    with served(bounds=_HASTY) as (_, customer):
        assert customer.sent(sent).split(b" ")[1] == status
        assert customer.submit().status_code == 200


@pytest.mark.parametrize(
    "pieces",
    [(), (b"GET / HT",), (b"GET / HTTP/1.1\r\n", *[b"x: a\r\n"] * 8), (_POST + b"Content-Length: 9\r\n\r\n", *b"abcdefgh")],
    ids=["silent", "half a line", "a header now and then", "a byte now and then"],
)  # fmt: skip
def test_a_slow_client_is_told_so_and_ended(pieces: tuple[bytes | int, ...]) -> None:
    with served(bounds=_HASTY) as (_, customer):
        listed = [one if isinstance(one, bytes) else bytes([one]) for one in pieces]
        assert b" 408 " in customer.sent(*listed, pause=0.06).split(b"\r\n")[0]
        assert customer.submit().status_code == 200


def test_a_client_that_does_not_read_its_replies_is_ended() -> None:
    with served(bounds=_HASTY, balance=None) as (server, _), socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(address(server))
        connection.settimeout(5)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            _ask_for_ever(connection)


def _ask_for_ever(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"GET /__proviso__/openapi/apixo.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100)


def test_too_many_connections_are_told_so_and_those_that_are_served_are_served_on() -> None:
    with served(bounds=_HASTY) as (server, customer):
        assert customer.submit().status_code == 200
        others = [socket.create_connection(address(server), timeout=5) for _ in range(30)]
        others[-1].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 503 " in others[-1].recv(1000)
        for one in others:
            one.close()
        assert customer.submit().status_code in (200, 503)


def test_a_thousand_connections_at_once_are_served() -> None:
    with served() as (server, customer):
        connections = [socket.create_connection(address(server), timeout=20) for _ in range(1000)]
        for one in connections:
            one.sendall(b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
        assert all(one.recv(100).startswith(b"HTTP/1.1 401 ") for one in connections)
        for one in connections:
            one.close()
        assert customer.books["requests"]["received"] == 1000


def test_a_body_of_many_levels_is_refused_as_any_other_that_is_wrong() -> None:
    with served() as (_, customer):
        for depth in (50, 500, 900, 100_000):
            reply = customer.client.post(
                f"{customer.base}/generateTask/seedream-5-0",
                content=b'{"input": ' + b"[" * depth + b"]" * depth + b"}",
                headers={**customer.headers, "content-type": "application/json"},
            )
            assert reply.status_code == 400, depth
