"""Lint of reply paths: what is read was seen in a documented reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from proviso import ir, reply_paths, reply_states
from proviso.diagnostics import Diagnostic, Place

Paths = Iterable[tuple[str, str]]
"""What a path is for, and the path."""


def reply_path(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every reply path resolves in a documented reply of its operation."""
    job = model.job
    if job is not None:
        told = [] if job.id == ir.CHOSEN_ID else [("id", job.id)]
        yield from _resolve(model, "submit", job.submit.place, (*told, *job.submit.reports), fail=False)
        state = [] if job.state.at == ir.HTTP_STATUS else [("state", job.state.at)]
        yield from _resolve(model, "poll", job.poll.place, (*state, *job.poll.reports), fail=None)
        if job.collect is not None:
            yield from _resolve(model, "collect", job.collect.place, job.collect.reports, fail=None)
        yield from _addresses(model, job)
        if isinstance(job.failure, ir.Failure):
            paths = [("failure", path) for path in (*job.failure.code, *job.failure.message)]
            yield from _resolve(model, ("poll", "collect"), job.failure.place, paths, fail=None)
    if (at_once := model.immediate) is not None:
        yield from _resolve(model, "immediate", at_once.place, at_once.operation.reports, fail=False)
    yield from _costs(model)
    yield from _numbers(model)
    if not isinstance(model.errors, ir.Unknown):
        paths = [("errors", path) for path in (*model.errors.message, *model.errors.code)]
        yield from _resolve(model, None, model.errors.place, paths, fail=True)
    if provider.envelope is not None:
        yield from _enveloped(provider.envelope, model)


def _resolve(
    model: ir.Model, operation: str | tuple[str, ...] | None, place: Place, paths: Paths, *, fail: bool | None
) -> Iterator[Diagnostic]:
    """fail: None for replies of any status, else only those that refuse (or those that do not)."""
    there = _there(model)
    wanted = (operation,) if isinstance(operation, str) else tuple(one for one in operation or there if there[one])
    replies = [
        reply
        for reply in model.replies
        if reply.of in wanted and reply.body is not None and fail in (None, _refuses(reply))
    ]
    shown = "any operation" if operation is None else " or ".join(wanted)
    for what, path in paths:
        found = [one for reply in replies if reply_paths.is_path(path) for one in reply_paths.find(path, reply.body)]
        if reply_paths.is_path(path) and not found:
            kind = "refusal" if fail else "reply"
            message = f"{what} {path} stands in no documented {kind} of {shown}; add one under replies"
            yield Diagnostic(place, message, "reply-path")
        elif (said := [one for one in found if one is not None]) and all(isinstance(one, list | dict) for one in said):
            kind = "list" if isinstance(said[0], list) else "mapping"
            message = (
                f"{what} {path} finds a {kind} in every documented reply of {shown}; lead on to a text or a number"
            )
            yield Diagnostic(place, message, "reply-path")


def _numbers(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what a reply is said to report is a number, if one in a text, wherever a documented reply has it."""
    job, at_once = model.job, model.immediate
    calls: list[tuple[str, ir.Operation | ir.Fetch | None]] = [("immediate", at_once.operation if at_once else None)]
    calls += [] if job is None else [("submit", job.submit), ("poll", job.poll), ("collect", job.collect)]
    for of, call in calls:
        if call is None:
            continue
        for name, path in call.reports:
            for reply in model.replies:
                found = reply_paths.find(path, reply.body) if reply.of == of and reply_paths.is_path(path) else []
                if any(not isinstance(one, list | dict) and not _is_number(one) for one in found):
                    message = f"reports are numbers, and {name} {path} is none in reply {reply.name!r}; leave it out"
                    yield Diagnostic(call.place, message, "reply-path")


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", value) is not None
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _refuses(reply: ir.ReplyWitness) -> bool:
    return reply.refuses or reply.status >= 400


def _addresses(model: ir.Model, job: ir.Job) -> Iterator[Diagnostic]:
    for call in filter(None, (job.poll, job.collect, job.cancel)):
        if call.address is not None:
            # Where a result is may be known only when it is ready.
            tells = ("submit", "poll") if call is job.collect else "submit"
            yield from _resolve(model, tells, call.place, (("address", call.address),), fail=False)


def _enveloped(envelope: ir.Envelope, model: ir.Model) -> Iterator[Diagnostic]:
    for reply in model.replies:
        if reply.body is None or _refuses(reply) or reply_states.ended_badly(model.job, reply):
            continue
        codes = reply_paths.find(envelope.at, reply.body)
        if reply_paths.is_path(envelope.at) and not any(ir.same(code, ok) for code in codes for ok in envelope.ok):
            message = f"reply {reply.name!r} does not carry the envelope's {envelope.at} as documented"
            yield Diagnostic(reply.place, message, "envelope")


def blanked(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a blanked value is there, blank, in its reply."""
    for reply in model.replies:
        for path in reply.blanked:
            if reply_paths.is_path(path) and not reply_paths.find(path, reply.body):
                yield Diagnostic(reply.place, f"blanked {path} is not in this reply", "reply-path")


def operation(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a documented reply belongs to an operation that the model has."""
    there = _there(model)
    for reply in model.replies:
        if not there.get(reply.of):
            yield Diagnostic(
                reply.place, f"reply {reply.name!r} is of {reply.of}, which the model has not", "operations"
            )


def _there(model: ir.Model) -> dict[str, bool]:
    return {
        "submit": model.job is not None,
        "poll": model.job is not None,
        "collect": model.job is not None and model.job.collect is not None,
        "cancel": model.job is not None and model.job.cancel is not None,
        "immediate": model.immediate is not None,
        "resolve": any(place.resolve is not None for place in model.places),
    }


def _costs(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what a request costs stands where a reply is said to tell it."""
    job, at_once = model.job, model.immediate
    calls: list[tuple[str, ir.Operation | ir.Fetch | None]] = [("immediate", at_once.operation if at_once else None)]
    calls += [] if job is None else [("submit", job.submit), ("poll", job.poll), ("collect", job.collect)]
    for name, call in calls:
        if call is not None and call.cost is not None:
            yield from _resolve(model, name, call.place, (("cost", call.cost.at),), fail=None)
