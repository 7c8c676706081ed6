"""Callbacks come as documented, again until they are acknowledged, and go nowhere that they may not go."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message

import pytest

from proviso import ir
from proviso.mock import courier, posting
from proviso.mock.clock import Running
from proviso.mock.options import SECRET
from proviso.mock.pricing import Terms
from proviso.oracle import signing
from proviso.oracle.subject import Subject

from .mock_house import provider, served, soon


@dataclass
class Receiver:
    url: str = ""
    statuses: list[int] = field(default_factory=list)
    came: list[tuple[str, Message, bytes]] = field(default_factory=list)


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    found = Receiver(statuses=list(statuses))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.came.append((self.path, self.headers, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(found.statuses.pop(0) if found.statuses else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://localhost:{server.server_port}/hook?token=abc"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def test_a_callback_is_sent_until_it_is_acknowledged_and_every_attempt_stands_in_the_books() -> None:
    fast = Running(1000)
    with (
        receiving(500, 302) as receiver,
        served("shortapi", "callback:lost x1", clock=fast, private_callbacks=True) as (_, customer),
    ):
        job = customer.submit(callback_url=receiver.url).json()["data"]["job_id"]
        soon(lambda: len(customer.books["callbacks"]) == 4)
        told = customer.books["callbacks"]
    assert [one["outcome"] for one in told] == [
        "lost on purpose", "not acknowledged: 500", "not acknowledged: 302", "acknowledged",
    ]  # fmt: skip
    assert [one["attempt"] for one in told] == [1, 2, 3, 4]
    assert {one["job"] for one in told} == {job}
    assert "abc" not in json.dumps(told)
    assert [path for path, _, _ in receiver.came] == ["/hook?token=abc"] * 3
    assert json.loads(receiver.came[0][2])["data"]["status"] == 2


def test_a_callback_that_nobody_acknowledges_is_given_up_after_the_retries() -> None:
    with (
        receiving(*[500] * 20) as receiver,
        served("shortapi", clock=Running(10_000), private_callbacks=True) as (_, customer),
    ):
        customer.submit(callback_url=receiver.url)
        soon(lambda: len(receiver.came) == 4)
        soon(lambda: len(customer.books["callbacks"]) == 4)


def test_a_callback_comes_twice_where_that_is_wished() -> None:
    with (
        receiving() as receiver,
        served("shortapi", "callback:twice", clock=Running(1000), private_callbacks=True) as (_, customer),
    ):
        customer.submit(callback_url=receiver.url)
        soon(lambda: len(receiver.came) == 2)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://localhost:1/x", "http://[::1]:1/", "ftp://a/b"])
def test_a_callback_to_a_private_network_is_not_sent_and_the_books_say_so(url: str) -> None:
    with served("shortapi", clock=Running(10_000)) as (_, customer):
        customer.submit(callback_url=url)
        soon(lambda: bool(customer.books["callbacks"]))
        (told,) = customer.books["callbacks"]
    assert told["outcome"].startswith("not sent: it ")


_PUBLIC = ("8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8")
_PRIVATE = (
    "10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.9", "224.0.0.1", "fe80::1", "fd00::1", "::", "::1",
    "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
)  # fmt: skip


def test_only_public_addresses_are_public() -> None:
    assert [one for one in (*_PUBLIC, *_PRIVATE) if posting.is_public(one)] == [*_PUBLIC]


def test_a_signed_callback_is_signed_as_documented() -> None:
    depot = provider("depot")
    model = next(one for one in depot.models if one.callback is not None and one.job is not None)
    callback = model.callback
    assert callback is not None
    proof = callback.proof
    assert isinstance(proof, ir.SignedBody)
    with receiving() as receiver, served("depot", clock=Running(10_000), private_callbacks=True) as (server, _):
        orders = server.mock.desks["depot"].orders
        params = {callback.parameter: receiver.url}
        subject = Subject(provider=depot, model=model)
        orders.accept(subject, params, Terms(), fresh=None, now=0, origin=server.origin)
        soon(lambda: bool(receiver.came))
    _, headers, body = receiver.came[0]
    told = float(headers[proof.timestamp or ""])
    expected = signing.headers(proof, body, moment=told, secret=SECRET, message=headers.get(proof.id or "", ""))
    assert {name: headers[name] for name in expected} == expected
    assert abs(time.time() - told) < 60


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://x.test:99999/a?sig=1", "http://x.test:99999/a"),
        ("http://x.test:ab/", "http://x.test:ab/"),
        ("http://[::1/", "what is no address"),
        ("http://[::ffff:1.2.3.4]/a", "http://[::ffff:1.2.3.4]/a"),
        ("http://user:word@x.test/a#b", "http://x.test/a"),
    ],
)
def test_any_address_is_shown_in_the_books_without_what_is_secret(address: str, shown: str) -> None:
    assert courier.shown(address) == shown
