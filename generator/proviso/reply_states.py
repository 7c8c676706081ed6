"""What a reply tells of a job: the provider's word, and the phase that it means."""

from __future__ import annotations

from dataclasses import replace

from proviso import ir, reply_matches, reply_paths


def word(state: ir.State, document: object, *, status: int = 200) -> object:
    """Return the provider's word for the state of the job; None where a reply has none."""
    if state.at == ir.HTTP_STATUS:
        return status
    return next(iter(reply_paths.find(state.at, document)), None)


def phase(state: ir.State, document: object, *, status: int = 200) -> ir.Phase | None:
    """Return what a reply means for the job; None where nobody documented it."""
    for case in state.cases:
        if reply_matches.hold(case.when, document, ignore_case=state.ignore_case):
            return case.means
    said = word(state, document, status=status)
    return state.absent if said is None else _by_word(state, said)


def ended_badly(job: ir.Job | None, reply: ir.ReplyWitness) -> bool:
    """Tell whether a reply says that its job ended without a result. It does so whatever its envelope says."""
    if job is None or reply.of not in ("poll", "collect"):
        return False
    state = replace(job.state, absent=None)
    return phase(state, reply.body, status=reply.status) in ("failed", "cancelled", "expired", "moderated")


def _by_word(state: ir.State, said: object) -> ir.Phase | None:
    return next(
        (means for one, means in state.phases if reply_matches.same(one, said, ignore_case=state.ignore_case)), None
    )
