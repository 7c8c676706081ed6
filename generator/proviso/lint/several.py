"""Lint of bodies that carry many requests: what comes back can be told apart, request by request."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, layouts, reply_paths
from proviso.diagnostics import Diagnostic


def many(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every one of many requests has all that it needs in its own object, and a job of its own."""
    if not isinstance(model.body, ir.Many):
        return
    for one in model.beside:
        if isinstance(one.value, ir.Value):
            message = f"{one.value.parameter} travels beside a body of many requests, and would be that of all of them"
            yield Diagnostic(one.place, message, "request")
        elif isinstance(one.value, ir.Fresh) and layouts.has_fresh(model.body):
            message = f"every request of the body has a {{uuid}} of its own, so {one.name} has none to repeat"
            yield Diagnostic(one.place, message, "request")
    if model.job is not None:
        yield from _job(model, model.job)
    elif model.immediate is not None:
        # Beside jobs it stands for an array of one, as everything that is about a single request.
        message = "an answer at once is that to one request, and `many` carries several; write a list of one: [{...}]"
        yield Diagnostic(model.body.place, message, "body")


def _job(model: ir.Model, job: ir.Job) -> Iterator[Diagnostic]:
    place = job.submit.place
    if job.id == ir.CHOSEN_ID and layouts.is_fresh(model) and not layouts.has_fresh(model.body):
        message = "each of many jobs has an id of its own, so the {uuid} stands in the objects of `many`"
        yield Diagnostic(place, message, "body")
    told = [] if job.id == ir.CHOSEN_ID else [("the id", job.id)]
    told += [] if job.submit.cost is None else [("the cost", job.submit.cost.at)]
    for what, path in told:
        if reply_paths.is_path(path) and _lists(path) != 1:
            message = f"{what} of each of many jobs is found by one [*], such as $.data[*].id, and not by {path}"
            yield Diagnostic(place, message, "body")
    for name, path in job.submit.reports:
        if reply_paths.is_path(path) and _lists(path) > 1:
            message = f"{name} is one number for all of many jobs, or one for each by one [*], and not {path}"
            yield Diagnostic(place, message, "body")
    if job.like_poll:
        message = "a reply to many requests tells of many jobs, and `like: poll` reads one; leave it out"
        yield Diagnostic(place, message, "body")
    polls = [one.body for one in model.replies if one.of == "poll"]
    for call in filter(None, (job.poll, job.collect, job.cancel)):
        at = call.address
        # That of a result may come with the poll, which is about one job.
        if at is not None and not (call is job.collect and any(reply_paths.find(at, body) for body in polls)):
            message = "a reply to many requests gives no address that is that of one job; write the call alone"
            yield Diagnostic(call.place, message, "body")


def _lists(path: str) -> int:
    return sum(step is None for leg in reply_paths.parse(path) for step in leg)
