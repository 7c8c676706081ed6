"""Figures of checking one request: accepted, and with three violations that are all reported."""

from __future__ import annotations

from functools import partial

from benchmarks import contenders, measure, subject
from benchmarks.figures import Figure, span
from harness.subjects import Subject

_VIOLATIONS = 3


def figures(*, rounds: int) -> list[Figure]:
    """Measure both; refuses to compare libraries that do not give the same answers."""
    model = subject.largest()
    documented = subject.documented(model)
    request = subject.with_a_list(documented)
    wrong = list(subject.mutants(model, request))
    found = contenders.disagreements(
        contenders.rivals(model), right=documented, wrong=wrong, ours=model.module.violations
    )
    if found:
        raise ValueError("\n".join(["the contenders do not hold the same rules:", *found]))
    return [
        *_accepted(model, request, rounds=rounds),
        *_refused(model, request, rounds=rounds, messages=False),
        *_refused(model, request, rounds=rounds, messages=True),
    ]


def _accepted(model: Subject, request: subject.Request, *, rounds: int) -> list[Figure]:
    rivals = contenders.rivals(model)
    calls = {"ours": partial(model.module.violations, request.params)}
    taken = measure.calls(calls | {one.name: one.call(request) for one in rivals}, rounds=rounds)
    last = rivals[-1].name
    return [
        Figure(
            what=f"Check a documented request of {len(request.params)} parameters",
            ours=span(taken["ours"].median),
            rival=one.name,
            theirs=span(taken[one.name].median),
            value=measure.ratio(taken["ours"], taken[one.name]),
            unit="x",
            bar=None if one.name == last else 1.0,
            aim=1.0 if one.name == last else None,
            strict=True,
        )
        for one in rivals
    ]


def _refused(model: Subject, request: subject.Request, *, rounds: int, messages: bool) -> list[Figure]:
    bad = subject.with_violations(model, request)
    calls = contenders.reports(model, bad, messages=messages)
    counts = {name: len(call()) for name, call in calls.items()}
    if set(counts.values()) != {_VIOLATIONS}:
        message = f"three violations are expected of everybody, not {counts}"
        raise ValueError(message)
    taken = measure.calls(calls, rounds=rounds)
    listed = "place, rule and message" if messages else "place and rule"
    return [
        Figure(
            what=f"Find three violations, each with {listed}",
            ours=span(taken["ours"].median),
            rival=name,
            theirs=span(times.median),
            value=measure.ratio(taken["ours"], times),
            unit="x",
            bar=1.0,
            strict=True,
        )
        for name, times in taken.items()
        if name != "ours"
    ]
