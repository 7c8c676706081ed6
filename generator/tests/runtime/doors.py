"""One face for the four ways to drive a flow, so that all are held to the same facts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx
import httpx2

from proviso_runtime import jobs, media

from . import scripted

Done = jobs.Done[media.Image] | jobs.AsyncDone[media.AsyncImage]
Answer = tuple[int, dict[str, str], bytes] | Exception


class Door(Protocol):
    """A client over a mocked transport. answer decides what every request gets."""

    def __init__(self, answer: Callable[[Sent], Answer], clock: scripted.Clock) -> None: ...
    def generate(self, on_update: jobs.OnUpdate | None = None) -> Done: ...
    def resume(self, job_id: str) -> Done: ...
    def now(self) -> jobs.Instant: ...
    def save(self, image: object, path: Path) -> Path: ...
    def read(self, image: object) -> bytes: ...
    def close(self) -> None: ...


class Sent:
    """A request as the transport saw it."""

    def __init__(self, request: httpx.Request | httpx2.Request) -> None:
        self.verb = request.method
        self.url = str(request.url)
        self.host = request.url.host
        self.headers = {name.lower(): text for name, text in request.headers.items()}
        self.content = request.content
        self.timeout: dict[str, float] = request.extensions["timeout"]


def _httpx(answer: Callable[[Sent], Answer]) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        given = answer(Sent(request))
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given[0], headers=given[1], content=given[2])

    return httpx.MockTransport(handle)


def _httpx2(answer: Callable[[Sent], Answer]) -> httpx2.MockTransport:
    def handle(request: httpx2.Request) -> httpx2.Response:
        given = answer(Sent(request))
        if isinstance(given, Exception):
            raise given
        return httpx2.Response(given[0], headers=given[1], content=given[2])

    return httpx2.MockTransport(handle)


class _Blocking:
    client: scripted.Client

    def generate(self, on_update: jobs.OnUpdate | None = None) -> jobs.Done[media.Image]:
        return self.client.painter.submit().wait(on_update=on_update)

    def resume(self, job_id: str) -> jobs.Done[media.Image]:
        return self.client.painter.wait(job_id)

    def now(self) -> jobs.Instant:
        return self.client.painter.now()

    def save(self, image: object, path: Path) -> Path:
        assert isinstance(image, media.Image)
        return image.save(path)

    def read(self, image: object) -> bytes:
        assert isinstance(image, media.Image)
        return image.read()

    def close(self) -> None:
        self.client.close()


class _Awaited:
    client: scripted.AsyncClient

    def generate(self, on_update: jobs.OnUpdate | None = None) -> jobs.AsyncDone[media.AsyncImage]:
        async def both() -> jobs.AsyncDone[media.AsyncImage]:
            return await (await self.client.painter.submit()).wait(on_update=on_update)

        return asyncio.run(both())

    def resume(self, job_id: str) -> jobs.AsyncDone[media.AsyncImage]:
        return asyncio.run(self.client.painter.wait(job_id))

    def now(self) -> jobs.Instant:
        return asyncio.run(self.client.painter.now())

    def save(self, image: object, path: Path) -> Path:
        assert isinstance(image, media.AsyncImage)
        return asyncio.run(image.save(path))

    def read(self, image: object) -> bytes:
        assert isinstance(image, media.AsyncImage)
        return asyncio.run(image.read())

    def close(self) -> None:
        asyncio.run(self.client.close())


class BlockingHttpx2(_Blocking):
    library = httpx2

    def __init__(self, answer: Callable[[Sent], Answer], clock: scripted.Clock) -> None:
        http = httpx2.Client(transport=_httpx2(answer), follow_redirects=True)
        self.client = scripted.Client(scripted.KEY, http_client=http, clock=clock)


class BlockingHttpx(_Blocking):
    library = httpx

    def __init__(self, answer: Callable[[Sent], Answer], clock: scripted.Clock) -> None:
        http = httpx.Client(transport=_httpx(answer), follow_redirects=True)
        self.client = scripted.Client(scripted.KEY, http_client=http, clock=clock)


class AwaitedHttpx2(_Awaited):
    library = httpx2

    def __init__(self, answer: Callable[[Sent], Answer], clock: scripted.Clock) -> None:
        http = httpx2.AsyncClient(transport=_httpx2(answer), follow_redirects=True)
        self.client = scripted.AsyncClient(scripted.KEY, http_client=http, clock=clock)


class AwaitedHttpx(_Awaited):
    library = httpx

    def __init__(self, answer: Callable[[Sent], Answer], clock: scripted.Clock) -> None:
        http = httpx.AsyncClient(transport=_httpx(answer), follow_redirects=True)
        self.client = scripted.AsyncClient(scripted.KEY, http_client=http, clock=clock)


DOORS = (BlockingHttpx2, BlockingHttpx, AwaitedHttpx2, AwaitedHttpx)
