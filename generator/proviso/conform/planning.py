"""Which requests are worth their money: the fewest and cheapest that show the most of what is still open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from proviso.conform import costs, demands, probes, samples
from proviso.conform.demands import Demand
from proviso.conform.facts import Fact
from proviso.conform.probes import Probe
from proviso.conform.samples import Held
from proviso.oracle.exact import same
from proviso.oracle.subject import Params, Subject

_FREE = Decimal("0.000001")  # in place of no price at all, to divide by


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be asked of a provider, in this order."""

    free: tuple[Probe, ...]
    paid: tuple[Probe, ...]

    @property
    def all(self) -> tuple[Probe, ...]:
        """Every probe."""
        return (*self.free, *self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Params that show something. cost: None where no document says it."""

    params: Params
    facts: frozenset[str]
    cost: Decimal | None
    weight: int

    @property
    def worth(self) -> tuple[bool, Decimal]:
        """What is won for the money; what has no known price comes last."""
        if self.cost is None:
            return False, Decimal(self.weight)
        return True, self.weight / max(self.cost, _FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans requests to one model.

    facts: those that are asked for. base: params that are changed. avoid: what is known to be refused, each a few values
    that a request must not have together.
    """

    subject: Subject
    facts: Mapping[str, Fact]
    currency: str
    base: Params
    avoid: tuple[Demand, ...] = field(default=())

    def requests(self, done: Collection[str]) -> tuple[Probe, ...]:
        """Return requests that show together what is open, the one that shows most for its money first.

        done: facts that need no request any more.
        """
        wanted = {key for key, one in self.facts.items() if is_shown(one) and key not in done}
        todo = [one for one in demands.of(self.subject) if one.facts & wanted]
        found: list[Probe] = []
        while todo:
            offers = [self._offer(seed, todo, wanted) for seed in self._seeds(todo)]
            best = max((one for one in offers if one.facts), key=lambda one: one.worth, default=None)
            if best is None:
                break
            found.append(self._probe(best.params, best.facts))
            wanted -= best.facts
            todo = [one for one in todo if one.facts & wanted]
        others = probes.operations(self.subject)[1:]
        if not found and self._any_shows(done, lambda what: not what.startswith(("parameters.", *others))):
            found.append(self._probe(self.base, frozenset()))
        apart = [other for other in others if self._any_shows(done, partial(_begins, other))]
        return (*found, *(self._probe(self.base, frozenset(), operation=other) for other in apart))

    def changed(self, params: Params, held: Held) -> Params | None:
        """Return params with other values, as far as that keeps all rules and has nothing that is known to be refused."""
        found = samples.changed(self.subject, params, held)
        return None if found is None or any(one.is_met(found) for one in self.avoid) else found

    def cost(self, params: Params) -> Decimal | None:
        """Return the most that params cost."""
        return costs.most(self.subject, params, self.currency)

    def _probe(self, params: Params, facts: frozenset[str], *, operation: probes.Operation | None = None) -> Probe:
        paid = operation or probes.operations(self.subject)[0]
        return probes.request(self.subject, params, facts, self.currency, operation=paid)

    def _any_shows(self, done: Collection[str], fits: Callable[[str], bool]) -> bool:
        """Tell whether something is open that any accepted request shows."""
        own = (self.subject.provider.name, f"{self.subject.provider.name}/{self.subject.model.name}")
        return any(
            one.title in own and is_shown(one) and fits(one.what) and key not in done for key, one in self.facts.items()
        )

    def _seeds(self, todo: list[Demand]) -> list[Demand]:
        """Return the first demand of every price: those of one price can be met together as well by any of them."""
        found: dict[Decimal | None, Demand] = {}
        for one in todo:
            params = self.changed(self.base, one.held)
            if params is not None:
                found.setdefault(self.cost(params), one)
        return list(found.values())

    def _offer(self, seed: Demand, todo: list[Demand], wanted: Collection[str]) -> Offer:
        """Meet as many demands as fit together and cost no more than the first of them."""
        held = dict(seed.held)
        params = self.changed(self.base, held) or {}
        cost = self.cost(params)
        for one in todo:
            if one is seed or any(name in held and not _is_one(held[name], value) for name, value in one.held.items()):
                continue
            more = self.changed(params, {**held, **one.held})
            if more is not None and _is_no_dearer(self.cost(more), cost):
                params, held = more, {**held, **one.held}
        shown = demands.met(self.subject, params) & set(wanted)
        return Offer(
            params=params, facts=frozenset(shown), cost=cost, weight=sum(self.facts[one].weight for one in shown)
        )


def is_shown(fact: Fact) -> bool:
    """Tell whether an accepted request can show a fact, or its half."""
    return "inside" in fact.needs and fact.closed is None


def plan(subjects: Iterable[Subject], facts: Mapping[str, Fact], currency: str) -> Plan:
    """Return what settles facts of some models when all goes as documented."""
    listed = tuple(subjects)
    done: set[str] = set()
    requests: list[Probe] = []
    for subject in listed:
        planner = Planner(subject=subject, facts=facts, currency=currency, base=samples.usual(subject))
        for one in planner.requests(done):
            requests.append(one)
            done |= one.facts
    found = Plan(free=(), paid=tuple(requests))
    return Plan(free=_free(found, listed, facts, currency), paid=found.paid)


def base(planned: Plan, subject: Subject) -> Params:
    """Return the params of which mutants are changes: those of the first request, so that it shows that they are right."""
    first = next((one.params for one in planned.paid if one.subject is subject), None)
    return first or samples.usual(subject)


def _free(planned: Plan, subjects: Iterable[Subject], facts: Mapping[str, Fact], currency: str) -> tuple[Probe, ...]:
    """Return the free probes that settle a fact that is asked for, each fact by one of them."""
    found: list[Probe] = []
    broken: set[str] = set()
    for number, subject in enumerate(subjects):
        for one in probes.free(subject, base(planned, subject), currency):
            if one.asking != "mutant":
                found += [one] * (number == 0)
            elif one.broken in facts and one.broken not in broken:
                broken.add(str(one.broken))
                found.append(one)
    return tuple(found)


def _begins(start: str, what: str) -> bool:
    return what.startswith(start)


def _is_one(held: object, other: object) -> bool:
    return held is other or same(held, other)


def _is_no_dearer(one: Decimal | None, other: Decimal | None) -> bool:
    return other is None or (one is not None and one <= other)
