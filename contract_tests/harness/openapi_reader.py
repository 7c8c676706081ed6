"""A reader of OpenAPI documents, who tells whether a request that left is one that a document describes.

Written from the OpenAPI specification, apart from what exports the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from harness import json_schemas, sent_bodies
from harness.provider_mock import Sent
from proviso.oracle import contents

Document = dict[str, Any]
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")

_ANY = "application/octet-stream"
_USUAL = {
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Described:
    """The operation that a request is, and what stands in the places of its path."""

    operation: Document
    placed: Mapping[str, str]


class Reader:
    """A document that is read often."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._validators: dict[str, Draft202012Validator] = {}

    def complaints(self, sent: Sent) -> list[str]:
        """Say in what a request is not as the document describes it; nothing where it is."""
        found = list(_operations(self._document, sent))
        if len(found) != 1:
            return [f"{sent.verb} {sent.url} is {len(found)} operations of the document"]
        return list(_wrong(self._document, found[0], sent, self._validator))

    def _validator(self, schema: Document) -> Draft202012Validator:
        spelled = json.dumps(schema)
        if spelled not in self._validators:
            resource = DRAFT202012.create_resource({**self._document, "x-asked": schema})
            registry: Registry[Any] = Registry().with_resource("urn:document", resource)
            made = json_schemas.validator({"$ref": "urn:document#/x-asked"}, registry)
            self._validators[spelled] = made
        return self._validators[spelled]


Validators = Callable[[Document], Draft202012Validator]


def _operations(document: Document, sent: Sent) -> Iterator[Described]:
    """Find the operations at the address of a request; a path without placeholders goes before one with them."""
    addressed = urlsplit(sent.url)._replace(query="", fragment="").geturl()
    matching = [
        (len(names), operation, found)
        for path, item in document["paths"].items()
        for server in document["servers"]
        for names in [_PLACEHOLDER.findall(path)]
        if (operation := item.get(sent.verb.lower())) is not None
        and (found := re.fullmatch(_pattern(server["url"]) + _pattern(path, _with_slashes(operation)), addressed))
    ]
    least = min((number for number, _, _ in matching), default=0)
    for number, operation, found in matching:
        if number == least:
            yield Described(
                operation=operation, placed={name: unquote(text) for name, text in found.groupdict().items()}
            )


def _with_slashes(operation: Mapping[str, Any]) -> frozenset[str]:
    """Return the parameters of a path whose slashes part it, which OpenAPI itself cannot say."""
    asked = operation.get("parameters", [])
    return frozenset(one["name"] for one in asked if one["in"] == "path" and one.get("x-proviso-slashes"))


def _pattern(template: str, with_slashes: frozenset[str] = frozenset()) -> str:
    parts = _PLACEHOLDER.split(template)
    return "".join(
        f"(?P<{part}>{'[^?#]+' if part in with_slashes else '[^/?#]+'})" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    )


def _wrong(document: Document, described: Described, sent: Sent, validators: Validators) -> Iterator[str]:
    asked = described.operation.get("parameters", [])
    query = dict(parse_qsl(urlsplit(sent.url).query, keep_blank_values=True))
    given: dict[str, Mapping[str, str]] = {"path": described.placed, "query": query, "header": sent.headers}
    keys = {(place, name if place == "query" else name.lower()) for name, place in _secrets(document)}
    known = keys | {(one["in"], one["name"] if one["in"] == "query" else one["name"].lower()) for one in asked}
    yield from (f"no query parameter {name}" for name in query if ("query", name) not in known)
    yield from (f"no header {name}" for name in sent.headers.keys() - _USUAL if ("header", name) not in known)
    for one in asked:
        name = one["name"].lower() if one["in"] == "header" else one["name"]
        text = given[one["in"]].get(name)
        if text is None:
            yield from [f"{one['in']} parameter {name} is missing"] if one.get("required") else []
        elif not any(validators(one["schema"]).is_valid(value) for value in _readings(text)):
            yield f"{one['in']} parameter {name} does not allow {text!r}"
    yield from _wrong_body(described.operation.get("requestBody"), sent, validators)
    if not any(all(_shown(document, name, sent, query) for name in way) for way in document["security"]):
        yield "no key is shown in any of the documented ways"


def _wrong_body(asked: Document | None, sent: Sent, validators: Validators) -> Iterator[str]:
    if asked is None:
        yield from ["a body where none is described"] if sent.body else []
        return
    media_type = sent.headers.get("content-type", "").partition(";")[0]
    if media_type not in asked["content"]:
        yield f"no body of the type {media_type!r}"
    elif media_type == "application/json":
        validator = validators(asked["content"][media_type]["schema"])
        yield from (f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(sent.body)))
    elif media_type == "application/x-www-form-urlencoded":
        validator = validators(asked["content"][media_type]["schema"])
        pairs = dict(parse_qsl(sent.body.decode(), keep_blank_values=True))
        if not any(validator.is_valid(dict(zip(pairs, read, strict=True))) for read in _every_reading(pairs)):
            yield f"the form {pairs} is not as described"

    elif media_type == "multipart/form-data":
        yield from _wrong_parts(asked["content"][media_type], sent, validators)


def _wrong_parts(asked: Document, sent: Sent, validators: Validators) -> Iterator[str]:
    fields = sent_bodies.read(sent)
    assert isinstance(fields, dict)
    files = asked.get("encoding", {})
    for name, parts in fields.items():
        allowed = files.get(name, {}).get("contentType", "").split(", ")
        for part in parts:
            is_file = isinstance(part, contents.File)
            if is_file is not (name in files):
                yield f"the part {name} is {'a' if is_file else 'no'} file"
            elif is_file and part.media_type.partition(";")[0] not in allowed and _ANY not in allowed:
                yield f"the file {name} is of the type {part.media_type}"
    spelled = {name: ["a file" if name in files else part for part in parts] for name, parts in fields.items()}
    if not any(map(validators(asked["schema"]).is_valid, _every_form(spelled))):
        yield f"the form {spelled} is not as described"


def _every_form(fields: Mapping[str, list[str]]) -> Iterator[object]:
    """Yield the objects that a form may be: a field is a value, or a list of as many as there are parts."""
    choices = [
        [*(_readings(parts[0]) if len(parts) == 1 else ()), parts, [_readings(part)[-1] for part in parts]]
        for parts in fields.values()
    ]
    yield from (dict(zip(fields, chosen, strict=True)) for chosen in product(*choices))


def _secrets(document: Document) -> Iterator[tuple[str, str]]:
    for scheme in document["components"]["securitySchemes"].values():
        if scheme["type"] == "apiKey":
            yield scheme["name"], scheme["in"]


def _shown(document: Document, name: str, sent: Sent, query: Mapping[str, str]) -> bool:
    scheme = document["components"]["securitySchemes"][name]
    if scheme["type"] == "http":
        return sent.headers.get("authorization", "").lower().startswith(f"{scheme['scheme'].lower()} ")
    return scheme["name"].lower() in sent.headers if scheme["in"] == "header" else scheme["name"] in query


def _every_reading(pairs: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    yield from product(*(_readings(text) for text in pairs.values()))


def _readings(text: str) -> list[object]:
    """Read a text of a parameter as itself, and as the number or truth value that it may spell."""
    try:
        return [text, json.loads(text)]
    except ValueError:
        return [text]
