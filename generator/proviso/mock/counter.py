"""What becomes of a request that shows the key: it is read, taken on or refused, and told how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from proviso import ir
from proviso.answers import courses, documented, planting
from proviso.answers.documented import Answer
from proviso.mock import beside, handing, orders, receiving, refusals, replies, settings
from proviso.mock.adapting import Stage, Told
from proviso.mock.at_once import AtOnce
from proviso.mock.jobs import Job
from proviso.mock.options import Options
from proviso.mock.pricing import Terms
from proviso.mock.refusals import Refusal
from proviso.mock.remembering import remembered
from proviso.mock.replying import Visit
from proviso.mock.routes import Met, Route
from proviso.mock.told import Teller
from proviso.oracle import bodies, wire_reading
from proviso.oracle.subject import Params, Subject
from proviso.oracle.wire_reading import Read

Outcome: TypeAlias = Answer | Refusal

_GONE = Refusal(means="not-found", message="There is no such job, or no longer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """A paid request that keeps every limit. fresh: the UUID that it carries."""

    met: Met
    reads: tuple[Read, ...]
    fresh: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A provider that serves one request."""

    orders: orders.Orders
    teller: Teller
    options: Options
    prefix: str
    visit: Visit

    def paid(self, met: Sequence[Met], way: ir.Way) -> Outcome:
        """Serve a call that costs money."""
        order = self._order(met, way)
        if isinstance(order, Refusal):
            return order
        subject = order.met.route.subject
        self.visit.noted.model = subject.model.name
        fresh = [one for one in order.fresh if one is not None]
        known = [self.orders.again.get(subject.model.name, one, now=self.visit.now) for one in fresh]
        if known and known[0] is not None:
            self.visit.noted.remark = "sent again"
            return known[0] if isinstance(known[0], Answer) else self._accepted(subject, known[0])
        terms = self._terms(order)
        if not self.orders.cashier.can_hold(terms):
            return Refusal(means="out-of-credit", message="There is not enough credit for this.")
        if order.met.route.operation == "submit":
            return self._submitted(subject, order, terms)
        outcome = self._at_once(subject, order, terms[0])
        if isinstance(outcome, Answer):
            self._remember(subject, fresh, outcome)
        return outcome

    def free(self, met: Sequence[Met]) -> Outcome:
        """Serve a call about a job, or about the file of a result."""
        if met[0].route.operation == "resolve":
            return self._resolved(met[0])
        found = [(one.route, self.orders.find(one.places.get("id", ""))) for one in met]
        route, job = next(((route, job) for route, job in found if job and job.subject is route.subject), (None, None))
        if route is None or job is None:
            return self._gone(met[0].route)
        self.visit.noted.job, self.visit.noted.model = job.id, job.subject.model.name
        self.orders.advance(job, self.visit.now)
        match route.operation:
            case "poll":
                answer = replies.polled(job, self._stage(job))
                job.polls += 1
                return answer
            case "collect":
                return replies.collected(job, self._stage(job))
            case _:
                return self._cancelled(job)

    def _order(self, met: Sequence[Met], way: ir.Way) -> _Order | Refusal:
        """Read a request; where models share the call, as the model that it suits best."""
        tried: list[tuple[int, _Order]] = []
        for one in met:
            model = one.route.subject.model
            try:
                document = receiving.document(model, way, self.visit.asked)
            except receiving.WrongBody as unread:
                return Refusal(means="invalid", message=str(unread))
            given = beside.params(model, self.visit.own, one.places)
            reads = wire_reading.read(model, document, given)
            fresh = tuple(self._fresh(one.route.subject, document, read, number) for number, read in enumerate(reads))
            tried.append((sum(_weight(read) for read in reads), _Order(met=one, reads=reads, fresh=fresh)))
        _, order = min(tried, key=lambda pair: pair[0])
        wrong = tuple(one for read in order.reads for one in read.wrong)
        if wrong:
            self.visit.noted.model = order.met.route.subject.model.name
            return Refusal(means="invalid", message=refusals.says(wrong), wrong=wrong)
        return order

    def _fresh(self, subject: Subject, document: object, read: Read, number: int) -> str | None:
        model = subject.model
        if isinstance(model.body, ir.Many):
            document = [document[number]] if isinstance(document, list) and number < len(document) else None
        for spot in _chosen_uuids(subject, read.params):
            found = bodies.found(document, spot)
            if isinstance(found, str):
                return found
        return beside.fresh(model, self.visit.own)

    def _terms(self, order: _Order) -> list[Terms]:
        subject = order.met.route.subject
        told = settings.told(subject.provider, self.visit.own, order.met.places)
        cashier, now = self.orders.cashier, self.visit.now
        return [cashier.terms(subject, read.params, settings=told, now=now) for read in order.reads]

    def _submitted(self, subject: Subject, order: _Order, terms: Sequence[Terms]) -> Outcome:
        chosen = courses.job(subject).id == ir.CHOSEN_ID
        if chosen and any(one is not None and self.orders.find(one) is not None for one in order.fresh):
            return Refusal(means="conflict", message="There is a job with this id.")
        jobs = tuple(
            self.orders.accept(
                subject, read.params, one, fresh=fresh, now=self.visit.now, origin=self.visit.asked.origin
            )
            for read, fresh, one in zip(order.reads, order.fresh, terms, strict=True)
        )
        self._remember(subject, [one for one in order.fresh if one is not None], jobs)
        return self._accepted(subject, jobs)

    def _remember(self, subject: Subject, fresh: Sequence[str], outcome: Answer | tuple[Job, ...]) -> None:
        lasts = subject.model.resend_for
        for one in fresh if lasts is not None else ():
            self.orders.again.put(subject.model.name, one, outcome, until=self.visit.now + float(lasts or 0))

    def _accepted(self, subject: Subject, jobs: Sequence[Job]) -> Answer:
        job = jobs[0]
        self.visit.noted.job = job.id
        if isinstance(subject.model.body, ir.Many):
            told = [self.teller.of_job(one, self.visit.now) for one in jobs]
            answer = replies.all_accepted(subject, jobs, self._stage(job), told)
            return replace(answer, headers={**answer.headers, **self.teller.headers()})
        waits = self._patience(subject)
        if waits is None or self.options.clock.by_poll:
            stage = self._stage(job)
            answer = replies.accepted(job, stage)
        else:
            # The customer waits, and is told how far the job is by then.
            until = min(job.submitted + job.life.lasts, self.visit.now + waits)
            self.visit.noted.wait = self.options.clock.real(max(until - self.visit.now, 0))
            self.orders.advance(job, until)
            stage = self._stage(job)
            answer = replies.accepted_late(job, stage)
        headers = self.teller.headers(courses.job(subject).submit, stage.told)
        return replace(answer, headers={**answer.headers, **headers}) if headers else answer

    def _patience(self, subject: Subject) -> float | None:
        """Return how many seconds the customer wants to wait for the end."""
        wait = courses.job(subject).wait
        if wait is None:
            return None
        given = (
            self.visit.own.headers.get(wait.name.lower())
            if wait.where == "header"
            else dict(self.visit.own.query).get(wait.name)
        )
        before, _, after = wait.value.partition("{seconds}")
        if given is None or not (given.startswith(before) and given.endswith(after)):
            return None
        number = given.removeprefix(before).removesuffix(after)
        return min(float(number), float(wait.most)) if number.replace(".", "", 1).isdecimal() else None

    def _at_once(self, subject: Subject, order: _Order, terms: Terms) -> Outcome:
        request = AtOnce(
            subject=subject,
            params=order.reads[0].params,
            terms=terms,
            orders=self.orders,
            teller=self.teller,
            staged=self._staged,
            now=self.visit.now,
        )
        return request.served()

    def _cancelled(self, job: Job) -> Outcome:
        if job.has_ended:
            return Refusal(means="conflict", message="The job has ended already.")
        self.orders.stop(job, self.visit.now)
        return replies.cancelled(job, self._stage(job))

    def _resolved(self, met: Met) -> Outcome:
        token, _, number = met.places.get("file", "").rpartition("-")
        work = self.orders.work(token, number)
        place = met.route.at
        if work is None or place is None or place.resolve is None:
            return self._gone(met.route)
        at = place.resolve.at
        shown = (one for one in met.route.subject.model.replies if one.of == "resolve")
        witness = next(one for one in shown if planting.has(at, one.body))
        url = handing.address(work, token=token, origin=self._shelf)
        return documented.answer(witness, planting.planted(at, witness.body, url))

    def _gone(self, route: Route) -> Refusal:
        job = route.subject.model.job
        call = None if job is None else {"poll": job.poll, "collect": job.collect}.get(route.operation)
        return replace(_GONE, status=call.expired[0] if call is not None and call.expired else None)

    def _stage(self, job: Job) -> Stage:
        return self._staged(self.teller.of_job(job, self.visit.now))

    def _staged(self, told: Told) -> Stage:
        origin = self.visit.asked.origin + self.prefix
        home = origin + self.orders.base
        return Stage(origin=origin, shelf=self._shelf, home=home, told=told, draw=self.options.draw)

    @property
    def _shelf(self) -> str:
        asked = self.visit.asked
        return (asked.origin if asked.shelf is None else asked.shelf) + self.prefix


@remembered
def _chosen_uuids(subject: Subject, params: Params) -> tuple[bodies.Spot, ...]:
    """Return where a body carries a UUID of the client's."""
    return tuple(bodies.leaves(bodies.arm(subject.model, params), ir.Fresh))


def _weight(read: Read) -> int:
    """Say how badly a request suits a model: what names another one counts more than what is merely wrong."""
    return sum(100 if one.rule == "const" else 1 for one in read.wrong)
