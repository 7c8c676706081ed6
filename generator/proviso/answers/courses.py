"""The states of a job: what a reply tells of it, and the replies that tell every phase there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.oracle import matches
from proviso.oracle.exact import plain
from proviso.oracle.subject import Subject


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A reply that tells how a job is doing. state: the provider's word, phase: ours, where they are documented."""

    state: object
    phase: ir.Phase | None
    status: int
    body: object
    source: ir.ReplyWitness


def state(course: ir.Job, status: int, body: object) -> object:
    """Return the provider's word for the state of a job; None where a reply has none."""
    if course.state.at == ir.HTTP_STATUS:
        return status
    return next(iter(reply_paths.find(course.state.at, body)), None)


def phase(course: ir.Job, status: int, body: object) -> ir.Phase | None:
    """Return what a reply means for a job; None for what is not documented."""
    if (means := _by_case(course, body)) is not None:
        return means
    word = state(course, status, body)
    return course.state.absent if word is None else of_word(course, word)


def repeated(course: ir.Job, status: int, body: object) -> ir.Phase | None:
    """Return what a reply means that need not tell a state; None where it tells nothing."""
    silent = state(course, status, body) is None and _by_case(course, body) is None
    return None if silent else phase(course, status, body)


def of_word(course: ir.Job, word: object) -> ir.Phase | None:
    """Return what a word means where no case holds."""
    ignore = course.state.ignore_case
    return next((means for one, means in course.state.phases if matches.agree(one, word, ignore_case=ignore)), None)


def _by_case(course: ir.Job, body: object) -> ir.Phase | None:
    ignore = course.state.ignore_case
    return next((one.means for one in course.state.cases if matches.hold(one.when, body, ignore_case=ignore)), None)


def sign(course: ir.Job, witness: ir.ReplyWitness) -> Sign:
    """Return what a documented reply tells as the page has it."""
    body, status = plain(witness.body), witness.status
    said, told = state(course, status, body), phase(course, status, body)
    return Sign(state=said, phase=told, status=status, body=body, source=witness)


def links(course: ir.Job) -> dict[str, str]:
    """Return the calls about a job for which the provider gives addresses, with the paths to them."""
    named = {"poll": course.poll, "collect": course.collect, "cancel": course.cancel}
    return {what: call.address for what, call in named.items() if call is not None and call.address is not None}


@cache
def signs(subject: Subject) -> tuple[Sign, ...]:
    """Return replies to polls that tell documented phases: those of the page, and one for every word."""
    course, shown = job(subject), _shown(subject)
    as_documented = [one for one in shown if one.phase is not None]
    by_word = [one for word, _ in course.state.phases if (one := _said(course, shown, word)) is not None]
    return (*as_documented, *by_word, *_in_any_case(course, [*as_documented, *by_word]))


@cache
def unknown(subject: Subject) -> tuple[Sign, ...]:
    """Return replies to polls in which the state is none that is documented, though some are nearly."""
    course = job(subject)
    waiting = [one for one in _shown(subject) if one.phase in ("queued", "running")]
    said = (_said(course, waiting or _shown(subject), word) for word in _near(course))
    return tuple(one for one in said if one is not None and one.phase is None)


def saying(course: ir.Job, one: Sign, word: object) -> Sign | None:
    """Return the same reply with another word for the state; None where it has no place for one."""
    said, status, body = plain(word), one.status, one.body
    if course.state.at == ir.HTTP_STATUS:
        assert isinstance(said, int)
        status = said
    elif planting.has(course.state.at, body):
        body = planting.planted(course.state.at, body, said)
    else:
        return None
    return Sign(state=said, phase=phase(course, status, body), status=status, body=body, source=one.source)


def job(subject: Subject) -> ir.Job:
    """Return the course of a subject's jobs."""
    assert subject.model.job is not None
    return subject.model.job


def _in_any_case(course: ir.Job, known: list[Sign]) -> Iterator[Sign]:
    """Yield the same replies with their words in capitals and in small letters, where that makes no difference."""
    for one in known if course.state.ignore_case else []:
        for word in (str(one.state).upper(), str(one.state).lower()):
            if isinstance(one.state, str) and (said := saying(course, one, word)) is not None:
                yield said


def _shown(subject: Subject) -> list[Sign]:
    course = job(subject)
    replies = (one for one in subject.model.replies if one.of == "poll" and one.body is not None)
    return [sign(course, one) for one in replies if one.status < 300 or one.status in course.poll.reads]


def _said(course: ir.Job, shown: list[Sign], word: object) -> Sign | None:
    """Say a word in the documented reply that suits it best."""
    wanted = of_word(course, word)
    for other in _by_phase(shown, wanted):
        said = saying(course, other, word)
        if said is not None and said.phase == wanted:
            as_shown = other.phase == wanted or course.state.at == ir.HTTP_STATUS
            return said if as_shown else replace(said, status=course.poll.reads[0])
    return None


def _by_phase(shown: list[Sign], wanted: ir.Phase | None) -> Iterator[Sign]:
    yield from (one for one in shown if one.phase == wanted)
    yield from (one for one in shown if one.phase in ("queued", "running"))
    yield from shown


def _near(course: ir.Job) -> list[object]:
    if course.state.at == ir.HTTP_STATUS:
        # A status of failure that no document names is a refusal, not a state.
        return [status for status in (201, 203, 206, 226) if of_word(course, status) is None]
    near: list[object] = ["", "moderating", "Request Moderated", "done ", -1, 99]
    for word, _ in course.state.phases:
        if isinstance(word, str):
            near += [word.upper(), word.lower(), word.title(), f"{word} ", f"{word}ed", word[:-1]]
        elif isinstance(word, int):
            near += [str(word), word + 1000, -word - 1]
    return [one for one in near if of_word(course, one) is None]
