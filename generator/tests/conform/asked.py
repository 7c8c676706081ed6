"""Conformance runs against a mock in this process: without a port, without waiting."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from proviso import ir, pipeline
from proviso.conform import calls, costs, stated
from proviso.conform.exchanges import Course
from proviso.conform.following import Follower
from proviso.conform.probes import Probe
from proviso.conform.running import Asker, Outcome, Run
from proviso.conform.sending import Http
from proviso.conform.spending import Budget
from proviso.mock.asking import Asked
from proviso.mock.clock import ByPoll
from proviso.mock.faults import Fault
from proviso.mock.options import KEY, SECRET, Options
from proviso.mock.provider_mock import Mock
from proviso.mock.works import Work
from proviso.oracle import access
from proviso.oracle.proofs import Keys

GENERATOR = Path(__file__).parents[2]
ORIGIN = "http://127.0.0.1:4010"
PLENTY = Decimal(10_000)


def providers() -> tuple[ir.Provider, ...]:
    """Return the providers of specs, and made-up ones with everything that specs can say."""
    folders = (GENERATOR.parent / "specs", GENERATOR / "tests/cases/providers/specs")
    return tuple(provider for folder in folders for provider in pipeline.read(folder).providers)


PROVIDERS = {one.name: one for one in providers()}
OURS = ("apixo", "segmind", "shortapi")


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Return seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self._now += seconds


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a run found out, and the mock that it asked."""

    outcome: Outcome
    mock: Mock

    @property
    def denied(self) -> set[str]:
        """The facts that are denied, but for doubts."""
        return self.of("denied")

    def of(self, standing: str) -> set[str]:
        """Return the facts with a standing, but for doubts."""
        return {one.fact.id for one in self.outcome.known if one.standing == standing and one.fact.kind != "doubt"}

    @property
    def charged(self) -> Decimal:
        """What the mock took, and holds."""
        (books,) = self.mock.books().values()
        return Decimal(books["money"]["charged"]) + Decimal(books["money"]["held"])


def asker(provider: ir.Provider, mock: Mock) -> Follower:
    """Return what asks a mock about a provider."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        parts = urlsplit(str(request.url))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Asked(verb=request.method, target=target, headers=headers, body=request.read(), origin=ORIGIN)
        reply = mock.answer(asked)
        if reply.breaks == "close":
            raise httpx2.ReadError("gone")
        told = reply.answer
        return httpx2.Response(
            told.status, content=told.content, headers={"content-type": told.media_type, **told.headers}
        )

    settings = {one.name: one.default or one.example or "x" for one in provider.settings}
    base = mock.base_url(provider.name, origin=ORIGIN)
    return Follower(
        door=Http(clock=Clock(), transport=httpx2.MockTransport(answer)),
        home=calls.home(provider, base, access.settings(provider) | settings),
        way=provider.auth[0],
        keys=Keys(key=KEY, secret=SECRET),
    )


def mocked(provider: ir.Provider, *, faults: tuple[Fault, ...] = (), price: Decimal | None = Decimal("0.01")) -> Mock:
    """Return a mock of a provider that draws the headers of pictures alone."""
    options = Options(clock=ByPoll(), price=price, balance=PLENTY, draw=headed, faults=faults)
    return Mock([provider], options)


def run(
    provider: ir.Provider,
    altered: ir.Provider | None = None,
    *,
    cap: Decimal = PLENTY,
    assumed: Decimal | None = Decimal("0.01"),
    faults: tuple[Fault, ...] = (),
    through: Callable[[Asker], Asker] | None = None,
) -> Heard:
    """Run over a provider against a mock of it, or of an altered one."""
    mock = mocked(provider if altered is None else altered, faults=faults)
    door: Asker = asker(provider, mock)
    return Heard(outcome=put(provider, door if through is None else through(door), cap=cap, assumed=assumed), mock=mock)


def put(
    provider: ir.Provider, door: Asker, *, cap: Decimal = PLENTY, assumed: Decimal | None = Decimal("0.01")
) -> Outcome:
    """Run over a provider, with anything that answers."""
    facts = stated.facts(provider)
    known = (costs.currency(model) for model in provider.models)
    currency = next((one for one in known if one is not None), "USD")
    budget = Budget(cap=cap, currency=currency, assumed=assumed)
    return Run(provider=provider, facts=facts, wanted=facts, budget=budget, asker=door).outcome()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Answers with what was kept of probes."""

    courses: Mapping[str, Course]

    def follow(self, probe: Probe) -> Course | None:
        """Return what became of a probe."""
        return self.courses.get(probe.id)


def headed(work: Work) -> bytes:
    """Return the header of a picture, which is all of it that a run reads."""
    width, height = work.pixels
    match work.media_type:
        case "image/jpeg":
            frame = struct.pack(">HH", height, width) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
            return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x11\x08" + frame
        case "image/png":
            head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
            return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + head + struct.pack(">I", zlib.crc32(head))
        case "image/webp":
            sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
            return b"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + sides
        case _:
            return f"{work.media_type} of nobody's".encode()
