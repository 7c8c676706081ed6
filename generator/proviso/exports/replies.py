"""Responses: documented replies as examples, the shape that they share, and what a status means."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import TypeVar

from proviso import ir
from proviso.exports import facts, links
from proviso.exports.calls import Call, Use
from proviso.exports.names import distinct, slug
from proviso.exports.shapes import Mark, shape
from proviso.kind_schemas import Schema, given

Node = TypeVar("Node")

BYTES: Schema = {"type": "string", "format": "binary"}
"""Bytes, in the words that tools of OpenAPI 3.0 know too."""


def schema_name(call: Call, status: int) -> str:
    """Name the shape of the replies to a call with a status."""
    return f"{call.id}_reply_{status}"


def schemas(call: Call) -> dict[str, Schema]:
    """Describe the documented JSON replies to a call, by status."""
    found: dict[str, Schema] = {}
    for status in _statuses(call):
        shown = [reply.body for reply in _shown(call, status) if reply.body is not None]
        if shown:
            found[schema_name(call, status)] = {
                "description": "The shape of the documented replies; others may have more members, or fewer.",
                **shape(shown, _marks(call)),
            }
    return found


def header(one: ir.ReplyHeader) -> Schema:
    """Describe a header worth keeping."""
    described = one.meaning.replace("_", " ").capitalize()
    return {"description": f"{described}." if one.unit is None else f"{described}, in {one.unit}.", "schema": {}}


def responses(provider: ir.Provider, known: tuple[Call, ...], call: Call) -> dict[str, Schema]:
    """Describe every documented status of a call."""
    found = {str(status): _response(provider, known, call, status) for status in sorted(_statuses(call))}
    return found or {"default": {"description": "No reply is documented."}}


def _statuses(call: Call) -> set[int]:
    found = {reply.status for use in call.uses for reply in _of(use)}
    for use in call.uses:
        found |= {*use.operation.reads, *use.operation.expired}
        found |= {one.status for one in _meanings(use.model)}
    # Where a success is shown, nothing says that another status means success too.
    shown = {reply.status for use in call.uses for reply in _of(use) if 200 <= reply.status < 300}
    return found if not shown or shown & {200} else found - {200}


def _response(provider: ir.Provider, known: tuple[Call, ...], call: Call, status: int) -> Schema:
    replies = _shown(call, status)
    meanings = _distinct(one for use in call.uses for one in _meanings(use.model) if one.status == status)
    response: Schema = {"description": " ".join(_sentences(call, status, replies, meanings))}
    if 200 <= status < 300 and provider.reply_headers:
        response["headers"] = {
            one.header: {"$ref": f"#/components/headers/{one.meaning}"} for one in provider.reply_headers
        }
    if content := _content(call, status, replies):
        response["content"] = content
    if 200 <= status < 300 and (following := dict(links.links(known, call))):
        response["links"] = following
    if meanings:
        told = [facts.members(one, without=("status", "says")) for one in meanings]
        response["x-proviso-refusal"] = told[0] if len(told) == 1 else told
    return response


def _sentences(
    call: Call, status: int, replies: list[ir.ReplyWitness], meanings: list[ir.StatusMeaning]
) -> Iterator[str]:
    for one in meanings:
        yield f"Refused: {one.means.replace('-', ' ')}."
        if one.says is not None:
            yield one.says
    if any(status in use.operation.expired for use in call.uses):
        yield "The job is not known, or has expired."
    if replies:
        yield f"Documented: {', '.join(dict.fromkeys(one.name for one in replies))}."
    elif not meanings and not any(status in use.operation.expired for use in call.uses):
        yield "No such reply is shown by the documents."


def _content(call: Call, status: int, replies: list[ir.ReplyWitness]) -> Schema:
    content: Schema = {}
    for media_type in dict.fromkeys(one.media_type for one in replies):
        examples: Schema = {}
        for one in replies:
            if one.media_type == media_type and one.body is not None:
                examples[distinct(slug(one.name), examples)] = _example(one)
        reference = {"$ref": f"#/components/schemas/{schema_name(call, status)}"}
        content[media_type] = {"schema": reference, "examples": examples} if examples else {"schema": BYTES}
    if status == 200:
        for use in call.uses:
            if use.role == "immediate" and use.model.immediate is not None:
                for media_type in use.model.immediate.returns:
                    content.setdefault(media_type, {"schema": BYTES})
    return content


def _example(one: ir.ReplyWitness) -> Schema:
    said = facts.members(one, without=("name", "of", "status", "body", "media_type"))
    return {
        "summary": one.name,
        "value": facts.body(one.body),
        **{f"x-proviso-{name}": value for name, value in said.items()},
    }


def _shown(call: Call, status: int) -> list[ir.ReplyWitness]:
    return _distinct(one for use in call.uses for one in _of(use) if one.status == status)


def _distinct(nodes: Iterable[Node]) -> list[Node]:
    found: list[Node] = []
    for one in nodes:
        found += [] if one in found else [one]
    return found


def _of(use: Use) -> Iterator[ir.ReplyWitness]:
    return (one for one in use.model.replies if one.of == use.role)


def _meanings(model: ir.Model) -> tuple[ir.StatusMeaning, ...]:
    return () if isinstance(model.errors, ir.Unknown) else model.errors.statuses


def _marks(call: Call) -> list[Mark]:
    """Collect what is known of texts in the replies to a call: what they hold, and how results are written."""
    found: list[Mark] = []
    for use in call.uses:
        parts = (use.model.job, use.model.immediate, use.model.errors)
        found += [(path, {}) for path in sorted(set(_paths(parts)))]
        found += [(place.whole, _written(place)) for place in links.results(use)]
        if use.role == "resolve":
            found += [(place.resolve.at, {"format": "uri"}) for place in use.model.places if place.resolve is not None]
    return found


def _written(place: ir.ResultsAt) -> Schema:
    if set(place.forms) <= {"url", "data-uri"}:
        return {"format": "uri"}
    if place.forms == ("base64",):
        media_type = place.media_type.name if isinstance(place.media_type, ir.TypeIs) else None
        return {"contentEncoding": "base64", **given(contentMediaType=media_type)}
    return {}


def _paths(value: object) -> Iterator[str]:
    """Yield the reply paths that go on inside a text, wherever they stand."""
    match value:
        case str():
            if value.startswith("$") and " | json | " in value:
                yield value
        case tuple():
            for one in value:
                yield from _paths(one)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                yield from _paths(getattr(value, field.name))
        case _:
            pass
