"""Lint of states: documented replies have a phase, and every case can hold."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_matches, reply_paths, reply_states
from proviso.diagnostics import Diagnostic


def state(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every state that a documented reply shows has a phase, and that polls show one."""
    if (job := model.job) is None:
        return
    for reply in model.replies:
        if (
            reply.refuses
            or reply.of not in ("poll", "collect")
            or reply_states.phase(job.state, reply.body, status=reply.status) is not None
        ):
            continue
        read = reply.status < 300 or reply.status in job.poll.reads
        if (said := reply_states.word(job.state, reply.body, status=reply.status)) is not None and (
            read or job.state.at != ir.HTTP_STATUS
        ):
            yield Diagnostic(reply.place, f"state {said!r} of this reply has no phase", "state")
        elif reply.of == "poll" and read:
            message = f"this reply has no state at {job.state.at}; say under `absent` what that means"
            yield Diagnostic(reply.place, message, "state")


def at_once(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a documented reply to submit shows a job that is finished, where replies to submit may."""
    if (job := model.job) is None or not job.like_poll:
        return
    shown = [
        reply_states.phase(job.state, reply.body, status=reply.status)
        for reply in model.replies
        if reply.of == "submit"
    ]
    if "succeeded" not in shown:
        message = "submit is `like: poll`, and no documented reply to it shows a finished job; add one under replies"
        yield Diagnostic(job.submit.place, message, "state")


def case(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every case can hold, and that a documented reply shows it."""
    if (job := model.job) is None:
        return
    asked = ("poll", "collect", *(("submit",) if job.like_poll else ()))
    shown = [reply.body for reply in model.replies if reply.of in asked and reply.body is not None]
    counting = {_counting(job.state, body) for body in shown}
    for number, one in enumerate(job.state.cases):
        said = reply_matches.spoken(one.when)
        earlier = (
            at for at, other in enumerate(job.state.cases[:number]) if reply_matches.implied(other.when, one.when)
        )
        if (at := next(earlier, None)) is not None:
            message = f"it can never count: where {said}, item {at + 1} holds already"
            yield Diagnostic(one.place, message, "case")
            continue
        for match in one.when:
            if match.how == "absent" and not any(reply_paths.find(match.path, body) for body in shown):
                message = f"{match.path} stands in no documented reply at all; add one that shows it under replies"
                yield Diagnostic(match.place, message, "reply-path")
        if one.when and number not in counting:
            message = f"in no documented reply is it what counts: {said}; add one under replies"
            yield Diagnostic(one.place, message, "case")


def _counting(state: ir.State, body: object) -> int | None:
    """Return which case counts for a reply."""
    held = (reply_matches.hold(case.when, body, ignore_case=state.ignore_case) for case in state.cases)
    return next((at for at, one in enumerate(held) if one), None)
