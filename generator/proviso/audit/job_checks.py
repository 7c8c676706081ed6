"""What becomes of jobs that a program has paid for: lost, missed, waited for without end, left lying."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.audit import judging
from proviso.audit.evidence import Course, Evidence
from proviso.oracle import meaning
from proviso.reports.findings import Finding

_ASKED_AGAIN = 2  # polls after the end that are no sign of missing it
_PATIENT = 600.0  # seconds that a program may wait where no document says how long


def check(run: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with how a program follows its jobs.

    Args:
        run: what was seen.
    """
    for course in run.courses:
        yield from _ended(run, course)
        if not course.is_learned and course.is_known and not run.stopped and course.job.callback is None:
            yield from _left(run, course)
        yield from _results(run, course)
    if run.stopped and not any(course.after_end() > _ASKED_AGAIN for course in run.courses):
        yield _waiting(run)


def _left(run: Evidence, course: Course) -> Iterator[Finding]:
    if run.names(course.job):
        return
    told = "had been told that it succeeded" if course.end is not None else "had never been told an end"
    yield judging.finding(
        "job-lost",
        f"it gave the job up when it {told}, and nothing that it printed names the job's id",
        run=run,
        about=course.subject,
        cost=_cost(course),
    )


def _ended(run: Evidence, course: Course) -> Iterator[Finding]:
    if course.end is None:
        return
    phase = course.end.phase if course.end.heard else "expired"
    more = course.after_end()
    if more > _ASKED_AGAIN:
        yield judging.finding(
            "end-missed",
            f"it was told that the job has {_words(phase)}, and asked {more} times more",
            run=run,
            about=course.subject,
        )
    alone = len(run.jobs) == 1
    if alone and phase != "succeeded" and run.ended.status == 0:
        yield judging.finding(
            "end-missed",
            f"it was told that the job has {_words(phase)}, and ended with status 0 as if it had succeeded",
            run=run,
            about=course.subject,
        )


def _waiting(run: Evidence) -> Finding:
    last = run.record.seen[-1] if run.record.seen else None
    course = next((one for one in run.courses if one.end is None), None)
    silent = last is not None and (last.entry.fault or "").endswith(":hang")
    limit = _PATIENT
    # How long jobs may take says nothing about the reply that would have named the job.
    if course is not None and not (silent and last in run.paid):
        pace = meaning.pace(course.subject.model, course.job.params)
        limit = float(pace.limit) if pace.limit is not None else _PATIENT
    undecided = bool(run.scenario.faults) and run.timeout < limit
    bound = f"; a run of {limit:g} seconds would tell whether it ever stops" if undecided else ""
    how = "no reply to its last request had come" if silent else "it went on"
    return judging.finding(
        "waits-on",
        f"{how} when its {run.timeout:g} seconds were over{bound}",
        run=run,
        about=None if last is None else last.subject,
        cost=None if course is None else _cost(course),
        level="note" if undecided else None,
        is_open=undecided,
    )


def _results(run: Evidence, course: Course) -> Iterator[Finding]:
    """Say so when results were handed over as addresses, and nobody used or saw them, or took what broke off."""
    job, shape = course.job, course.job.life.shape
    by_address = shape is not None and shape.place.forms[0] in ("url", "file")
    if not (by_address and course.has_succeeded and course.is_learned) or run.stopped:
        return
    last = {one.entry.path: one for one in run.record.seen if job.token in one.entry.path}
    broken = [one for one in last.values() if not one.heard]
    if broken and run.ended.status == 0:
        told = broken[0].entry.status if broken[0].entry.fault != "file:half" else "half of it"
        yield judging.finding(
            "result-broken",
            f"it asked for a result, got {told}, never asked again, and ended with status 0",
            run=run,
            about=course.subject,
            cost=_cost(course),
        )
    elif (broken or not last) and job.token not in run.ended.output and not run.names(job):
        yield judging.finding(
            "result-left",
            f"it was told where the results are, and has neither fetched them nor named them; they are kept {_kept(course)}",
            run=run,
            about=course.subject,
            cost=_cost(course),
        )


def _kept(course: Course) -> str:
    job = course.subject.model.job
    match None if job is None else job.retention:
        case ir.Retention(seconds=seconds, since=since):
            return f"{float(seconds):g} seconds after {since}"
        case _:
            return "nobody knows how long"


def _cost(course: Course) -> str | None:
    if course.job.life.phase != "succeeded":
        return None
    return judging.cost([course.submission] if course.submission is not None else [])


def _words(phase: ir.Phase | None) -> str:
    return {"moderated": "been blocked by moderation", "cancelled": "been cancelled"}.get(phase or "", str(phase))
