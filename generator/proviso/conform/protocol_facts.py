"""The facts about the protocol: the key, the calls, the states of a job, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from proviso import ir
from proviso.conform.facts import Fact, Side
from proviso.conform.parameter_facts import title, written
from proviso.diagnostics import Place
from proviso.oracle.subject import Subject

NO_FAILURE = "no failure is provoked; one that happens settles it"
_BOTH: frozenset[Side] = frozenset(("inside", "outside"))
_OUT: frozenset[Side] = frozenset(("outside",))
_UNPROVOKED = {
    "rate-limited": "nobody is flooded with requests",
    "out-of-credit": "the account is not emptied",
    "server": "a failure of the provider is not provoked",
    "unavailable": "a failure of the provider is not provoked",
    "timeout": "a failure of the provider is not provoked",
}


def of(subject: Subject) -> Iterator[Fact]:
    """Yield the facts about the protocol of a model."""
    yield from _access(subject)
    yield from _envelope(subject)
    if subject.model.job is not None:
        yield from _job(subject, subject.model.job)
    if subject.model.immediate is not None:
        yield from _immediate(subject, subject.model.immediate)
    yield from _errors(subject)
    yield from _sides(subject)


def state_name(phase: str, word: ir.Scalar) -> str:
    """Return the name of the fact that a word means a phase."""
    return f"job.state.{phase}[{written(word)}]"


def _fact(
    subject: Subject,
    what: str,
    kind: str,
    says: str,
    place: Place,
    *,
    needs: frozenset[Side] = frozenset(("inside",)),
    closed: str | None = None,
) -> Fact:
    whose = title(subject, place.path or subject.provider.path)
    return Fact(title=whose, what=what, kind=kind, says=says, place=place, needs=needs, closed=closed)


def _access(subject: Subject) -> Iterator[Fact]:
    provider = subject.provider
    for number, way in enumerate(provider.auth):
        says = f"the key is shown {_shown(way)}"
        other = None if number == 0 else "the key is shown in the first of the documented ways"
        name = "auth" if number == 0 else f"auth[{number}]"
        yield _fact(subject, name, "auth", says, way.place, needs=_BOTH, closed=other)
    for fixed in (*subject.model.headers, *subject.model.query):
        says = f"{fixed.name} is sent with every call"
        yield _fact(subject, f"headers[{fixed.name}]", "header", says, fixed.place)
    for one in provider.reply_headers:
        yield _fact(
            subject, f"reply_headers.{one.meaning}", "header", f"replies carry {one.header}", provider.place,
            closed="a reply need not carry it",
        )  # fmt: skip


def _shown(way: ir.Way) -> str:
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            return f"in the header {header}" + (f" behind {prefix.strip()}" if prefix else "")
        case ir.QueryKey(name=name):
            return f"in the query as {name}"
        case ir.BodyKey(member=member):
            return f"in the body as {member}"
        case ir.Signature():
            return "by a signature of every call"
        case ir.Jwt():
            return "by a token that is signed for every call"
        case _:
            assert_never(way)


def _envelope(subject: Subject) -> Iterator[Fact]:
    envelope, place = subject.provider.envelope, subject.provider.place
    if envelope is None:
        return
    yield _fact(subject, "envelope.at", "envelope", f"a reply has its code at {envelope.at}", place)
    for value in envelope.ok:
        yield _fact(
            subject, f"envelope.ok[{written(value)}]", "envelope", f"the code {written(value)} means yes", place
        )
    if envelope.message is not None:
        says = f"a refusal says why at {envelope.message}"
        yield _fact(subject, "envelope.message", "refusal", says, place, needs=_OUT)


def _job(subject: Subject, job: ir.Job) -> Iterator[Fact]:
    yield _fact(subject, "job.submit.call", "call", f"a job is started by {job.submit.call}", job.submit.call_place)
    if job.id != ir.CHOSEN_ID:
        yield _fact(subject, "job.submit.id", "id-path", f"the id of a job stands at {job.id}", job.submit.place)
    yield from _reports(subject, "job.submit", job.submit)
    calls = (("poll", job.poll), ("collect", job.collect), ("cancel", job.cancel))
    for name, call in calls:
        if call is None:
            continue
        how = call.call or f"the address at {call.address}"
        closed = "no job is cancelled" if name == "cancel" else None
        yield _fact(subject, f"job.{name}.call", "call", f"{name} is {how}", call.call_place, closed=closed)
        if name != "cancel":
            yield from _reports(subject, f"job.{name}", call)
        for status in call.expired:
            says = f"{status} means that the result is gone"
            closed = "nobody waits until a result is gone"
            yield _fact(subject, f"job.{name}.expired[{status}]", "status", says, call.place, closed=closed)
    yield from _states(subject, job)
    yield from _results(subject, "job.results", job.results)
    if not isinstance(job.retention, ir.Unknown):
        says = f"a result can be fetched for {job.retention.seconds:f} s after {job.retention.since}"
        yield _fact(
            subject, "job.retention", "retention", says, job.place, closed="nobody waits until a result is gone"
        )


def _reports(subject: Subject, name: str, call: ir.Operation | ir.Fetch) -> Iterator[Fact]:
    for report, path in call.reports:
        yield _fact(subject, f"{name}.reports.{report}", "report", f"{report} stands at {path}", call.place)
    if call.cost is not None:
        says = f"what the request costs stands at {call.cost.at}, in {call.cost.unit}"
        yield _fact(subject, f"{name}.cost", "cost", says, call.place)
    if isinstance(call, ir.Operation):
        for report, header in call.told:
            says = f"{report} stands in the header {header}"
            yield _fact(subject, f"{name}.reports.{report}", "report", says, call.place)
        if call.told_cost is not None:
            says = f"what the request costs stands in the header {call.told_cost.at}"
            yield _fact(subject, f"{name}.cost", "cost", says, call.place)


def _states(subject: Subject, job: ir.Job) -> Iterator[Fact]:
    state = job.state
    yield _fact(subject, "job.state.at", "state-path", f"the state of a job stands at {state.at}", state.place)
    for word, phase in state.phases:
        closed = None if phase in ("queued", "running", "succeeded") else NO_FAILURE
        says = f"{written(word)} means {phase}"
        yield _fact(subject, state_name(phase, word), "state", says, state.place, closed=closed)
    if not isinstance(job.failure, ir.Unknown):
        for name, paths in (("code", job.failure.code), ("message", job.failure.message)):
            if paths:
                says = f"the {name} of a failure stands at {' or '.join(paths)}"
                yield _fact(subject, f"job.failure.{name}", "failure", says, job.failure.place, closed=NO_FAILURE)


def _results(subject: Subject, name: str, places: Sequence[ir.ResultsAt]) -> Iterator[Fact]:
    # Several places are ways in which results may come: each request shows one of them.
    if places:
        says = f"results stand at {' or '.join(dict.fromkeys(one.whole for one in places))}"
        yield _fact(subject, name, "results-path", says, places[0].place)


def _immediate(subject: Subject, at_once: ir.Immediate) -> Iterator[Fact]:
    call = at_once.operation
    yield _fact(subject, "immediate.call", "call", f"an answer at once is given to {call.call}", call.call_place)
    yield from _reports(subject, "immediate", call)
    for media_type in at_once.returns:
        says = f"the answer is {media_type}"
        yield _fact(subject, f"immediate.returns[{media_type}]", "media-type", says, at_once.place)
    yield from _results(subject, "immediate.results", at_once.results)


def _errors(subject: Subject) -> Iterator[Fact]:
    errors = subject.model.errors
    if isinstance(errors, ir.Unknown):
        return
    for name, paths in (("message", errors.message), ("code", errors.code)):
        if paths:
            says = f"a refusal has its {name} at {' or '.join(paths)}"
            yield _fact(subject, f"errors.{name}", "refusal", says, errors.place, needs=_OUT)
    if errors.details is not None:
        says = f"a refusal lists what is wrong at {errors.details.at}"
        yield _fact(subject, "errors.details", "refusal", says, errors.details.place, needs=_OUT)
    meanings = [one.means for one in errors.statuses]
    for one in errors.statuses:
        closed = _UNPROVOKED.get(one.means)
        if closed is None and (one.means not in PROVOKED or meanings.count(one.means) > 1):
            closed = "no request asks for it alone"
        says = f"{one.status} means {one.means}"
        yield _fact(subject, f"errors.statuses[{one.status}]", "status", says, errors.place, needs=_OUT, closed=closed)
    if not isinstance(errors.billed, ir.Unknown):
        says = "a refused request " + ("costs something" if errors.billed else "costs nothing")
        closed = None if _balance(subject.provider) else "no reply tells the balance"
        yield _fact(subject, "errors.billed", "refusals-billed", says, errors.place, needs=_OUT, closed=closed)


PROVOKED = ("invalid", "unauthorized", "not-found", "method-not-allowed")
"""The meanings of refusals for which free requests ask."""


def _balance(provider: ir.Provider) -> str | None:
    return next((one.header for one in provider.reply_headers if one.meaning == "credits_left"), None)


def _sides(subject: Subject) -> Iterator[Fact]:
    model = subject.model
    if model.callback is not None:
        says = f"the finished job is posted to {model.callback.parameter}"
        closed = "no address of ours can be reached by the provider"
        yield _fact(subject, "callback", "callback", says, model.callback.place, closed=closed)
    for number, one in enumerate(() if isinstance(model.rate, ir.Unknown) else model.rate):
        says = f"{one.least} {one.of} at most" + (f" in {one.per:f} s" if one.per is not None else " at once")
        yield _fact(subject, f"rate[{number}]", "rate", says, one.place, closed="nobody is flooded with requests")
