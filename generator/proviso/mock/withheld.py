"""Successes without a result, as documents show them and say why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from proviso import ir, reply_matches, reply_paths
from proviso.answers import courses, made
from proviso.oracle.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A documented reply that hands over nothing, and what that means."""

    reply: ir.ReplyWitness
    why: ir.Empty


@cache
def by_job(subject: Subject) -> Withheld | None:
    """Return the documented final reply of a job that succeeded without a result."""
    course = courses.job(subject)
    last = "poll" if course.collect is None else "collect"
    found = (
        one
        for one in _shown(subject, last, course.results, course.empty)
        if course.collect is not None or courses.sign(course, one.reply).phase == "succeeded"
    )
    return min(found, key=_is_vague, default=None)


@cache
def at_once(subject: Subject) -> Withheld | None:
    """Return the documented answer at once that hands over nothing."""
    call = subject.model.immediate
    assert call is not None
    return min(_shown(subject, "immediate", call.results, call.empty), key=_is_vague, default=None)


def _shown(
    subject: Subject, operation: str, places: Sequence[ir.ResultsAt], empty: Sequence[ir.Empty]
) -> Iterator[Withheld]:
    for reply in subject.model.replies:
        if reply.of != operation or reply.refuses or reply.status >= 300 or reply.events:
            continue
        why = made.filtered(empty, reply.headers)
        if why is None and reply.body is not None and not _hands_over(places, reply.body):
            why = next((one for one in empty if not one.headers and reply_matches.hold(one.when, reply.body)), None)
        if why is not None:
            yield Withheld(reply=reply, why=why)


def _hands_over(places: Sequence[ir.ResultsAt], body: object) -> bool:
    return any(value is not None for place in places for value in reply_paths.find(place.whole, body))


def _is_vague(one: Withheld) -> bool:
    """Say whether the reason is only that there is no result; one that the reply itself shows tells more."""
    return not (one.why.when or one.why.headers)
