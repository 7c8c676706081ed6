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


def _link(use: Use, call: Call, wanted: Use) -> Iterator[tuple[str, Schema]]:
    name, source = wanted.job_parameter, _source(use)
    if name is not None and source is not None:
        yield call.id, {"operationId": call.id, "parameters": {name: source}}


def _source(use: Use) -> str | None:
    """Say where the id of the job stands once a call is made."""
    if use.role == "submit":
        return None if use.model.job is None else expressions.body(use.model.job.id)
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
