"""The provider of the demonstration: `proviso mock` in a process of its own, asked over HTTP like any other."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proviso import ir
from proviso.mock.options import KEY, SECRET
from proviso.testing.books import Books

_PATIENCE = 10  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider that is served. address: where its calls begin. origin: of the mock itself. keys: the options of clients that show the key."""

    name: str
    address: str
    origin: str
    command: str
    keys: Mapping[str, str]

    @property
    def books(self) -> Books:
        """What it has in its books."""
        return Books(lambda: json.loads(self._asked("/__proviso__/books"))[self.name])

    def fail(self, fault: str) -> None:
        """Let something go wrong from now on."""
        self._asked("/__proviso__/faults", fault.encode())

    def _asked(self, path: str, content: bytes | None = None) -> bytes:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.origin + path, content, timeout=_PATIENCE) as reply:
            body: bytes = reply.read()
        return body


@contextmanager
def served(provider: ir.Provider, *, specs: Path, speed: float) -> Iterator[Provider]:
    """Serve a provider at a free port while the block runs. speed: how many times faster than documented."""
    name = provider.name
    asked = ["mock", name, "--port", "0", "--speed", f"{speed:g}", "--specs", str(specs)]
    signed = isinstance(provider.auth[0], ir.Signature | ir.Jwt)
    command = [sys.executable, "-m", "proviso", *asked, "--format", "json", "--no-log"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, "the mock does not start"
            told: Any = json.loads(line)
            yield Provider(
                name=name,
                address=told["providers"][name]["base_url"],
                origin=told["origin"],
                keys={"api_key": KEY, **({"api_secret": SECRET} if signed else {})},
                command=f"proviso mock {name} --port 0 --speed {speed:g}",
            )
        finally:
            process.terminate()


class QuickClock:
    """A clock of which a second takes a fraction of one. passing: hears of the seconds while somebody waits."""

    def __init__(self, speed: float) -> None:
        self.passing: Callable[[], object] = lambda: None
        self._speed = speed

    def now(self) -> float:
        """Tell the seconds since 1970, which are real."""
        return time.time()

    def monotonic(self) -> float:
        """Tell the seconds since some moment."""
        return time.monotonic() * self._speed

    def sleep(self, seconds: float) -> None:
        """Wait a fraction of the time."""
        until = self.monotonic() + seconds
        while (left := (until - self.monotonic()) / self._speed) > 0:
            time.sleep(min(left, 0.04))
            self.passing()

    async def asleep(self, seconds: float) -> None:
        """Wait a fraction of the time; nobody awaits anything in the demonstration."""
        raise NotImplementedError(seconds)
