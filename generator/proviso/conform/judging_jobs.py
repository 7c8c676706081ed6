"""The course of a job held against the spec: its id, its states, its numbers, and where its results stand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from proviso import ir, reply_paths
from proviso.answers import courses
from proviso.conform import telling
from proviso.conform.exchanges import Course, Reply
from proviso.conform.probes import Probe
from proviso.conform.protocol_facts import state_name
from proviso.conform.verdicts import Verdict, confirmed, denied
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Subject

_GOING = ("queued", "running")
_BAD = ("failed", "cancelled", "expired", "moderated")


def of(probe: Probe, course: Course) -> Iterator[Verdict]:
    """Yield what the course of a job says."""
    job = probe.subject.model.job
    first = course.first.reply
    if probe.operation != "submit" or job is None or first is None:
        return
    if job.id != ir.CHOSEN_ID:
        if telling.job_id(job, first) is None:
            yield denied("job.submit.id", f"a request is answered {first.status} with nothing at {job.id}")
            return
        yield confirmed("job.submit.id", f"an accepted request has it at {job.id}")
    yield from _reports(probe.subject, "submit", job.submit, first)
    polls = course.of("poll")
    readable = [one for one in polls if one.status < 400 or telling.phase(job, one) is not None]
    if polls and not readable:
        yield denied("job.poll.call", f"polls of a job that was just started are answered {polls[-1].status}")
        return
    if readable:
        yield confirmed("job.poll.call", f"a poll is answered {readable[0].status}")
        yield from _polled(probe.subject, job, course, readable)


def _polled(subject: Subject, job: ir.Job, course: Course, polls: list[Reply]) -> Iterator[Verdict]:
    done = _results(job, course)
    told = [one for one in course.of("collect") if one.status < 400 and telling.word(job, one) is not None]
    yield from _states(job, [*polls, *told], ended=done is not None)
    last = polls[-1]
    phase = telling.phase(job, last)
    if phase in _BAD:
        yield from _failure(job, last)
        return
    collects = course.of("collect")
    if job.collect is not None and collects:
        if collects[-1].status < 400 or done is not None:
            yield confirmed("job.collect.call", f"the result is answered {collects[-1].status}")
            yield from _reports(subject, "collect", job.collect, collects[-1])
        elif phase == "succeeded":
            yield denied("job.collect.call", f"the result of a job that succeeded is answered {collects[-1].status}")
            return
    if phase == "succeeded" or done is not None:
        yield from _reports(subject, "poll", job.poll, last)
        if done is not None:
            yield confirmed("job.results", f"a job that succeeded has it at {done}")
        elif _final(job, course).content is None:
            paths = " or ".join(dict.fromkeys(one.whole for one in job.results))
            yield denied("job.results", f"a job that succeeded has nothing at {paths}")


def _final(job: ir.Job, course: Course) -> Reply:
    return (course.of("collect") or course.of("poll"))[-1] if job.collect is not None else course.of("poll")[-1]


def _results(job: ir.Job, course: Course) -> str | None:
    """Return the path at which results were found; None where there are none."""
    for reply in (*course.of("collect"), *course.of("poll")[-1:]):
        if reply.content is not None and any(one.forms == ("bytes",) for one in job.results):
            return "the body of the reply"
        for place in job.results:
            if any(isinstance(one, str) and one for one in reply_paths.find(place.whole, reply.body)):
                return place.whole
    return None


def _states(job: ir.Job, polls: list[Reply], *, ended: bool) -> Iterator[Verdict]:
    state = job.state
    words = [telling.word(job, one) for one in polls]
    if state.absent is None and not state.cases and all(word is None for word in words):
        yield denied("job.state.at", f"{len(polls)} polls have nothing at {state.at}")
        return
    if any(word is not None for word in words):
        yield confirmed("job.state.at", f"polls have it at {state.at}")
    seen = [(known, phase) for known, phase in state.phases if any(_agrees(job, known, word) for word in words)]
    for known, phase in seen:
        if phase != "succeeded" or ended:
            yield confirmed(state_name(phase, known), f"a poll says {json.dumps(plain(known))}")
    strange = [(word, at) for at, word in enumerate(words) if word is not None and courses.of_word(job, word) is None]
    for word, at in {json.dumps(word): (word, at) for word, at in strange}.values():
        yield from _stranger(job, word, last=at == len(words) - 1 and ended, seen=[known for known, _ in seen])


def _stranger(job: ir.Job, word: object, *, last: bool, seen: list[ir.Scalar]) -> Iterator[Verdict]:
    """Judge a word that nobody documented: it stands in for the one word that was due and was not seen."""
    due = ("succeeded",) if last else _GOING
    missing = [(known, phase) for known, phase in job.state.phases if phase in due and known not in seen]
    if last or job.state.partial is None:
        when = "about a job with results" if last else "about a job that goes on"
        said = f"a poll says {json.dumps(word)[:60]} {when}, which is not documented"
        if len(missing) == 1:
            known, phase = missing[0]
            yield denied(state_name(phase, known), f"{said}, and never {json.dumps(plain(known))}")
        elif missing:
            yield denied("job.state.at", said)


def _agrees(job: ir.Job, known: ir.Scalar, word: object) -> bool:
    one = plain(known)
    if job.state.ignore_case and isinstance(one, str) and isinstance(word, str):
        return one.casefold() == word.casefold()
    return same(one, word)


def _failure(job: ir.Job, reply: Reply) -> Iterator[Verdict]:
    if isinstance(job.failure, ir.Unknown):
        return
    for name, paths in (("code", job.failure.code), ("message", job.failure.message)):
        found = [path for path in paths if reply_paths.find(path, reply.body)]
        if found:
            yield confirmed(f"job.failure.{name}", f"a job that failed has it at {found[0]}")


def _reports(subject: Subject, step: str, call: ir.Operation | ir.Fetch, reply: Reply) -> Iterator[Verdict]:
    """Judge the numbers of a reply; one is missing only where the documents print it in such a reply."""
    for name, path in call.reports:
        found = reply_paths.find(path, reply.body)
        if found:
            yield confirmed(f"job.{step}.reports.{name}", f"a reply has it at {path}")
        elif _is_printed(subject, step, path):
            yield denied(f"job.{step}.reports.{name}", f"a reply has nothing at {path}")
    if call.cost is not None:
        if reply_paths.find(call.cost.at, reply.body):
            yield confirmed(f"job.{step}.cost", f"a reply has it at {call.cost.at}")
        elif _is_printed(subject, step, call.cost.at):
            yield denied(f"job.{step}.cost", f"a reply has nothing at {call.cost.at}")
    if isinstance(call, ir.Operation):
        for name, header in call.told:
            if header.lower() in reply.headers:
                yield confirmed(f"job.{step}.reports.{name}", f"a reply has it in {header}")
        if call.told_cost is not None and call.told_cost.at.lower() in reply.headers:
            yield confirmed(f"job.{step}.cost", f"a reply has it in {call.told_cost.at}")


def _is_printed(subject: Subject, step: str, path: str) -> bool:
    """Tell whether every printed reply of this kind that ends a job well, or starts one, has something at a path."""
    job = courses.job(subject)
    shown = [one for one in subject.model.replies if one.of == step and one.body is not None and one.status < 400]
    final = [one for one in shown if step == "submit" or courses.sign(job, one).phase == "succeeded"]
    return bool(final) and all(reply_paths.find(path, one.body) for one in final)
