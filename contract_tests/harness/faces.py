"""One face for the four ways to use a client: blocking or awaited, over httpx or httpx2."""

from __future__ import annotations

import asyncio
import atexit
import ssl
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import httpx2

from harness import keys
from harness.provider_mock import Library
from harness.subjects import Params, Subject
from proviso import ir
from proviso.oracle import access
from proviso_runtime import clients, jobs, media, pictures
from proviso_runtime.clock import Clock
from proviso_runtime.differences import Difference
from proviso_runtime.ledger import Ledger

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

_MEMBERS: dict[ir.OutputKind, str] = {"image": "images", "video": "videos", "audio": "audio", "text": "texts"}

Handle = jobs.Job[Any] | jobs.AsyncJob[Any]
HttpClient = httpx.Client | httpx.AsyncClient | httpx2.Client | httpx2.AsyncClient
Done = jobs.Done[Any] | jobs.AsyncDone[Any]
AtOnce = jobs.Instant | jobs.Made[Any] | jobs.AsyncMade[Any]
Result = media.Media | media.AsyncMedia


@dataclass(frozen=True, kw_only=True, repr=False)
class Face:
    """A way to use a client."""

    library: Library
    awaited: bool

    def line(
        self,
        subject: Subject,
        clock: Clock,
        *,
        base_url: str | None = None,
        given: bool = True,
        ledger: Ledger | None = None,
        http: HttpClient | None = None,
        **options: Any,
    ) -> Line:
        """Make a client of the subject's provider that tells the time from clock.

        given: it is given a key and settings; else it looks for a key in the environment. http: what it sends with.
        """
        kind = subject.provider_module.AsyncClient if self.awaited else subject.provider_module.Client
        made: Any = kind
        http = http or _http_client(self.library, awaited=self.awaited)
        provider = subject.provider
        told = keys.options(provider, provider.auth[0]) if given else access.settings(provider)
        client = made(**told, http_client=http, clock=clock, base_url=base_url, ledger=ledger).with_options(**options)
        return Line(getattr(client, subject.attribute), awaited=self.awaited)

    @contextmanager
    def http(self, *, patience: float) -> Generator[HttpClient]:
        """Give an HTTP client of its own, which waits for no reply longer than so many seconds."""

        def hurry(request: httpx.Request | httpx2.Request) -> None:
            request.extensions["timeout"] |= {"read": patience, "write": patience}

        async def hurried(request: httpx.Request | httpx2.Request) -> None:
            hurry(request)

        library: Any = httpx if self.library == "httpx" else httpx2
        made = library.AsyncClient if self.awaited else library.Client
        trusts_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        hooks = {"request": [hurried if self.awaited else hurry]}
        client = made(verify=trusts_nobody, event_hooks=hooks, trust_env=False)
        try:
            yield client
        finally:
            if self.awaited:
                _loop().run(client.aclose())
            else:
                client.close()

    def __repr__(self) -> str:
        return f"{'awaited' if self.awaited else 'blocking'}-{self.library}"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: object) -> None:
        printer.text(repr(self))


class Line:
    """The calls of a model over a face."""

    def __init__(self, calls: Any, *, awaited: bool) -> None:
        self._calls = calls
        self._awaited = awaited

    @classmethod
    def blocking(cls, client: clients.Client, subject: Subject) -> Line:
        """Take the calls of a blocking client."""
        return cls(getattr(client, subject.attribute), awaited=False)

    @property
    def calls(self) -> Any:
        """The calls themselves."""
        return self._calls

    def submit(self, params: Params, **options: Any) -> Handle:
        """Start a job."""
        job: Handle = self._run(self._calls.submit(**options, **params))
        return job

    def submit_many(self, given: Sequence[Params]) -> tuple[Handle, ...]:
        """Start several jobs with one call."""
        started: tuple[Handle, ...] = self._run(self._calls.submit_many(given))
        return started

    def generate(self, params: Params, **options: Any) -> Done:
        """Start a job and wait for it."""
        done: Done = self._run(self._calls.generate(**options, **params))
        return done

    def generate_sync(self, params: Params, **options: Any) -> AtOnce:
        """Get results at once."""
        made: AtOnce = self._run(self._calls.generate_sync(**options, **params))
        return made

    def resume(self, job_id: str, *, addresses: Mapping[str, str] | None = None) -> Handle:
        """Take a job up by its id, and by its addresses where it has some."""
        job: Handle = self._calls.resume(job_id, addresses=addresses)
        return job

    def cancel(self, job: Handle) -> None:
        """Cancel a job."""
        self._run(job.cancel())

    def wait(self, job: Handle, *, timeout: float | None = None, on_update: jobs.OnUpdate | None = None) -> Done:
        """Wait for a job."""
        done: Done = self._run(job.wait(timeout=timeout, on_update=on_update))
        return done

    def generate_stream(self, params: Params, **options: Any) -> AtOnce:
        """Get results at once, and see partial ones before."""
        made: AtOnce = self._run(self._calls.generate_stream(**options, **params))
        return made

    def parse_callback(self, headers: Mapping[str, str], body: bytes, *, secret: str | None) -> Done:
        """Read what the provider sent by itself."""
        done: Done = self._run(self._calls.parse_callback(headers, body, secret=secret))
        return done

    def results(self, done: Done | AtOnce, kind: ir.OutputKind) -> tuple[Result, ...]:
        """Return the results of a kind."""
        found: tuple[Result, ...] = getattr(done, _MEMBERS[kind])
        return found

    def handed(self, done: Done | AtOnce, kind: ir.OutputKind) -> list[tuple[str | bytes, str | None]]:
        """Return the results of a kind: addresses, or the contents that came in the reply, and media types."""
        if isinstance(done, jobs.Instant):
            return [(done.content, done.media_type)]
        return [
            (self.read(one) if one.url.startswith("data:") else one.url, one.media_type)
            for one in self.results(done, kind)
        ]

    def read(self, result: Result) -> bytes:
        """Fetch a result."""
        content: bytes = self._run(result.read())
        return content

    def save(self, result: Result, path: Path) -> Path:
        """Fetch a result into a file."""
        saved: Path = self._run(result.save(path))
        return saved

    def inspect(self, result: Result) -> pictures.Header | None:
        """Read the header of an image."""
        inspected: Any = result
        header: pictures.Header | None = self._run(inspected.inspect())
        return header

    def check(self, done: Done | AtOnce) -> tuple[Difference, ...]:
        """Inspect every image and tell how what came differs from what was asked for."""
        if isinstance(done, jobs.Instant):
            return done.differences
        told: tuple[Difference, ...] = self._run(done.check())
        return told

    def _run(self, made: Any) -> Any:
        return _loop().run(made) if self._awaited else made


@cache
def _loop() -> asyncio.Runner:
    """Return the one loop that everything is awaited in: a loop of its own costs more than what most calls do."""
    runner = asyncio.Runner()
    atexit.register(runner.close)
    return runner


@cache
def _http_client(library: Library, *, awaited: bool) -> HttpClient:
    match library, awaited:
        case "httpx", False:
            return httpx.Client()
        case "httpx", _:
            return httpx.AsyncClient()
        case _, False:
            return httpx2.Client()
        case _:
            return httpx2.AsyncClient()


_LIBRARIES: tuple[Library, ...] = ("httpx", "httpx2")
FACES = tuple(Face(library=library, awaited=awaited) for library in _LIBRARIES for awaited in (False, True))


def of(subject: Subject) -> tuple[Face, ...]:
    """Return the faces that the tests of a subject use: all four, or for an invented one the two of one library."""
    if not subject.house.is_invented:
        return FACES
    library = _LIBRARIES[len(subject.model.name) % len(_LIBRARIES)]
    return tuple(face for face in FACES if face.library == library)
