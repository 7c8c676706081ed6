"""How a program behaves whatever goes wrong: its keys, its requests, its pace, and whom else it asks."""

from __future__ import annotations

from collections.abc import Iterator

from proviso.audit import judging
from proviso.audit.evidence import Course, Evidence, times
from proviso.oracle import meaning
from proviso.reports.findings import Finding

RULES = ("key-astray", "refused", "polls-fast", "elsewhere", "result-left")
"""Rules whose findings do not depend on what goes wrong."""

_EARLY = 0.8  # the share of a documented pause that counts as kept


def check(run: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with a program's manners.

    Args:
        run: what was seen.
    """
    yield from _keys(run)
    yield from _refused(run)
    for course in run.courses:
        yield from _pace(run, course)
    for host in sorted({one.host for one in run.record.turned}):
        yield judging.finding("elsewhere", f"it asked {host}, which was turned away", run=run, about=None)
    if not run.scenario.faults and run.ended.status:
        yield judging.finding(
            "fails-alone", f"it ended with status {run.ended.status} although nothing went wrong", run=run, about=None
        )


def _keys(run: Evidence) -> Iterator[Finding]:
    shown = {(where, one.subject) for one in run.record.seen for where in one.astray}
    for where, subject in sorted(shown, key=lambda pair: pair[0]):
        yield judging.finding("key-astray", f"it showed the key {where}", run=run, about=subject)
    for host in sorted({one.host for one in run.record.turned if one.keyed}):
        yield judging.finding("key-astray", f"it showed the key to {host}, which is no provider", run=run, about=None)


def _refused(run: Evidence) -> Iterator[Finding]:
    """Say what was refused although nothing was made to go wrong."""
    told: set[str] = set()
    for one in run.record.seen:
        entry = one.entry
        if entry.fault is not None or entry.remark is None or (entry.status or 0) < 400:
            continue
        if one.job is not None or (entry.operation in ("poll", "collect") and entry.job is not None):
            continue
        message = f"{entry.verb} {entry.path} was refused with {entry.status}: {entry.remark}"
        if message not in told:
            told.add(message)
            yield judging.finding("refused", message, run=run, about=one.subject)


def _pace(run: Evidence, course: Course) -> Iterator[Finding]:
    pace = meaning.pace(course.subject.model, course.job.params)
    polls, submission = course.polls, course.submission
    early: list[str] = []
    if submission is not None and polls and pace.first is not None:
        waited = polls[0].at - submission.until
        if waited < float(pace.first) * _EARLY:
            early.append(f"the first poll came after {waited:.1f} seconds and not after {float(pace.first):g}")
    if submission is not None and pace.every is not None:
        for one, later in times(polls):
            pause = meaning.pause(pace, one.at - submission.until)
            if one.heard and later.at - one.at < pause * _EARLY:
                early.append(f"polls came {later.at - one.at:.1f} seconds apart and not {pause:g}")
                break
    if early:
        assumed = pace.assumed is not None
        yield judging.finding(
            "polls-fast",
            "; ".join(early) + (" (which is assumed)" if assumed else ""),
            run=run,
            about=course.subject,
            level="note" if assumed else None,
        )
