"""The house answers for providers alone, takes any bytes, and tells where the key was shown."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from proviso import pipeline
from proviso.audit import connection
from proviso.audit.authority import Authority
from proviso.audit.house import House
from proviso.mock import faults
from proviso.mock.options import Options

PROVIDERS = pipeline.read(Path(__file__).parent / "specs").providers
KEY = "a-key-of-nobody"
JOB = b'{"prompt": "a boat"}'


def inside(work: Callable[[House], Awaitable[None]], *wrong: str) -> House:
    """Do something with a house."""

    async def done() -> House:
        options = Options(key=KEY, faults=[faults.parse(text) for text in wrong])
        async with House(PROVIDERS, options, authority=Authority()) as house:
            await work(house)
        return house

    return asyncio.run(asyncio.wait_for(done(), 20))


async def say(house: House, data: bytes, *, door: str | None = None) -> bytes:
    """Send bytes to a door of a house, that of the proxy if none is given, and return what comes until the end."""
    host, _, port = (door or house.proxy).removeprefix("http://").partition("/")[0].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(data)
    told = await reader.read()
    writer.close()
    return told


def request(line: str, *headers: str, body: bytes = b"") -> bytes:
    head = [line, "host: whoever.example", "connection: close", f"content-length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


@pytest.mark.parametrize("line", ["CONNECT elsewhere.example:443 HTTP/1.1", "GET http://elsewhere.example/ HTTP/1.1"])
def test_whoever_is_no_provider_is_turned_away_and_noted(line: str) -> None:
    async def work(house: House) -> None:
        told = await say(house, request(line, f"x-key: {KEY}"))
        assert told.startswith(b"HTTP/1.1 502 ")
        assert b"nothing leaves this machine" in told

    house = inside(work)
    assert [(one.host.partition(":")[0], one.keyed) for one in house.record.turned] == [("elsewhere.example", True)]
    assert house.record.is_empty


def test_a_provider_that_is_documented_with_https_is_answered_over_http_and_the_key_was_astray() -> None:
    async def work(house: House) -> None:
        line = "POST http://api.acme.example/v1/jobs HTTP/1.1"
        keyed = (f"authorization: Bearer {KEY}", "content-type: application/json")
        assert (await say(house, request(line, *keyed, body=JOB))).startswith(b"HTTP/1.1 200 ")

    house = inside(work)
    assert [one.astray for one in house.record.seen] == [("to api.acme.example without TLS",)]


def test_the_hosts_that_replies_name_belong_to_the_provider() -> None:
    async def work(house: House) -> None:
        keyed = (f"authorization: Bearer {KEY}", "content-type: application/json")
        line = "POST http://api.acme.example/v1/jobs HTTP/1.1"
        told = await say(house, request(line, *keyed, body=JOB))
        job = json.loads(told.partition(b"\r\n\r\n")[2])["id"]
        assert (await say(house, request(f"GET http://api.acme.example/v1/jobs/{job} HTTP/1.1", *keyed))).startswith(
            b"HTTP/1.1 200 "
        )
        there = await say(house, request("GET http://acme-results.example/other HTTP/1.1"))
        assert there.startswith(b"HTTP/1.1 404 ")

    assert inside(work).record.turned == []


def test_a_key_in_an_address_is_noted_and_not_repeated() -> None:
    async def work(house: House) -> None:
        door = house.base_urls["acme"]
        await say(house, request(f"GET /v1/jobs/{KEY}?key={KEY} HTTP/1.1"), door=door)
        await say(house, request(f"GET http://{KEY}.example/ HTTP/1.1"))

    record = inside(work).record
    assert [one.astray for one in record.seen] == [("in the address (?key)", "in the address (path)")]
    assert KEY not in repr([(one.entry.path, one.entry.remark) for one in record.seen] + record.turned)
    assert record.turned[0].keyed


@pytest.mark.parametrize(
    "junk",
    [
        b"\0\1\2\3\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x" * 400_000,
        b"POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
    ],
    ids=["bytes", "no request line", "endless header", "no length"],
)
def test_what_is_no_http_ends_its_connection_alone(junk: bytes) -> None:
    async def work(house: House) -> None:
        assert await say(house, junk) == b""
        assert (await say(house, request("GET / HTTP/1.1"))).startswith(b"HTTP/1.1 404 ")

    assert inside(work).record.broken == 1


def test_a_body_that_is_too_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST", 1000)

    async def work(house: House) -> None:
        line = "POST /v1/jobs HTTP/1.1"
        door = house.base_urls["acme"]
        assert (await say(house, request(line, body=b"x" * 1001), door=door)).startswith(b"HTTP/1.1 413 ")

    assert inside(work).record.is_empty


def test_several_requests_on_one_connection_are_answered_in_turn() -> None:
    async def work(house: House) -> None:
        line = b"GET /v1/jobs/nobody HTTP/1.1\r\nhost: x\r\n\r\n"
        last = request("HEAD /v1/jobs/nobody HTTP/1.1")
        told = await say(house, line * 3 + last, door=house.base_urls["acme"])
        assert told.count(b"HTTP/1.1 401 ") == 4
        assert told.count(b"The key is not known") == 3

    assert len(inside(work).record.seen) == 4


def test_whoever_waits_for_a_reply_that_never_comes_is_let_go_in_the_end() -> None:
    with socket.socket() as waiting:

        async def work(house: House) -> None:
            keyed = (f"authorization: Bearer {KEY}", "content-type: application/json")
            host, _, port = house.base_urls["acme"].removeprefix("http://").partition("/")[0].partition(":")
            waiting.connect((host, int(port)))
            waiting.sendall(request("POST /v1/jobs HTTP/1.1", *keyed, body=JOB))
            for _ in range(1000):
                await asyncio.sleep(0.01 if house.record.is_empty else 0)

        [seen] = inside(work, "submit:hang").record.seen
        assert waiting.recv(1) == b""
    assert (seen.heard, seen.accepted) == (False, True)
