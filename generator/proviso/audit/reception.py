"""A request on its way to a mock and back: what was asked, what was told, and where the key stood."""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso import ir
from proviso.audit.connection import Incoming, Outgoing
from proviso.audit.record import Door, Record, Seen
from proviso.audit.sites import Site
from proviso.mock import beside, handing
from proviso.mock.asking import Asked
from proviso.mock.books import Books
from proviso.mock.options import Options
from proviso.mock.replying import Reply
from proviso.oracle import proofs
from proviso.oracle.proofs import Call, Keys
from proviso.oracle.subject import Subject

_HARMLESS = ("slow", "billed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What the books count. money: charged and held in all."""

    accepted: int
    money: Decimal
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """How a request came. host: whom it was meant for. target: path and query. shelf: the origin of results."""

    door: Door
    scheme: str
    host: str
    target: str
    shelf: str


class Reception:
    """Leads requests to mocks, and writes down what was seen."""

    def __init__(self, options: Options, record: Record, *, now: Callable[[], float]) -> None:
        self._options = options
        self._record = record
        self._now = now
        self._laters = {
            f"{one.where}:{one.status}": math.ceil(options.clock.real(one.seconds))
            for one in options.faults
            if one.status is not None and one.seconds
        }

    async def receive(
        self, asked: Incoming, site: Site, visitor: Visitor, *, given: Callable[[Site, bytes], None]
    ) -> Outgoing:
        """Answer a request. given: told of every reply, in which addresses may stand."""
        own = Asked(
            verb=asked.verb,
            target=visitor.target,
            headers=asked.headers,
            body=asked.body,
            origin=f"{visitor.scheme}://{visitor.host}",
            shelf=visitor.shelf,
        )
        at = self._now()
        if site.part == "results" and not own.path.startswith(f"{handing.FILES}/"):
            return Outgoing(status=404, content=b"There is no such file.\n", headers=(("content-type", "text/plain"),))
        books = site.mock.desks[site.provider.name].books
        before = _counted(books)
        reply = site.mock.answer(own)
        after = _counted(books)
        if reply.breaks is None:
            given(site, reply.answer.content if reply.answer.media_type.endswith("json") else b"")
        if reply.entry is not None:
            seen = self._seen(own, site, visitor, reply=reply, at=at)
            self._record.seen.append(replace(seen, accepted=_accepted(before, after), cost=_cost(before, after)))
        if reply.breaks != "hang":
            await asyncio.sleep(reply.wait)
        answer = reply.answer
        headers = (*answer.headers.items(), ("content-type", answer.media_type))
        return Outgoing(status=answer.status, content=answer.content, headers=headers, breaks=reply.breaks)

    def _seen(self, own: Asked, site: Site, visitor: Visitor, *, reply: Reply, at: float) -> Seen:
        desk = site.mock.desks[site.provider.name]
        assert reply.entry is not None
        # What is told of a request tells no key, wherever a program has put it.
        entry = replace(reply.entry, path=reply.entry.path.replace(self._options.key, "***"))
        job = None if entry.job is None else desk.orders.find(entry.job)
        model = next((one for one in site.provider.models if one.name == entry.model), None)
        fault = entry.fault or ""
        whole = reply.breaks is None and (not fault or fault.partition(":")[2] in _HARMLESS)
        return Seen(
            entry=entry,
            at=at,
            until=at + reply.wait,
            door=visitor.door,
            host=visitor.host,
            subject=None if model is None else Subject(provider=site.provider, model=model),
            job=job,
            phase=None if job is None else job.phase,
            heard=whole,
            content=hashlib.sha256(own.body).hexdigest(),
            fresh=None if model is None else beside.fresh(model, own),
            later=self._laters.get(fault),
            astray=tuple(self._astray(own, site, visitor)),
        )

    def _astray(self, own: Asked, site: Site, visitor: Visitor) -> Iterator[str]:
        """Say where the key stands although it should not."""
        call = Call(verb=own.verb, url=own.url, headers=own.headers, body=own.body, now=time.time())
        shown = proofs.places(call, Keys(key=self._options.key, secret=self._options.secret))
        if not shown:
            return
        documented = {place for way in site.provider.auth for place in proofs.documented_places(way, call)}
        yield from (
            f"in the address ({place})" for place in sorted(shown - documented) if place == "path" or place[0] == "?"
        )
        if site.part == "results" and not _shows_key_for_results(site.provider):
            yield f"to {visitor.host}, which serves results"
        elif site.secure and visitor.scheme == "http":
            yield f"to {visitor.host} without TLS"


def _counted(books: Books) -> _Counted:
    account = books.account
    return _Counted(
        accepted=books.accepted,
        money=account.charged + account.held,
        unknown=account.unknown,
    )


def _accepted(before: _Counted, after: _Counted) -> bool:
    """Say whether a request started something that costs money."""
    return after.accepted > before.accepted or after.money > before.money or after.unknown > before.unknown


def _cost(before: _Counted, after: _Counted) -> Decimal | None:
    """Return what a request costs at most; None where no document says it."""
    return after.money - before.money if after.money > before.money else None


def _shows_key_for_results(provider: ir.Provider) -> bool:
    """Say whether the documents want the key to be shown for the file of a result."""
    return any(place.with_key for model in provider.models for place in model.places)
