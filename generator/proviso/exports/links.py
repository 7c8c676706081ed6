"""How the reply to one call leads to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proviso import ir
from proviso.exports import expressions, layouts
from proviso.exports.calls import Call, Role, Use, find
from proviso.kind_schemas import Schema

_FOLLOWING: dict[Role, tuple[Role, ...]] = {"submit": ("poll", "cancel"), "poll": ("collect",)}


def links(known: tuple[Call, ...], call: Call) -> Iterator[tuple[str, Schema]]:
    """Yield the links that a reply to a call gives rise to, by their names."""
    for use in call.uses:
        for role in _FOLLOWING.get(use.role, ()):
            following = find(known, use.model, role)
            if following is not None:
                yield from _link(use, *following)
        yield from _files(known, use)


def _files(known: tuple[Call, ...], use: Use) -> Iterator[tuple[str, Schema]]:
    """Yield the links from a final reply to the calls that say where the files of results are."""
    for place in results(use):
        wanted = None if place.resolve is None else place.resolve.operation
        for call in known:
            if any(one.model is use.model and one.operation is wanted for one in call.uses):
                source = expressions.first(place.whole)
                every = "" if expressions.body(place.whole) == source else " This is the first; each has its own."
                described = {"description": f"The file of a result.{every}"}
                yield call.id, {"operationId": call.id, "parameters": {"file": source}, **described}


def results(use: Use) -> tuple[ir.ResultsAt, ...]:
    """Give the places of results in the replies to a call."""
    if use.role == "immediate":
        return () if use.model.immediate is None else use.model.immediate.results
    job = use.model.job
    return () if job is None or use.role != ("poll" if job.collect is None else "collect") else job.results


def _link(use: Use, call: Call, wanted: Use) -> Iterator[tuple[str, Schema]]:
    name, source = wanted.job_parameter, _source(use)
    if name is not None and source is not None:
        yield call.id, {"operationId": call.id, "parameters": {name: source}}


def _source(use: Use) -> str | None:
    """Say where the id of the job stands once a call is made."""
    if use.role == "submit":
        return None if use.model.job is None else expressions.job_id(use.model, use.model.job)
    if (name := use.job_parameter) is not None:
        return f"$request.{'path' if name in use.placeholders else 'query'}.{name}"
    place = None if use.template_of_body is None else _place(use.template_of_body)
    return None if place is None else f"$request.body#{layouts.pointer(place)}"


def _place(template: ir.Template) -> layouts.Place | None:
    """Find where the id stands alone in a body."""
    match template:
        case "{id}":
            return ()
        case Mapping():
            members = list(template.items())
        case tuple():
            members = [(str(number), item) for number, item in enumerate(template)]
        case _:
            return None
    return next(((name, *place) for name, one in members if (place := _place(one)) is not None), None)
