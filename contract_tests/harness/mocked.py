"""The mock of a provider behind the HTTP libraries: every request of a client goes to it, and its time is the client's."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx

from harness import keys, switchboard
from harness.clock import FakeClock
from harness.faces import Face, Line
from harness.headers import MAKERS
from harness.provider_mock import CORES, response, shown
from harness.subjects import Subject
from proviso import ir
from proviso.mock import settings
from proviso.mock.asking import Asked
from proviso.mock.desk import Desk
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock
from proviso.mock.replying import Reply
from proviso.mock.works import Work

_BROKEN = {"close": "RemoteProtocolError", "hang": "ReadTimeout", "half": "RemoteProtocolError"}

ORIGIN = "http://127.0.0.1:4010"
_LARGEST = {"image/png": 2**31 - 1, "image/jpeg": 2**16 - 1, "image/gif": 2**16 - 1, "image/webp": 2**24}


class Shared:
    """The time of a client, told to the mock, on the day of today, by which clients quote.

    by_poll: jobs go on with polls and not with time.
    """

    def __init__(self, clock: FakeClock, *, by_poll: bool = False) -> None:
        self.by_poll = by_poll
        self._clock = clock
        self._start = time.time() - clock.monotonic()

    def now(self) -> float:
        """Return the seconds since 1970 in the provider's time."""
        return self._start + self._clock.monotonic()

    def outside(self) -> float:
        """Return the seconds since 1970 as customers' clocks have them."""
        return self._clock.now()

    def real(self, seconds: float) -> float:
        """Return as many seconds."""
        return seconds


class Mocked:
    """A provider at the mock, and a client of it.

    line: the client. asked, replies: what the mock was asked and what it said. drawn: the files that it made.
    """

    def __init__(
        self, subject: Subject, face: Face, *, by_poll: bool = False, shown: bool = True, **options: Any
    ) -> None:
        self.subject = subject
        self.clock = FakeClock()
        self.drawn: dict[Work, bytes] = {}
        key = keys.KEY if shown else "another"
        set_up = Options(
            key=key, secret=keys.SIGNER, clock=Shared(self.clock, by_poll=by_poll), draw=self._draw, **options
        )
        # Behind its own address, or one of several behind the mock's.
        behind = face.awaited and not settings.untold(subject.provider)
        others = [one for one in subject.house.spoken.providers if one.name != subject.provider.name][:1]
        self.mock = Mock([subject.provider, *(others if behind else ())], set_up)
        base_url = self.mock.base_url(subject.provider.name, origin=ORIGIN) if behind else None
        self.asked: list[Asked] = []
        self.replies: list[Reply] = []
        self._face = face
        self._library: Any = importlib.import_module(face.library)
        self.line: Line = face.line(subject, self.clock, base_url=base_url)

    @property
    def desk(self) -> Desk:
        """The provider at work."""
        return self.mock.desks[self.subject.provider.name]

    @property
    def books(self) -> Any:
        """The provider's books."""
        return self.mock.books()[self.subject.provider.name]

    def money(self, currency: str | None = None) -> Any:
        """Return what the books say of money: in a currency, or in the usual one."""
        books = self.books
        known = {one["currency"]: one for one in (books["money"], *books["other_money"])}
        return known.get(currency, books["money"])

    @property
    def charged(self) -> Decimal:
        """What was charged, in whatever currency."""
        return sum((one.charged for one in self.desk.books.accounts), start=Decimal(0))

    @property
    def held(self) -> Decimal:
        """What is held, in whatever currency."""
        return sum((one.held for one in self.desk.books.accounts), start=Decimal(0))

    def count(self, *operations: str) -> int:
        """Count the requests of some operations that came."""
        return sum(self.desk.books.counts[one] for one in operations)

    def made(self, kind: ir.OutputKind) -> list[bytes]:
        """Return the results of a kind that the mock made, in their order."""
        return [
            content
            for _, content in sorted((one.number, content) for one, content in self.drawn.items() if one.kind == kind)
        ]

    @contextmanager
    def __call__(self) -> Iterator[Mocked]:
        """Let every request go to the mock until the block ends."""
        with switchboard.put_through(CORES[self._face.library], self._answer):
            yield self

    def send(self, verb: str, target: str, *, headers: dict[str, str], body: bytes) -> Reply:
        """Ask the mock by hand."""
        return self.mock.answer(
            Asked(verb=verb, target=target, headers=headers, body=body, origin=self.asked[-1].origin)
        )

    def _draw(self, work: Work) -> bytes:
        return self.drawn.setdefault(work, drawn(work))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        origin, slash, rest = shown(request.url).removeprefix(f"{request.url.scheme}://").partition("/")
        asked = Asked(
            verb=request.method,
            target=f"{slash}{rest}",
            headers={name.lower(): text for name, text in request.headers.items()},
            body=request.read(),
            origin=f"{request.url.scheme}://{origin}",
        )
        self.asked.append(asked)
        reply = self.mock.answer(asked)
        self.replies.append(reply)
        self.clock.sleep(reply.wait)
        if reply.breaks in ("close", "hang"):
            raise getattr(self._library, _BROKEN[reply.breaks])("the mock breaks the connection")
        answer = reply.answer
        if reply.breaks == "half":
            half = answer.content[: len(answer.content) // 2]
            answer = replace(answer, chunks=(half,), breaks=_BROKEN["half"])
        return response(answer, self._face.library)


def drawn(work: Work) -> bytes:
    """Make the file of a result: of an image, as much as tells its format and pixels."""
    make = MAKERS.get(work.media_type)
    if make is None or max(work.pixels) > _LARGEST[work.media_type]:
        return f"{work.kind} {work.number} {work.says}".encode(errors="replace")
    return make(work.pixels)
