"""A provider to believe in: it works on several jobs, keeps books of what it took on, and things go wrong on the way.

A paid request is accepted when the provider has processed it, whatever becomes of the reply.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from unittest import mock

import httpx

from harness import faults, provider_mock, switchboard
from harness.faults import Drop, Fault, Half, Page, Stop
from harness.moments import Moments
from harness.provider_mock import CORES, Library, Sent
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import documented, documented_calls
from proviso.answers.documented import Answer, Broken, Reaction
from proviso.answers.documented_calls import Operation
from proviso.answers.made import Made
from proviso.answers.scripts import Script
from proviso.drawing.at_once import Answering
from proviso.drawing.transcripts import Transcript
from proviso.oracle import access

_TAKES = 0.05  # seconds of an exchange that goes well
PAID: tuple[Operation, ...] = ("submit", "immediate")


@dataclass(kw_only=True, eq=False)
class Deal:
    """A paid call of a user, in the provider's books.

    life: that of its job, if it is one; answering: what it answers at once, if not.
    received: the requests that came whole or in part. accepted: those that were processed.
    doubtful: the caller cannot know whether one was. risky: the requests that came after that.
    told: the id of the job, or the results, went out and came in whole. shown: a poll told how the job ended.
    """

    params: Params
    life: Transcript | None = None
    answering: Answering | None = None
    script: Script
    received: int = 0
    accepted: int = 0
    risky: int = 0
    doubtful: bool = False
    told: bool = False
    shown: bool = False
    polls: int = 0

    @property
    def made(self) -> Sequence[Made]:
        """The results that come of it."""
        return self.life.made if self.life is not None else self.answering.made if self.answering is not None else ()

    @property
    def id(self) -> str:
        """The id of the job."""
        assert self.life is not None
        return self.life.id


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that came. answered: when its reply went out. wait: the seconds that the reply asks for."""

    deal: Deal
    sent: Sent
    answered: float
    wait: float | None
    usable: bool


@dataclass(kw_only=True)
class Believable:
    """A provider with its books. pending: the deal that a user is about to make. troubles: numbers of faults to come."""

    subject: Subject
    library: Library
    awaited: bool
    clock: Moments
    deals: list[Deal] = field(default_factory=list[Deal])
    asked: list[Asked] = field(default_factory=list[Asked])
    strange: list[str] = field(default_factory=list[str])
    pending: Deal | None = None
    troubles: list[int] = field(default_factory=list[int])

    @contextmanager
    def open(self) -> Iterator[None]:
        """Answer every request until the block ends."""
        chosen = mock.patch("uuid.uuid4", side_effect=self._chosen)
        with switchboard.put_through(CORES[self.library], self._answer), chosen:
            yield

    @property
    def is_idempotent(self) -> bool:
        """Whether the same request, sent again, starts nothing new."""
        return self.subject.model.resend_for is not None

    @property
    def way(self) -> ir.Way:
        """How it wants to be shown the key."""
        return self.subject.provider.auth[0]

    def _chosen(self) -> object:
        job = self.subject.model.job
        if job is None or job.id != ir.CHOSEN_ID or self.pending is None or self.pending.life is None:
            return uuid.UUID(int=len(self.asked) + len(self.deals) + 2**100, version=4)
        return uuid.UUID(self.pending.id)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = provider_mock.shown(request.url)
        found = self._found(request.method, url, request)
        if found is None:
            self.strange.append(f"{request.method} {url} is no documented call")
            return httpx.Response(501)
        deal, operation, right = found
        timeout = request.extensions["timeout"]
        sent = Sent(
            operation=operation,
            verb=request.method,
            url=url,
            headers={name.lower(): text for name, text in request.headers.items()},
            body=request.read(),
            at=self.clock.monotonic(),
            now=self.clock.now(),
            patience=timeout["read"],
        )
        self.strange += provider_mock.wrongs(self.subject, self.way, sent, keyed=deal.script.keyed)
        fault = self._fault(operation)
        if operation in PAID:
            self._book(deal, fault)
        self._let_pass(fault, timeout)
        wait = fault.retry_after if isinstance(fault, Page) else None
        usable = fault is None and right.status < 300
        self.asked.append(Asked(deal=deal, sent=sent, answered=self.clock.monotonic(), wait=wait, usable=usable))
        if fault is None:
            self._tell(deal, operation)
        return self._reply(right, fault)

    def _book(self, deal: Deal, fault: Fault | None) -> None:
        """Write down what becomes of a paid request."""
        if isinstance(fault, Drop) and not fault.leaves:
            return
        if isinstance(fault, Stop) and fault.when == "before":
            deal.doubtful = True
            return
        deal.received += 1
        if deal.accepted and self.is_idempotent:
            return  # it is the same job
        deal.risky += deal.doubtful and not self.is_idempotent
        deal.accepted += fault.processed if isinstance(fault, Drop | Page) else True
        deal.doubtful = deal.doubtful or fault is None or faults.is_doubtful(self.subject, fault)

    def _tell(self, deal: Deal, operation: Operation) -> None:
        if operation in PAID:
            deal.told = True
        elif operation == "poll" and deal.accepted:
            deal.polls += 1
            deal.shown = deal.polls >= len(deal.script.polls)

    def _let_pass(self, fault: Fault | None, timeout: dict[str, float]) -> None:
        match fault:
            case Drop(error=name) | Half(error=name):
                waited = {"ConnectTimeout": "connect", "PoolTimeout": "pool", "WriteTimeout": "write"}
                waited["ReadTimeout"] = "read"
                self.clock.pass_by(timeout[waited[name]] if name in waited else _TAKES)
            case _:
                self.clock.pass_by(_TAKES)

    def _reply(self, right: Answer, fault: Fault | None) -> httpx.Response:
        match fault:
            case None:
                return provider_mock.response(right, self.library)
            case Drop(error=name):
                raise getattr(importlib.import_module(self.library), name)("the connection breaks")
            case Page(answer=answer):
                return provider_mock.response(answer, self.library)
            case Half(error=name):
                content = b"".join(right.chunks) or right.content
                half = replace(right, content=b"", chunks=(content[: len(content) // 2],), breaks=name)
                return provider_mock.response(half, self.library)
            case Stop():
                # As Ctrl-C does, or the end of a task.
                raise asyncio.CancelledError if self.awaited else KeyboardInterrupt

    def _fault(self, operation: Operation) -> Fault | None:
        number = self.troubles.pop(0) if self.troubles else 0
        if number == 0:
            return None
        known = faults.of_paid(self.subject) if operation in PAID else faults.of_free(self.subject, operation)
        return known[number % len(known)]

    def _found(self, verb: str, url: str, request: httpx.Request) -> tuple[Deal, Operation, Answer] | None:
        """Return what is asked for: the deal, the call, and the right reply to it."""
        own = access.is_own(self.subject.provider, url)
        for deal in reversed(self.deals):
            file = access.unsigned(self.way, url) if deal.script.keyed and own else url
            if deal.script.files is not None and file in deal.script.files:
                return deal, "file", _right(deal.script.files[file])
        bare = access.bare(self.subject.model, self.way, url) if own else url
        document: object = None
        if request.read() and request.headers.get("content-type") == "application/json":
            document = access.body(self.way, json.loads(request.read()))
        for deal in reversed(self.deals):
            for call, right in _calls(self.subject, deal):
                if call.operation in PAID and deal is not self.pending:
                    continue
                if call.is_meant(verb, bare, document):
                    return deal, call.operation, right
        return None


def _calls(subject: Subject, deal: Deal) -> Iterator[tuple[documented_calls.Call, Answer]]:
    script, job_id = deal.script, deal.script.job_id
    right: dict[Operation, Sequence[Reaction | None]] = {
        "submit": [script.submit],
        "immediate": [script.immediate],
        "poll": script.polls[min(deal.polls, len(script.polls) - 1) :],
        "collect": script.collects,
        "cancel": script.cancels,
    }
    for call in documented_calls.calls(subject, job_id=job_id, links=script.links):
        answers = right[call.operation]
        if answers and answers[0] is not None:
            gone = call.operation not in PAID and not deal.accepted
            yield call, Answer(status=404, content=b"{}") if gone else _right(answers[0])
    for file, answer in script.resolves.items():
        for call in documented_calls.calls(subject, job_id=job_id, links=script.links, files=[file]):
            if call.operation == "resolve":
                yield call, _right(answer)


def _right(reaction: Reaction) -> Answer:
    assert not isinstance(reaction, Broken)
    return reaction


def job(subject: Subject, life: Transcript, params: Params, *, number: int) -> Deal:
    """Make a deal whose job has an id and addresses that no other has. number: of the deals before it."""
    own: object = life.job_id
    if isinstance(own, int):
        own = own * 64 + number
    elif subject.model.job is not None and subject.model.job.id == ir.CHOSEN_ID:
        own = str(uuid.UUID(int=uuid.UUID(str(own)).int ^ number, version=4))
    else:
        own = f"{own}-{number}"
    links = {what: f"{address}/{number}" for what, address in life.links.items()}
    life = replace(life, job_id=own, links=links)
    script = life.script(subject, files=life.files)
    heard = [one for one in subject.model.replies if one.of == "cancel" and one.status < 300]
    cancels = [*(documented.answer(one, one.body) for one in heard), Answer(status=200, content=b"{}")]
    return Deal(params=params, life=life, script=replace(script, cancels=cancels))


def at_once(answering: Answering, params: Params, subject: Subject) -> Deal:
    """Make a deal that is answered at once."""
    return Deal(params=params, answering=answering, script=answering.script(subject))
