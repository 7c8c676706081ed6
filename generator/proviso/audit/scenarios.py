"""What goes wrong in the runs of an audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from proviso import ir
from proviso.answers import courses
from proviso.mock import faults
from proviso.mock.faults import Fault
from proviso.oracle.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a program was seen to use where nothing went wrong. operations: by the names that faults have for steps."""

    models: frozenset[str]
    subjects: tuple[Subject, ...]
    operations: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One run. title: what goes wrong. applies: whether it can, for a program that uses so much."""

    name: str
    title: str
    faults: tuple[Fault, ...]
    applies: Callable[[Used], bool] = lambda _used: True


CLEAN = Scenario(name="clean", title="nothing goes wrong", faults=())


def scenarios() -> tuple[Scenario, ...]:
    """Return every scenario that there is, the one where nothing goes wrong first."""
    return (
        CLEAN,
        _paid("lost", "lost x1", "the reply to the paid request is lost"),
        _paid("dropped", "drop x1", "the connection breaks after the paid request"),
        _paid("bad-gateway", "502 x1", "a gateway answers the paid request with 502"),
        _paid("silent", "hang x1", "no reply to the paid request comes"),
        _paid("limited", "429 40s x1", "the paid request has to wait, and is told how long"),
        _called("polls-fail", "poll:502 x2", "two polls are answered with 502"),
        _called("poll-silent", "poll:hang x1", "no reply to one poll comes"),
        _called("collect-fails", "collect:502 x1", "the call for the results is answered with 502 once"),
        _ending("job-fails", "failed", "the job fails"),
        _ending("job-moderated", "moderated", "the job is blocked by moderation"),
        _ending("job-expires", "expired", "the job expires"),
        Scenario(
            name="job-forgotten",
            title="the job is no longer known",
            faults=(faults.parse("poll:404"), faults.parse("collect:404")),
            applies=lambda used: "poll" in used.operations and any(_forgets(one) for one in used.subjects),
        ),
        Scenario(
            name="job-stuck",
            title="the job never ends",
            faults=(faults.parse("job:stuck"),),
            applies=lambda used: "submit" in used.operations,
        ),
        _called("result-late", "file:404 x2", "the result is not there yet, twice"),
        _called("result-half", "file:half x1", "the download breaks in the middle"),
    )


def given(texts: Iterable[str]) -> Scenario:
    """Make a scenario of faults as a user writes them. Raises WrongFault."""
    known = tuple(texts)
    return Scenario(name="given", title=", ".join(known), faults=tuple(faults.parse(text) for text in known))


def _paid(name: str, fault: str, title: str) -> Scenario:
    steps = ("submit", "immediate")
    return Scenario(
        name=name,
        title=title,
        faults=tuple(faults.parse(f"{step}:{fault}") for step in steps),
        applies=lambda used: not used.operations.isdisjoint(steps),
    )


def _called(name: str, fault: str, title: str) -> Scenario:
    step = fault.partition(":")[0]
    return Scenario(name=name, title=title, faults=(faults.parse(fault),), applies=lambda used: step in used.operations)


def _ending(name: str, phase: ir.Phase, title: str) -> Scenario:
    def applies(used: Used) -> bool:
        return "submit" in used.operations and any(_ends(one, phase) for one in used.subjects)

    return Scenario(name=name, title=title, faults=(faults.parse(f"job:{phase}"),), applies=applies)


def _ends(subject: Subject, phase: ir.Phase) -> bool:
    """Say whether the documents show such an end."""
    return subject.model.job is not None and any(one.phase == phase for one in courses.signs(subject))


def _forgets(subject: Subject) -> bool:
    """Say whether the documents say that a job is answered with 404 when it is no longer kept."""
    job = subject.model.job
    return job is not None and 404 in job.poll.expired
