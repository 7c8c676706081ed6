"""Replies of a document: those that it prints, the statuses of refusals, and what fields the others have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from proviso.drafting import marks
from proviso.drafting.bodies import json_of
from proviso.drafting.fields import is_prose
from proviso.drafting.parts import Part
from proviso.drafting.simple import simple
from proviso.yaml_text import Block, Tree

# What HTTP itself says about a status, where the language has a word for it.
_MEANINGS = {
    "400": "invalid", "401": "unauthorized", "402": "out-of-credit", "403": "forbidden", "404": "not-found",
    "405": "method-not-allowed", "408": "timeout", "409": "conflict", "422": "invalid", "429": "rate-limited",
    "500": "server", "502": "server", "503": "unavailable", "504": "timeout",
}  # fmt: skip
_MEDIA = ("image/", "video/", "audio/")
_MOST_LEVELS = 5
_MOST_SHOWN = 12
_LONGEST_TEXT = 200
_LONGEST_NAME = 100
ANEW = "Some words of the provider, written anew."
ASSEMBLED = "Put together from the examples of single fields."
PROMPT = "a lighthouse on a rock in the early morning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A request that the document shows, or that was put together from what it shows of single fields."""

    name: str
    body: Tree
    assembled: bool


def statuses(replies: Part) -> tuple[Block, list[str]]:
    """Give the meanings of the statuses of refusals; the remarks name the statuses that have none.

    Args:
        replies: the responses of an operation, by status.
    """
    found, others = Block(), []
    for status in replies.names():
        if status in _MEANINGS:
            found.put(status, {"means": _MEANINGS[status]})
        elif not status.startswith(("1", "2", "3", "x-")):
            others.append(f"there is a reply for {marks.shown(status)}")
    return found, marks.also(others)


def media_types(replies: Part) -> list[str]:
    """List the media types of results that come as bytes."""
    return [
        kind.partition(";")[0].strip()
        for status, reply in replies.members()
        if status.startswith("2")
        for kind in reply["content"].names()
        if kind.startswith(_MEDIA) and "*" not in kind
    ]


def printed(replies: Part, operation: str, *, version: str) -> Iterator[Block]:
    """Give the replies that the document prints.

    Args:
        replies: the responses of an operation, by status.
        operation: submit, poll or immediate.
        version: the version of OpenAPI, 3.0 or 3.1.
    """
    for status, reply in replies.members():
        if not status.isdecimal():
            continue
        for name, body, assembled in _bodies(json_of(reply["content"]), version):
            anew = _written_anew(body, ANEW)
            block = Block()
            block.put("name", f"status {status}{f', {name}' if name else ''}")
            block.put("of", operation)
            block.put("status", int(status))
            reasons = [ASSEMBLED] if assembled else []
            if anew != body:
                reasons.append("Longer texts are written anew.")
            if reasons:
                block.put("assembled", " ".join(reasons))
            block.put("body", anew)
            yield block
        kinds = media_types(Part({status: reply.value})) if operation == "immediate" else []
        for kind in kinds:
            yield Block({"name": f"status {status}, {kind}", "of": operation, "status": int(status), "type": kind})


def fields_of(replies: Part, *, version: str) -> list[tuple[str, str, object]]:
    """List the fields in the JSON of successful replies: path, type or format, and the allowed values.

    Args:
        replies: the responses of an operation, by status.
        version: the version of OpenAPI, 3.0 or 3.1.
    """
    schemas = [json_of(reply["content"])["schema"] for status, reply in replies.members() if status.startswith("2")]
    return [found for schema in schemas for found in _fields("$", schema, version, 0)]


def refused_fields(replies: Part, *, version: str) -> list[str]:
    """List the paths of the texts in the JSON of refusals.

    Args:
        replies: the responses of an operation, by status.
        version: the version of OpenAPI, 3.0 or 3.1.
    """
    schemas = [
        json_of(reply["content"])["schema"] for status, reply in replies.members() if status.startswith(("4", "5", "d"))
    ]
    texts = [path for schema in schemas for path, kind, _ in _fields("$", schema, version, 0) if kind == "string"]
    return list(dict.fromkeys(texts))[:_MOST_SHOWN]


def examples(media: Part, *, version: str) -> Iterator[Example]:
    """Give the examples of a request, sentences written anew.

    Args:
        media: the media type object of the request's body.
        version: the version of OpenAPI, 3.0 or 3.1.
    """
    for name, body, assembled in _bodies(media, version):
        yield Example(name=name, body=_written_anew(body, PROMPT), assembled=assembled)


def _bodies(media: Part, version: str) -> Iterator[tuple[str, object, bool]]:
    if media.has("example"):
        yield "", media["example"].value, False
        return
    named = [(name, one["value"].value) for name, one in media["examples"].members() if one.has("value")]
    if named:
        yield from ((name, value, False) for name, value in named)
        return
    schema = media["schema"]
    listed = schema["examples"].value
    given = [schema["example"].value] if schema.has("example") else listed if isinstance(listed, list) else []
    for number, value in enumerate(given, 1):
        yield (f"example {number}" if len(given) > 1 else ""), value, False
    if not given and (found := _assembled(schema, version, 0)):
        yield "", found[0], True


def _assembled(schema: Part, version: str, level: int) -> list[object]:
    """Put a value together from the examples of fields: a list of one, or of none where an example is missing."""
    read = simple(schema, version=version)
    keywords = read.keywords
    listed = keywords.get("examples")
    if "example" in keywords:
        return [keywords["example"]]
    if isinstance(listed, list) and listed:
        return listed[:1]
    values = keywords.get("enum")
    if isinstance(values, list) and len(values) == 1:
        return values
    properties = Part(keywords.get("properties"))
    if read.arms or not properties or level > _MOST_LEVELS:
        return []
    required = Part(keywords.get("required")).texts()
    found: dict[str, object] = {}
    for name, one in properties.members():
        value = _assembled(one, version, level + 1)
        if value:
            found[name] = value[0]
        elif name in required:
            return []
    return [found] if found else []


def _fields(path: str, schema: Part, version: str, level: int) -> Iterator[tuple[str, str, object]]:
    if level > _MOST_LEVELS:
        return
    read = simple(schema, version=version)
    for arm in read.arms:
        yield from _fields(path, arm, version, level + 1)
    kind = read.keywords.get("type")
    properties = Part(read.keywords.get("properties"))
    if properties:
        for name, one in properties.members():
            yield from _fields(path + marks.step(name), one, version, level + 1)
    elif kind == "array":
        yield from _fields(f"{path}[*]", Part(read.keywords.get("items")), version, level + 1)
    elif isinstance(kind, str):
        form = read.keywords.get("format")
        yield path, form if isinstance(form, str) else kind, read.keywords.get("enum")


def _written_anew(value: object, anew: str) -> Tree:
    """Copy data; sentences and long texts are somebody's own, and are replaced."""
    match value:
        case dict():
            return {key[:_LONGEST_NAME]: _written_anew(one, anew) for key, one in value.items()}
        case list():
            return [_written_anew(one, anew) for one in value]
        case str():
            return anew if is_prose(value) or len(value) > _LONGEST_TEXT else value
        case bool() | int() | Decimal() | None:
            return value
        case _:
            return str(value)
