"""How the reply to one call leads to the next."""

from __future__ import annotations

from collections.abc import Iterator

from proviso.exports import expressions
from proviso.exports.calls import Call, Role, Use, find
from proviso.kind_schemas import Schema

_FOLLOWING: dict[Role, tuple[Role, ...]] = {"submit": ("poll",), "poll": ("collect",)}


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
    name = use.job_parameter
    return None if name is None else f"$request.{'path' if name in use.placeholders else 'query'}.{name}"
