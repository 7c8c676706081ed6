"""What is asked of a provider, one thing after the other: each with its price, and with what it can settle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso import ir
from proviso.conform import costs, refusable
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


def free(subject: Subject, base: Params, currency: str) -> Iterator[Probe]:
    """Yield what a conforming provider answers or refuses without a charge, what tells most first.

    base: params of which mutants are changes.
    """
    yield from _of_access(subject)
    yield from mutants(subject, base, currency)


def mutants(subject: Subject, base: Params, currency: str) -> Iterator[Probe]:
    """Yield requests that a conforming provider refuses, changes of some params that are right."""
    for mutant in refusable.of(subject, base):
        yield Probe(
            asking="mutant",
            subject=subject,
            operation=operations(subject)[0],
            says=f"a request that breaks {mutant.fact.partition(' ')[2]}",
            facts=frozenset((mutant.fact,)),
            params=mutant.params,
            broken=mutant.fact,
            most=costs.risk(subject, mutant.params, mutant.parameter, currency),
        )


def request(subject: Subject, params: Params, facts: frozenset[str], currency: str, *, operation: Operation) -> Probe:
    """Return a paid request that the documents allow."""
    cost = costs.most(subject, params, currency)
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
    """Yield what tells whether a key is asked for, and what is said of a job that there is not; nothing of it is paid."""
    job, provider = subject.model.job, subject.provider.name
    polled = job is not None and job.poll.call is not None
    says: Mapping[Asking, tuple[str, str]] = {
        "unknown-job": ("not-found", "a poll of a job that there is not"),
        "no-key": ("unauthorized", f"{'the same' if polled else 'an empty request'} without a key"),
        "wrong-key": ("unauthorized", f"{'the same' if polled else 'an empty request'} with a key of nobody's"),
        "wrong-verb": ("method-not-allowed", "the path of a paid call with another verb"),
    }
    errors = subject.model.errors
    known = () if isinstance(errors, ir.Unknown) else errors.statuses
    for asking, (means, line) in says.items():
        facts = {f"{provider} errors.statuses[{one.status}]" for one in known if one.means == means}
        if (asking == "unknown-job" and not polled) or (asking == "wrong-verb" and not facts):
            continue
        yield Probe(
            asking=asking,
            subject=subject,
            operation=operations(subject)[0],
            says=line,
            facts=frozenset(facts | ({f"{provider} auth"} if means == "unauthorized" else set())),
        )
