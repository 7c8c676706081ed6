"""Read the state of a job out of a reply, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from proviso_runtime import errors, jsontext, matching, paths, protocol, refusals
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.target import Target

_BAD_ENDS = frozenset({"failed", "cancelled", "expired", "moderated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A reply about a job that could be read."""

    reply: Reply
    document: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reply tells of a job. state: the provider's word. phase: what it means; None when nobody documented it."""

    state: protocol.Scalar
    phase: protocol.Phase | None


def told(target: Target, job_id: str, seen: Seen) -> Told:
    """Return what the reply to a poll tells. Raises UnexpectedReply for one that tells nothing."""
    states = target.job.state
    if states.at == protocol.HTTP_STATUS:
        return _by_status(states, seen)
    found = refusals.look(states.at, seen.document, seen.reply, target=target, job_id=job_id)
    word = found[0] if found else None
    if not isinstance(word, list | dict):
        if (phase := _by_case(states, seen.document)) is not None:
            return Told(state=word, phase=phase)
        if word is None and states.absent is not None:
            return Told(state=word, phase=states.absent)
        if found:
            return Told(state=word, phase=_by_word(states, word))
    raise refusals.unexpected(seen.reply, f"the state of the job at {states.at}", target=target, job_id=job_id)


def repeated(target: Target, seen: Seen) -> Told:
    """Return what the final reply tells, where results stand apart. It need not tell anything."""
    states = target.job.state
    if states.at == protocol.HTTP_STATUS:
        return _by_status(states, seen)
    try:
        found = paths.find(states.at, seen.document)
    except jsontext.BrokenJson:
        found = []
    word = None if not found or isinstance(found[0], list | dict) else found[0]
    phase = _by_case(states, seen.document)
    return Told(state=word, phase=_by_word(states, word) if phase is None else phase)


def refused(target: Target, job_id: str, seen: Seen) -> errors.ProviderError | None:
    """Return the refusal that a reply about a job with a status of success is; None where it tells of the job.

    What says that the job ended without a result is that, whatever its envelope says, unless this is trouble
    that passes: a job that goes on must not be taken for a failed one, and paid again.
    Raises UnexpectedReply when the envelope is missing.
    """
    ended_badly = repeated(target, seen).phase in _BAD_ENDS
    try:
        inside = refusals.inside(seen.document, seen.reply, target=target, job_id=job_id)
    except errors.UnexpectedReply:
        if ended_badly:
            return None
        raise
    return None if inside is not None and ended_badly and not refusals.passes(inside) else inside


def _by_status(states: protocol.State, seen: Seen) -> Told:
    status = seen.reply.status
    return Told(state=status, phase=_by_case(states, seen.document) or _by_word(states, status))


def _by_case(states: protocol.State, document: Json) -> protocol.Phase | None:
    return next(
        (case.means for case in states.cases if matching.hold(case.when, document, ignore_case=states.ignore_case)),
        None,
    )


def _by_word(states: protocol.State, state: protocol.Scalar) -> protocol.Phase | None:
    return next(
        (phase for word, phase in states.phases.items() if matching.same(word, state, ignore_case=states.ignore_case)),
        None,
    )
