"""Lint of refusals: what they say stands in documented ones, and none of them is an answer as well."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_matches, reply_paths, words
from proviso.diagnostics import Diagnostic, quoted


def refusal(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check how a model's refusals are described."""
    yield from _answers(model)
    if isinstance(model.errors, ir.Unknown):
        return
    yield from _inside(model, model.errors)
    yield from _codes(provider, model, model.errors)
    if model.errors.details is not None:
        yield from _details(model, model.errors.details)


def _answers(model: ir.Model) -> Iterator[Diagnostic]:
    if (job := model.job) is None:
        return
    told = "" if job.id == ir.CHOSEN_ID else job.id
    answers = {"submit": ("the id of a job", told), "poll": ("the state of a job", job.state.at)}
    for reply in model.replies:
        what, path = answers.get(reply.of, ("", ""))
        if reply.refuses and path and any(value not in (None, "") for value in reply_paths.find(path, reply.body)):
            message = f"reply {reply.name!r} is a refusal, and carries {what} at {path}; one of the two is wrong"
            yield Diagnostic(reply.place, message, "refusal")


def _inside(model: ir.Model, errors: ir.Errors) -> Iterator[Diagnostic]:
    shown = [one for one in model.replies if one.status < 300 and reply_matches.hold(errors.in_success, one.body)]
    if errors.in_success and not shown:
        told = reply_matches.spoken(errors.in_success)
        message = f"no documented reply of success is a refusal, where {told}; add one under replies"
        yield Diagnostic(errors.place, message, "reply-path")


def _codes(provider: ir.Provider, model: ir.Model, errors: ir.Errors) -> Iterator[Diagnostic]:
    if not errors.codes:
        return
    if not errors.code and provider.envelope is None:
        yield Diagnostic(errors.place, "codes have a meaning, and `code` does not say where a code stands", "refusal")
    known = {one.code for one in errors.codes}
    for reply in model.replies:
        if errors.open is not None or not (reply.refuses or reply.status >= 400):
            continue
        told = (value for path in errors.code for value in reply_paths.find(path, reply.body))
        code = next((words.written(one) for one in told if isinstance(one, str | int)), None)
        if code is not None and code not in known:
            message = f"code {quoted(code)} of reply {reply.name!r} is not among codes; add it, or say why under `open`"
            yield Diagnostic(reply.place, message, "refusal")


def _details(model: ir.Model, details: ir.Details) -> Iterator[Diagnostic]:
    shown = [one.body for one in model.replies if one.refuses or one.status >= 400]
    entries = [entry for body in shown for entry in reply_paths.find(details.at, body)]
    if not entries and reply_paths.is_path(details.at):
        message = f"details {details.at} stands in no documented refusal; add one under replies"
        yield Diagnostic(details.place, message, "reply-path")
        return
    wanted = (("place", details.where), *(("message", one) for one in details.message))
    for what, path in (*wanted, *(("code", one) for one in details.code)):
        if path is not None and reply_paths.is_path(path) and not any(reply_paths.find(path, one) for one in entries):
            message = f"{what} {path} stands in no entry at {details.at} of a documented refusal"
            yield Diagnostic(details.place, message, "reply-path")
