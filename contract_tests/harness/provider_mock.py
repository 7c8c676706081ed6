"""A mock of a documented provider: it knows the documented calls, plays scripted replies and records requests."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import httpx
import respx

from harness import access, mockers
from harness.documented import Answer, Broken, Reaction
from harness.subjects import Subject
from proviso import ir
from proviso_runtime.clock import Clock

Library = Literal["httpx", "httpx2"]
Operation = Literal["submit", "poll", "collect", "immediate", "file"]

CORES: dict[Library, str] = {"httpx": "httpcore", "httpx2": mockers.HTTPCore2Mocker.name}


@dataclass(frozen=True, kw_only=True)
class Sent(access.Call):
    """A request as it left, the documented call that it is, and when: seconds on the clock."""

    operation: Operation
    at: float


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a provider answers. Of several replies the last one is repeated."""

    job_id: str = ""
    submit: Reaction | None = None
    polls: Sequence[Reaction] = ()
    collects: Sequence[Reaction] = ()
    immediate: Reaction | None = None
    files: Mapping[str, Reaction] | None = None


class ProviderMock:
    """A provider that was sent `sent`. way: how it wants to be shown the key; by default the first of its ways."""

    def __init__(
        self, subject: Subject, script: Script, *, library: Library, clock: Clock, way: ir.Way | None = None
    ) -> None:
        self.sent: list[Sent] = []
        self._library = importlib.import_module(library)
        self._using = CORES[library]
        self._clock = clock
        self._files = script.files or {}
        self._left: dict[Operation, list[Reaction]] = {
            "submit": [] if script.submit is None else [script.submit],
            "poll": list(script.polls),
            "collect": list(script.collects),
            "immediate": [] if script.immediate is None else [script.immediate],
        }
        self._subject = subject
        self._way = way or subject.provider.auth[0]
        self._calls = calls(subject, script.job_id)
        self._strange: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator[ProviderMock]:
        """Answer every request until the block ends; a call that is not documented is an error."""
        with respx.mock(using=self._using, assert_all_called=False) as router:
            router.route().mock(side_effect=self._answer)
            yield self
        assert not self._strange, f"not as documented: {self._strange}"

    def count(self, *operations: Operation) -> int:
        """Count the requests of some operations."""
        return sum(one.operation in operations for one in self.sent)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = _shown(request.url)
        called = access.bare(self._subject.model, self._way, url)
        operation = "file" if url in self._files else self._calls.get((request.method, called))
        reactions = [self._files[url]] if operation == "file" else self._left.get(operation or "file", [])
        if operation is None or not reactions:
            self._strange.append(f"{request.method} {url}")
            return httpx.Response(501)
        sent = Sent(
            operation=operation,
            verb=request.method,
            url=url,
            headers={name.lower(): text for name, text in request.headers.items()},
            body=request.read(),
            at=self._clock.monotonic(),
            now=self._clock.now(),
        )
        self.sent.append(sent)
        self._strange += self._wrongs(sent)
        reaction = reactions.pop(0) if len(reactions) > 1 else reactions[0]
        match reaction:
            case Broken(error=name):
                raise getattr(self._library, name)("the mock breaks the connection")
            case Answer():
                headers = {"content-type": reaction.media_type, **reaction.headers}
                return httpx.Response(reaction.status, headers=headers, content=reaction.content)

    def _wrongs(self, sent: Sent) -> Iterator[str]:
        """Say what of a request is not as documented, whatever it asks."""
        if sent.operation != "file":
            yield from access.wrongs(self._subject.provider, self._subject.model, self._way, sent)
        elif places := access.places(sent):
            yield f"a file was asked for with the key in {places}"


def calls(subject: Subject, job_id: str) -> dict[tuple[str, str], Operation]:
    """Return the documented calls: verb and address -> what it is."""
    model = subject.model
    base_url = access.base_url(subject.provider)
    found: dict[tuple[str, str], Operation] = {}

    def note(operation: Operation, documented: ir.Operation | None) -> None:
        if documented is not None:
            verb, path = documented.call.split(" ", 1)
            path = path.replace("{model}", quote(model.id, safe="")).replace("{id}", quote(job_id, safe=""))
            found[verb, base_url + access.filled(subject.provider, path)] = operation

    if model.job is not None:
        note("submit", model.job.submit)
        note("poll", model.job.poll)
        note("collect", model.job.collect)
    note("immediate", None if model.immediate is None else model.immediate.operation)
    return found


def _shown(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}{url.raw_path.decode()}"
