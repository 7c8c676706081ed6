"""Replies held against the spec: what each says of which fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from proviso import ir, reply_paths
from proviso.conform import demands, judging_jobs, judging_results, telling
from proviso.conform.exchanges import Course, Reply
from proviso.conform.facts import Fact
from proviso.conform.parameter_facts import written
from proviso.conform.probes import Probe
from proviso.conform.telling import Told
from proviso.conform.verdicts import Verdict, confirmed, denied
from proviso.oracle.exact import same
from proviso.oracle.subject import Subject

_FROM_RESULTS = ("sizes[", "output.", "price", "job.", "immediate.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a probe brought. told: None where no reply came."""

    probe: Probe
    course: Course
    told: Told | None
    verdicts: tuple[Verdict, ...]

    @property
    def accepted(self) -> bool:
        """Whether the provider took the request."""
        return self.told is not None and self.told.sort == "accepted"


def judged(probe: Probe, course: Course, facts: Mapping[str, Fact]) -> Judged:
    """Return what a course says. facts: all of the provider, by which those that verdicts name are found."""
    reply = course.first.reply
    if reply is None:
        return Judged(probe=probe, course=course, told=None, verdicts=())
    told = telling.of_paid(probe.subject, reply, job=probe.operation == "submit")
    verdicts = tuple(
        replace(resolved(probe.subject, one, facts), probe=probe.id) for one in _verdicts(probe, course, reply, told)
    )
    return Judged(probe=probe, course=course, told=told, verdicts=verdicts)


def resolved(subject: Subject, verdict: Verdict, facts: Mapping[str, Fact]) -> Verdict:
    """Return a verdict with the id of its fact for its name: of the model where that has its own, else of the provider."""
    what, own = verdict.fact, f"{subject.provider.name}/{subject.model.name} {verdict.fact}"
    return (
        verdict if what in facts else replace(verdict, fact=own if own in facts else f"{subject.provider.name} {what}")
    )


def _verdicts(probe: Probe, course: Course, reply: Reply, told: Told) -> Iterator[Verdict]:
    match probe.asking:
        case "no-key" | "wrong-key":
            yield from _of_access(probe, reply, told)
        case "unknown-job":
            yield from _of_unknown_job(probe, reply)
        case "wrong-verb":
            yield from _of_status(probe, reply, "method-not-allowed", asked="another verb", strays=(401, 403, 404))
        case "mutant":
            yield from _of_mutant(probe, reply, told)
        case "request":
            yield from _of_request(probe, course, reply, told)


def _of_access(probe: Probe, reply: Reply, told: Told) -> Iterator[Verdict]:
    asked = "without a key" if probe.asking == "no-key" else "with a key of nobody's"
    if told.sort == "accepted":
        yield denied("auth", f"a request {asked} is answered {reply.status}; the spec says that a key is needed")
    elif telling.refusal(probe.subject, reply) in ("unauthorized", "forbidden") or reply.status in (401, 403):
        yield confirmed("auth", f"a request {asked} is refused with {reply.status}", side="outside")
    yield from _of_status(probe, reply, "unauthorized", asked=f"a request {asked}", strays=(400, 404, 405, 422))


def _of_unknown_job(probe: Probe, reply: Reply) -> Iterator[Verdict]:
    means = telling.refusal(probe.subject, reply)
    if means in ("unauthorized", "forbidden") or reply.status == 401:
        yield denied("auth", f"the right key is refused with {reply.status}; if it is right, it is shown otherwise")
        return
    yield confirmed("auth", f"with the key a job that there is not is answered {reply.status}")
    asked = "a poll of a job that there is not"
    yield from _of_status(probe, reply, "not-found", asked=asked, strays=(400, 405, 422))


def _of_status(
    probe: Probe, reply: Reply, means: str, *, asked: str, strays: tuple[int, ...] = ()
) -> Iterator[Verdict]:
    """Judge the status that a meaning has. strays: statuses that speak of something else than what was asked."""
    errors = probe.subject.model.errors
    known = [] if isinstance(errors, ir.Unknown) else [one.status for one in errors.statuses if one.means == means]
    if len(known) != 1 or reply.status < 400 or reply.status == 429 or reply.status >= 500:
        return
    fact = f"errors.statuses[{known[0]}]"
    if reply.status == known[0]:
        yield confirmed(fact, f"{asked} is refused with {reply.status}", side="outside")
    elif reply.status not in strays:
        yield denied(fact, f"{asked} is refused with {reply.status}; the spec says {known[0]}")


def _of_mutant(probe: Probe, reply: Reply, told: Told) -> Iterator[Verdict]:
    broken = str(probe.broken)
    what = broken.partition(" ")[2]
    match told.sort:
        case "accepted":
            started = f" and started the job {told.job_id}" if told.job_id is not None else ""
            yield denied(
                broken, f"what breaks it was answered {reply.status}{started}; the spec says that it is refused"
            )
        case "refused":
            yield confirmed(broken, f"what breaks it is refused with {reply.status}", side="outside")
            yield from _of_status(probe, reply, "invalid", asked=f"what breaks {what}")
        case "elsewhere":
            yield _elsewhere(probe, reply)
        case "unauthorized" | "busy" | "odd":
            pass


def _of_request(probe: Probe, course: Course, reply: Reply, told: Told) -> Iterator[Verdict]:
    if told.sort == "elsewhere":
        yield _elsewhere(probe, reply)
    if told.sort not in ("accepted", "odd"):
        return
    yield from _accepted(probe, reply, told)
    yield from judging_jobs.of(probe, course)
    yield from judging_results.of(probe, course)


def _accepted(probe: Probe, reply: Reply, told: Told) -> Iterator[Verdict]:
    subject = probe.subject
    params = probe.params or {}
    call = "job.submit.call" if probe.operation == "submit" else "immediate.call"
    if told.sort == "odd":
        return
    said = f"a request is accepted with {reply.status}"
    yield confirmed(call, said)
    yield confirmed("auth", said)
    for fixed in (*subject.model.headers, *subject.model.query):
        yield confirmed(f"headers[{fixed.name}]", said)
    for fact in sorted(demands.met(subject, params)):
        what = fact.partition(" ")[2]
        if not what.startswith(_FROM_RESULTS) and not what.endswith(".default"):
            yield confirmed(fact, f"a request with it is accepted with {reply.status}")
    yield from _envelope(subject, reply)


def _envelope(subject: Subject, reply: Reply) -> Iterator[Verdict]:
    envelope = subject.provider.envelope
    if envelope is None or reply.content is not None:
        return
    found = reply_paths.find(envelope.at, reply.body)
    if not found:
        yield denied("envelope.at", f"an accepted request is answered without {envelope.at}")
        return
    yield confirmed("envelope.at", f"an accepted request is answered with {envelope.at}")
    means_yes = [one for one in envelope.ok if same(found[0], one)]
    if means_yes:
        yield confirmed(f"envelope.ok[{written(means_yes[0])}]", f"an accepted request is answered {written(found[0])}")
    elif len(envelope.ok) == 1:
        said = f"an accepted request is answered {_shown(found[0])}; the spec says {written(envelope.ok[0])}"
        yield denied(f"envelope.ok[{written(envelope.ok[0])}]", said)


def _elsewhere(probe: Probe, reply: Reply) -> Verdict:
    call = "job.submit.call" if probe.operation == "submit" else "immediate.call"
    return denied(call, f"a request with it is answered {reply.status}: there is no such call")


def _shown(value: object) -> str:
    return written(value)[:40]
