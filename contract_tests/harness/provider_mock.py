"""A mock of a documented provider: it knows the documented calls, plays scripted replies and records requests."""

from __future__ import annotations

import importlib
import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from unittest import mock

import httpx

from harness import keys, mockers, switchboard
from harness.subjects import Subject
from proviso import ir
from proviso.answers import documented_calls
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.answers.scripts import Script
from proviso.oracle import access, proofs
from proviso_runtime.clock import Clock

Library = Literal["httpx", "httpx2"]
Operation = documented_calls.Operation

CORES: dict[Library, str] = {"httpx": "httpcore", "httpx2": mockers.HTTPCore2Mocker.name}


@dataclass(frozen=True, kw_only=True)
class Sent(proofs.Call):
    """A request as it left, the documented call that it is, and when: seconds on the clock.

    patience: seconds that its reply may take.
    """

    operation: Operation
    at: float
    patience: float


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
        self._keyed = script.keyed
        self._left: dict[Operation, list[Reaction]] = {
            "submit": [] if script.submit is None else [*script.first, script.submit],
            "poll": list(script.polls),
            "collect": list(script.collects),
            "cancel": list(script.cancels),
            "immediate": [] if script.immediate is None else [*script.first, script.immediate],
            "resolve": list(script.resolves.values()),
        }
        self._subject = subject
        self._job_ids = script.job_ids or ([script.job_id] if script.job_id else [])
        self._way = way or subject.provider.auth[0]
        self._calls = documented_calls.calls(
            subject, job_id=script.job_id, links=script.links, files=tuple(script.resolves)
        )
        self._slow = script.slow
        self._strange: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator[ProviderMock]:
        """Answer every request until the block ends; a call that is not documented is an error."""
        with switchboard.put_through(self._using, self._answer), self._chosen_id():
            yield self
        assert not self._strange, f"not as documented: {self._strange}"

    @contextmanager
    def _chosen_id(self) -> Iterator[None]:
        """Let clients that choose the ids of their jobs choose that of the script."""
        job = self._subject.model.job
        if job is None or job.id != ir.CHOSEN_ID or not self._job_ids:
            yield
            return
        with mock.patch("uuid.uuid4", side_effect=itertools.cycle(self._job_ids)):
            yield

    def count(self, *operations: Operation) -> int:
        """Count the requests of some operations."""
        return sum(one.operation in operations for one in self.sent)

    def _operation(self, verb: str, url: str, headers: Mapping[str, str], body: bytes) -> Operation | None:
        own = access.is_own(self._subject.provider, url)
        url = access.bare(self._subject.model, self._way, url) if own else url
        is_json = headers.get("content-type") == "application/json"
        document = access.body(self._way, json.loads(body)) if body and is_json else None
        return next((one.operation for one in self._calls if one.is_meant(verb, url, document)), None)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = shown(request.url)
        file = access.unsigned(self._way, url) if self._keyed and access.is_own(self._subject.provider, url) else url
        operation = (
            "file" if file in self._files else self._operation(request.method, url, request.headers, request.read())
        )
        reactions = [self._files[file]] if operation == "file" else self._left.get(operation or "file", [])
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
            patience=request.extensions["timeout"]["read"],
        )
        self.sent.append(sent)
        self._strange += wrongs(self._subject, self._way, sent, keyed=self._keyed)
        if operation == "submit" and self._slow:
            self._clock.sleep(self._slow)
        reaction = reactions.pop(0) if len(reactions) > 1 else reactions[0]
        match reaction:
            case Broken(error=name):
                raise getattr(self._library, name)("the mock breaks the connection")
            case Answer():
                return response(reaction, self._library.__name__)


def wrongs(subject: Subject, way: ir.Way, sent: Sent, *, keyed: bool) -> Iterator[str]:
    """Say what of a request is not as documented, whatever it asks. keyed: own files want to be shown the key."""
    own = access.is_own(subject.provider, sent.url)
    if own and sent.operation != "file":
        yield from keys.wrongs(subject.provider, subject.model, way, sent)
        return
    if own and keyed:
        yield from keys.unshown(way, sent)
        return
    if places := keys.places(sent):
        yield f"somebody else was shown the key in {places}"
    for one in subject.model.headers:
        if one.name.lower() in sent.headers:
            yield f"somebody else was sent {one.name}"


def response(answer: Answer, library: str) -> httpx.Response:
    """Return a reply as a mocked library takes it."""
    headers = {"content-type": answer.media_type, **answer.headers}
    if answer.chunks or answer.breaks:
        return httpx.Response(
            answer.status, headers=headers, stream=mockers.Pieces(answer.chunks, library, answer.breaks)
        )
    return httpx.Response(answer.status, headers=headers, content=answer.content)


def shown(url: httpx.URL) -> str:
    """Return the address that a request went to."""
    return f"{url.scheme}://{url.netloc.decode()}{url.raw_path.decode()}"
