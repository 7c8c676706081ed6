"""Mocks behind real ports, and what is sent to them byte by byte."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx2

from proviso import ir, pipeline
from proviso.mock import faults, serving
from proviso.mock.bounds import Bounds
from proviso.mock.options import KEY, Options
from proviso.mock.provider_mock import Mock
from proviso.mock.serving import Server

ROOT = Path(__file__).parents[3]
INVENTED = ROOT / "generator/tests/cases/providers/specs"


@cache
def providers(specs: Path = ROOT / "specs") -> tuple[ir.Provider, ...]:
    found = pipeline.read(specs, shown=specs.name)
    assert not found.complaints
    return found.providers


def provider(name: str) -> ir.Provider:
    return next(one for one in (*providers(), *providers(INVENTED)) if one.name == name)


@contextmanager
def served(
    name: str = "apixo", *written: str, bounds: Bounds | None = None, **options: Any
) -> Iterator[tuple[Server, Customer]]:
    mock = Mock((provider(name),), Options(faults=faults.parse_all(written), **options))
    with serving.running(mock, bounds=bounds) as server, httpx2.Client(timeout=5, trust_env=False) as client:
        yield server, Customer(server, client, name)
    assert not mock.defects


class Customer:
    """Somebody with the key and one documented request."""

    def __init__(self, server: Server, client: httpx2.Client, name: str) -> None:
        self.server = server
        self.client = client
        self.model = provider(name).models[0]
        self.base = server.mock.base_url(name, origin=server.origin)
        self.headers = {"authorization": f"Bearer {KEY}"}

    @property
    def books(self) -> dict[str, Any]:
        (found,) = self.client.get(f"{self.server.origin}/__proviso__/books").json().values()
        assert isinstance(found, dict)
        return found

    def submit(self, **more: object) -> httpx2.Response:
        job = self.model.job
        assert job is not None
        verb, path = job.submit.call.split(" ")
        body = {**json.loads(json.dumps(self.model.witnesses[0].body, default=float)), **more}
        url = self.base + path.replace("{model}", self.model.id)
        return self.client.request(verb, url, json=body, headers=self.headers)

    def sent(self, *pieces: bytes, pause: float = 0, most: float = 5) -> bytes:
        """Send bytes and return all that comes until the connection ends."""
        return sent(self.server, *pieces, pause=pause, most=most)


def address(server: Server) -> tuple[str, int]:
    host, _, port = server.origin.removeprefix("http://").rpartition(":")
    return host, int(port)


def sent(server: Server, *pieces: bytes, pause: float = 0, most: float = 5) -> bytes:
    with socket.create_connection(address(server), timeout=most) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
        except OSError:  # the mock has had enough
            pass
        came = b""
        try:
            while piece := connection.recv(65536):
                came += piece
        except ConnectionResetError:
            pass
        return came


def soon(is_so: Callable[[], bool], *, most: float = 5) -> None:
    """Wait until something is so."""
    end = time.monotonic() + most
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
