"""Which requests are worth their money: the fewest and cheapest that show the most of what is still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from proviso.conform import costs, demands, probes, samples
from proviso.conform.demands import Demand
from proviso.conform.facts import Fact
from proviso.conform.probes import Probe
from proviso.oracle.subject import Params, Subject

_FREE = Decimal("0.000001")  # in place of no price at all, to divide by


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
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


def free(subjects: Iterable[Subject], facts: Mapping[str, Fact], currency: str) -> tuple[Probe, ...]:
    """Return the free probes that settle a fact that is asked for, each fact by one of them."""
    found: list[Probe] = []
    broken: set[str] = set()
    for subject in subjects:
        for one in probes.free(subject, currency):
            if one.asking != "mutant":
                if not found or one.subject is found[0].subject:
                    found.append(one)
            elif one.broken in facts and one.broken not in broken:
                broken.add(str(one.broken))
                found.append(one)
    return tuple(found)


def paid(subject: Subject, facts: Mapping[str, Fact], done: Collection[str], currency: str) -> tuple[Probe, ...]:
    """Return requests that show together what is open, the one that shows most for its money first.

    facts: those that are asked for. done: those of them that need no request any more.
    """
    wanted = {key for key, one in facts.items() if "inside" in one.needs and one.closed is None and key not in done}
    todo = [one for one in demands.of(subject) if one.facts & wanted]
    found: list[Probe] = []
    while todo:
        offers = [_offer(subject, seed, todo, facts, wanted, currency) for seed in _seeds(subject, todo, currency)]
        best = max((one for one in offers if one.facts), key=lambda one: one.worth, default=None)
        if best is None:
            break
        found.append(probes.request(subject, best.params, best.facts, currency, operation=probes.operations(subject)[0]))
        wanted -= best.facts
        todo = [one for one in todo if one.facts & wanted]
    if not found and _implied(subject, facts, done):
        usual = samples.usual(subject)
        found.append(probes.request(subject, usual, frozenset(), currency, operation=probes.operations(subject)[0]))
    found += [
        probes.request(subject, samples.usual(subject), frozenset(), currency, operation=other)
        for other in probes.operations(subject)[1:]
        if any(one.what.startswith(other) and key not in done for key, one in facts.items())
    ]
    return tuple(found)


def _implied(subject: Subject, facts: Mapping[str, Fact], done: Collection[str]) -> bool:
    """Tell whether something is open that any accepted request shows."""
    own = (subject.provider.name, f"{subject.provider.name}/{subject.model.name}")
    return any(
        one.title in own and "inside" in one.needs and one.closed is None and not one.what.startswith("parameters.")
        for key, one in facts.items()
        if key not in done
    )


def _seeds(subject: Subject, todo: list[Demand], currency: str) -> list[Demand]:
    """Return the first demand of every price: those of one price can be met together as well by any of them."""
    found: dict[Decimal | None, Demand] = {}
    for one in todo:
        params = samples.changed(subject, samples.usual(subject), one.held)
        if params is not None:
            found.setdefault(costs.most(subject.model, params, currency), one)
    return list(found.values())


def _offer(
    subject: Subject, seed: Demand, todo: list[Demand], facts: Mapping[str, Fact], wanted: Collection[str], currency: str
) -> _Offer:
    """Meet as many demands as fit together and cost no more than the first of them."""
    held = dict(seed.held)
    params = samples.changed(subject, samples.usual(subject), held) or {}
    cost = costs.most(subject.model, params, currency)
    for one in todo:
        if any(name in held and held[name] is not value for name, value in one.held.items()) or one is seed:
            continue
        more = samples.changed(subject, params, {**held, **one.held})
        if more is not None and _is_no_dearer(costs.most(subject.model, more, currency), cost):
            params, held = more, {**held, **one.held}
    shown = demands.met(subject, params) & set(wanted)
    return _Offer(params=params, facts=frozenset(shown), cost=cost, weight=sum(facts[one].weight for one in shown))


def _is_no_dearer(one: Decimal | None, other: Decimal | None) -> bool:
    return other is None or (one is not None and one <= other)

