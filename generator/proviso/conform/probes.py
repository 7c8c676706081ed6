"""What is asked of a provider, one thing after the other: each with its price, and with what it can settle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso import ir
from proviso.conform import costs, refusable, samples
from proviso.oracle import bodies
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params, Subject

Asking = Literal["no-key", "wrong-key", "unknown-job", "wrong-verb", "mutant", "request"]
Operation = Literal["submit", "immediate"]

WRONG_KEY = "not-a-key-of-anybody"
NO_JOB = "proviso-no-such-job"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One request, and for a job all that follows.

    operation: the paid call that is made, or near which it is asked. params: flat; None where none are sent.
    facts: ids of those that it settles when all goes as documented. broken: the fact that a mutant breaks.
    cost: what it costs a customer of a conforming provider; None where no document says it.
    most: what it may cost, should the provider take what it is to refuse; None where no document says it.
    """

    asking: Asking
    subject: Subject
    operation: Operation
    says: str
    facts: frozenset[str]
    params: Params | None = None
    broken: str | None = None
    cost: Decimal | None = Decimal(0)
    most: Decimal | None = Decimal(0)

    @property
    def id(self) -> str:
        """A name that tells the probe from others, the same as long as it sends the same."""
        sent = None if self.params is None else plain({name: self.params[name] for name in sorted(self.params)})
        text = json.dumps([self.asking, repr(self.subject), self.operation, sent], sort_keys=True, ensure_ascii=True)
        return f"{self.asking}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    @property
    def body(self) -> object:
        """The body as it is laid out; None where the call has none."""
        return None if self.params is None else bodies.wire(self.subject.model, self.params)


def operations(subject: Subject) -> tuple[Operation, ...]:
    """Return the paid calls of a model."""
    job: tuple[Operation, ...] = () if subject.model.job is None else ("submit",)
    return (*job, *(("immediate",) if subject.model.immediate is not None else ()))


def free(subject: Subject, currency: str) -> Iterator[Probe]:
    """Yield what a conforming provider answers or refuses without a charge, what tells most first."""
    yield from _of_access(subject)
    for mutant in refusable.of(subject):
        yield Probe(
            asking="mutant",
            subject=subject,
            operation=operations(subject)[0],
            says=f"a request that breaks {mutant.fact.partition(' ')[2]}",
            facts=frozenset((mutant.fact,)),
            params=mutant.params,
            broken=mutant.fact,
            most=costs.risk(subject.model, mutant.params, mutant.parameter, currency),
        )


def request(subject: Subject, params: Params, facts: frozenset[str], currency: str, *, operation: Operation) -> Probe:
    """Return a paid request that the documents allow."""
    cost = costs.most(subject.model, params, currency)
    return Probe(
        asking="request",
        subject=subject,
        operation=operation,
        says=described(subject, params),
        facts=facts,
        params=params,
        cost=cost,
        most=cost,
    )


def described(subject: Subject, params: Params) -> str:
    """Say in a line what a request is like, without its texts."""
    shown = [f"{name} {_short(value)}" for name, value in params.items()]
    return f"a request to {subject.model.name}: {', '.join(shown)}" if shown else f"a request to {subject.model.name}"


def _short(value: object) -> str:
    match value:
        case str() if len(value) > 24:
            return f"of {len(value)} characters"
        case list():
            return f"of {len(value)}"
        case dict():
            return "an object"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _of_access(subject: Subject) -> Iterator[Probe]:
    operation, provider = operations(subject)[0], subject.provider.name
    says: Mapping[Asking, str] = {
        "no-key": "a request without a key",
        "wrong-key": "a request with a key of nobody's",
        "unknown-job": "a poll of a job that there is not",
        "wrong-verb": "the path of a paid call with another verb",
    }
    statuses = {
        "no-key": "unauthorized", "wrong-key": "unauthorized",
        "unknown-job": "not-found", "wrong-verb": "method-not-allowed",
    }  # fmt: skip
    errors = subject.model.errors
    for asking, line in says.items():
        if asking == "unknown-job" and (subject.model.job is None or subject.model.job.poll.call is None):
            continue
        known = () if isinstance(errors, ir.Unknown) else errors.statuses
        facts = {f"{provider} errors.statuses[{one.status}]" for one in known if one.means == statuses[asking]}
        facts |= {f"{provider} auth"} if asking in ("no-key", "wrong-key") else set()
        sent = asking in ("no-key", "wrong-key")
        yield Probe(
            asking=asking,
            subject=subject,
            operation=operation,
            says=line,
            facts=frozenset(facts),
            params=samples.usual(subject) if sent else None,
        )
