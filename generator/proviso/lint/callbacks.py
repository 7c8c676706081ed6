"""Lint of callbacks: they can be read, and their signatures protect what they carry."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_paths
from proviso.diagnostics import Diagnostic


def callback(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a callback that shows who sent it can be read."""
    one = model.callback
    if one is None:
        return
    if isinstance(one.body, str):
        yield from _read(model, one)
    if isinstance(one.signature, ir.SignedBody):
        yield from _signed(one.signature)


def _read(model: ir.Model, one: ir.Callback) -> Iterator[Diagnostic]:
    if model.job is None or (one.body == "collect" and model.job.collect is None):
        message = f"the callback is like the reply of {one.body}, which the model has not"
        yield Diagnostic(one.place, message, "callback")
    if one.proof is not None and one.id is None:
        message = "the callback does not say where the id of the job stands in it: add `id`, such as $.id"
        yield Diagnostic(one.place, message, "callback")
    if one.id is not None and reply_paths.is_path(one.id):
        shown = [reply.body for reply in model.replies if reply.of == one.body and not reply.refuses]
        if not any(reply_paths.find(one.id, body) for body in shown):
            message = f"id {one.id} of the callback stands in no documented reply of {one.body}"
            yield Diagnostic(one.place, message, "reply-path")
    if one.proof is not None and model.job is not None and model.job.state.at == ir.HTTP_STATUS:
        message = "the state of a job is the HTTP status of a reply, and a callback has none"
        yield Diagnostic(one.place, message, "callback")


def _signed(one: ir.SignedBody) -> Iterator[Diagnostic]:
    if one.part is not None and one.part == one.timestamp_part:
        yield Diagnostic(one.place, f"time and signature cannot both be the part {one.part}", "callback")
    if "{body}" not in one.signs:
        message = "the signature does not cover the body, so that anybody could change it: `signs` must hold {body}"
        yield Diagnostic(one.place, message, "callback")
    for part, header in (("timestamp", one.timestamp or one.timestamp_part), ("id", one.id)):
        if f"{{{part}}}" in one.signs and header is None:
            yield Diagnostic(one.place, f"`signs` holds {{{part}}}, and no header is named for it", "callback")
        elif f"{{{part}}}" not in one.signs and header is not None:
            message = f"the {part} is not signed, so that anybody could change it: `signs` must hold {{{part}}}"
            yield Diagnostic(one.place, message, "callback")
