"""One provider at work: every request is held against its documents, and answered as they say."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from proviso import ir
from proviso.answers.documented import Answer
from proviso.mock import handing, pricing, refusals, waiting
from proviso.mock.accounts import Accounts
from proviso.mock.adapting import Stage
from proviso.mock.asking import Asked
from proviso.mock.books import Books
from proviso.mock.counter import Counter
from proviso.mock.faults import Fault, Faults
from proviso.mock.jobs import Job
from proviso.mock.options import Options
from proviso.mock.orders import Orders
from proviso.mock.pictures import CannotDraw
from proviso.mock.refusals import Refusal
from proviso.mock.replying import Noted, Reply, Visit
from proviso.mock.routes import PAID, Met, Routes
from proviso.mock.told import Teller
from proviso.mock.turns import Turns
from proviso.oracle import proofs
from proviso.oracle.proofs import Call, Keys

_PAGE = Answer(status=200, content=b"<html><body>One moment please</body></html>", media_type="text/html")

_SLACK = 300.0  # seconds that the clock of a customer may be off


class Desk:
    """A provider that answers. prefix: what stands before its paths at the mock."""

    def __init__(self, provider: ir.Provider, options: Options, *, prefix: str = "") -> None:
        self.provider = provider
        self.prefix = prefix
        self.books = Books(provider.name, Accounts(pricing.currency(provider), balance=options.balance))
        self._options = options
        self.faults = Faults(options.faults, share=options.share, chance=random.Random(options.seed))
        self._routes = Routes(provider)
        self._turns = Turns(provider)
        self._keys = Keys(key=options.key, secret=options.secret)
        self.orders = Orders(provider, options, self.books, self.faults)
        self.teller = Teller(provider, self.books.accounts)

    def fail(self, fault: Fault) -> None:
        """Let something go wrong from now on."""
        self.faults.add(fault)

    def answer(self, asked: Asked) -> Reply:
        """Answer a request."""
        now = self._options.clock.now()
        self.orders.tick(now)
        noted = Noted()
        own = replace(asked, target=asked.target.removeprefix(self.prefix)) if self.prefix else asked
        try:
            fault, reply = self._worked(Visit(asked=asked, own=own, now=now, noted=noted))
        except CannotDraw as unable:
            noted.remark = str(unable)
            fault, reply = (
                None,
                Reply(answer=Answer(status=501, content=f"{unable}\n".encode(), media_type="text/plain")),
            )
        entry = self.books.write(
            at=now,
            verb=asked.verb,
            path=asked.path,
            operation=noted.operation,
            model=noted.model,
            status=None if reply.breaks in ("close", "hang") else reply.answer.status,
            job=noted.job,
            fault=None if fault is None else f"{fault.where}:{fault.status or fault.what}",
            remark=noted.remark,
        )
        return replace(reply, entry=entry)

    def stage(self, job: Job, *, now: float, origin: str) -> Stage:
        """Return what replies about a job are made with. origin: of the mock, as the customer reaches it."""
        here = origin + self.prefix
        home, told = here + self.orders.base, self.teller.of_job(job, now)
        return Stage(origin=here, shelf=here, home=home, told=told, draw=self._options.draw)

    def _worked(self, visit: Visit) -> tuple[Fault | None, Reply]:
        own, noted = visit.own, visit.noted
        if own.path.startswith(f"{handing.FILES}/"):
            noted.operation = "file"
            fault = self.faults.next("file")
            return fault, self._through(fault, lambda: self._file(visit))
        met = self._routes.met(own)
        if not met:
            return None, Reply(answer=self._strange(visit))
        noted.operation, noted.model = met[0].route.operation, met[0].route.subject.model.name
        noted.job = met[0].places.get("id")
        fault = self.faults.next(met[0].route.operation)
        reply = self._through(fault, lambda: self._called(visit, met, fault))
        return fault, replace(reply, wait=reply.wait + noted.wait) if noted.wait else reply

    def _through(self, fault: Fault | None, work: Callable[[], Answer]) -> Reply:
        """Do the work, as far as what goes wrong lets it be done."""
        if fault is None or fault.what == "billed":
            return Reply(answer=work())
        real = self._options.clock.real(fault.seconds)
        match fault.what:
            case "status":
                means = next((word for word, status in refusals.USUAL.items() if status == fault.status), "server")
                later = self._later(fault.seconds) if fault.seconds else {}
                refusal = Refusal(
                    means=means, message="This goes wrong on purpose.", status=fault.status, headers=later
                )
                return Reply(answer=refusals.answer(self.provider, None, refusal))
            case "drop":
                return Reply(answer=Answer(), breaks="close")
            case "garbage":
                work()
                return Reply(answer=_PAGE)
            case "lost":
                return Reply(answer=work(), breaks="close")
            case "half":
                return Reply(answer=work(), breaks="half")
            case "hang":
                return Reply(answer=work(), wait=real, breaks="hang")
            case _:
                return Reply(answer=work(), wait=real)

    def _called(self, visit: Visit, met: list[Met], fault: Fault | None) -> Answer:
        route = met[0].route
        model = route.subject.model
        visit.noted.model = model.name
        way = self._way(visit)
        if way is None:
            return self._no(visit, Refusal(means="unauthorized", message="The key is not known."), met)
        wait = self._turns.wait(route.operation, model.name, visit.now, running=self.orders.running)
        if wait is not None:
            refusal = Refusal(means="rate-limited", message="Too many requests.", headers=self._later(wait))
            return self._no(visit, refusal, met)
        counted = Counter(
            orders=self.orders,
            teller=self.teller,
            options=self._options,
            prefix=self.prefix,
            visit=visit,
        )
        answer = counted.paid(met, way) if route.operation in PAID else counted.free(met)
        if isinstance(answer, Answer):
            return answer
        billed = fault is not None and fault.what == "billed"
        if route.operation in PAID and (billed or refusals.billed(model.errors, answer.means)):
            self.books.account.settle(hold=None, charge=self._options.price or Decimal("0.01"))
        return self._no(visit, answer, met)

    def _no(self, visit: Visit, refusal: Refusal, met: list[Met]) -> Answer:
        visit.noted.remark = refusal.message
        route = met[0].route
        answer = refusals.answer(self.provider, route.subject.model, refusal, operation=route.operation)
        return replace(answer, headers={**self.teller.headers(), **answer.headers})

    def _strange(self, visit: Visit) -> Answer:
        """Refuse what is no documented call."""
        verbs = self._routes.verbs(visit.own)
        visit.noted.remark = f"documented with {', '.join(verbs)}" if verbs else "no documented call"
        if self._way(visit) is None:
            refusal = Refusal(means="unauthorized", message="The key is not known.")
        elif visit.own.verb in verbs:
            visit.noted.remark = "the query is not as documented"
            refusal = Refusal(means="invalid", message="The query is not as documented.")
        elif verbs:
            refusal = Refusal(
                means="method-not-allowed", message=f"Use {' or '.join(verbs)}.", headers={"Allow": ", ".join(verbs)}
            )
        else:
            refusal = Refusal(means="not-found", message="There is no such call.")
        return refusals.answer(self.provider, None, refusal)

    def _way(self, visit: Visit) -> ir.Way | None:
        """Return the documented way in which a request shows the right key."""
        asked = visit.asked
        call = Call(
            verb=asked.verb,
            url=asked.url,
            headers=asked.headers,
            body=asked.body,
            now=self._options.clock.outside(),
            slack=_SLACK,
        )
        return next((way for way in self.provider.auth if proofs.shows(way, call, self._keys)), None)

    def _later(self, wait: float) -> dict[str, str]:
        """Return the headers that say when to come again, in real seconds."""
        clock = self._options.clock
        return waiting.headers(self.provider, math.ceil(clock.real(wait)), now=clock.outside())

    def _file(self, visit: Visit) -> Answer:
        token, _, name = visit.own.path.removeprefix(f"{handing.FILES}/").partition("/")
        work = self.orders.work(token, name.partition(".")[0])
        if work is None:
            return Answer(status=404, content=b"This file is not here, or no longer.", media_type="text/plain")
        if self.orders.is_keyed(token) and self._way(visit) is None:
            return Answer(status=403, content=b"This file wants to be shown the key.", media_type="text/plain")
        self.orders.fetched(token, work.number)
        return Answer(content=self._options.draw(work), media_type=work.media_type)
