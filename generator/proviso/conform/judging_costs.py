"""What replies tell of costs, held against the price: all requests of a run together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from proviso import formulas, ir, reply_paths
from proviso.conform.exchanges import Course, Reply
from proviso.conform.output_facts import rate_name
from proviso.conform.probes import Probe
from proviso.conform.spending import amount
from proviso.conform.verdicts import Verdict, confirmed, denied
from proviso.oracle import prices
from proviso.oracle.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reply tells that a request costs. which: what is held on acceptance, or charged in the end."""

    subject: Subject
    which: str
    amount: Decimal
    unit: str
    least: Fraction
    most: Fraction

    @property
    def right(self) -> bool:
        """Whether it is what the spec says."""
        return self.least <= Fraction(self.amount) <= self.most


def told(probe: Probe, course: Course) -> Iterator[Told]:
    """Yield what the replies of a course tell of its cost."""
    model = probe.subject.model
    calls: list[tuple[str, ir.Operation | ir.Fetch | None, tuple[Reply, ...]]] = []
    if probe.operation == "submit" and model.job is not None:
        ends = (("poll", model.job.poll), ("collect", model.job.collect))
        calls.append(("hold", model.job.submit, course.of("ask")))
        calls += [("charge", call, course.of("poll" if step == "poll" else "collect")[-1:]) for step, call in ends]
    elif model.immediate is not None:
        calls.append(("charge", model.immediate.operation, course.of("ask")))
    for which, call, replies in calls:
        for reply in replies if call is not None else ():
            if call is not None and (found := cost(call, reply)) is not None:
                yield from _held_against(probe, which, *found)


def cost(call: ir.Operation | ir.Fetch, reply: Reply) -> tuple[Decimal, str] | None:
    """Return the cost that a reply tells, and in what."""
    if call.cost is not None:
        values = reply_paths.find(call.cost.at, reply.body)
        if len(values) == 1 and (told := amount(values[0])) is not None:
            return told, call.cost.unit
    if isinstance(call, ir.Operation) and call.told_cost is not None:
        told = amount(reply.headers.get(call.told_cost.at.lower()))
        return None if told is None else (told, call.told_cost.unit)
    return None


def of(seen: Iterable[Told]) -> Iterator[tuple[Subject, Verdict]]:
    """Yield what all costs of a run say: of rates where every one is off, of the formula where only some are."""
    by_model: dict[Subject, list[Told]] = {}
    for one in seen:
        by_model.setdefault(one.subject, []).append(one)
    for subject, listed in by_model.items():
        yield from ((subject, one) for one in _of_model(subject, listed))


def _of_model(subject: Subject, listed: list[Told]) -> Iterator[Verdict]:
    price = prices.priced(subject.model)[0].price
    wrong = [one for one in listed if not one.right]
    rates = [rate for rate in price.rates if any(rate.name in formulas.names(one.formula) for _, one in price.reckoned)]
    if wrong:
        said = f"a reply tells {wrong[0].amount:f} {wrong[0].unit}; the spec says {_span(wrong[0])}"
        if len(rates) == 1 and len(wrong) == len(listed):
            yield denied(rate_name(rates[0]), said)
        else:
            yield denied(f"price.{wrong[0].which}", said)
        return
    said = f"{len(listed)} replies tell what the spec says" if len(listed) > 1 else "a reply tells what the spec says"
    yield from (confirmed(rate_name(rate), said) for rate in rates)
    yield from (confirmed(f"price.{which}", said) for which in dict.fromkeys(one.which for one in listed))


def _held_against(probe: Probe, which: str, amount: Decimal, unit: str) -> Iterator[Told]:
    for one in prices.priced(probe.subject.model)[:1]:
        if one.price.currency != unit:
            return
        known = prices.amounts(probe.subject.model, one.price, probe.params or {})
        if which == "hold" and known.hold is not None:
            span: tuple[Fraction | None, Fraction | None] = (known.hold, known.hold)
        else:
            which, span = "charge", (known.least, known.most)
        if span[0] is not None and span[1] is not None:
            yield Told(subject=probe.subject, which=which, amount=amount, unit=unit, least=span[0], most=span[1])


def _span(one: Told) -> str:
    ends = [f"{Decimal(end.numerator) / Decimal(end.denominator):f}" for end in (one.least, one.most)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
