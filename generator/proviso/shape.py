"""Documents held to the meta-schema: the only door to jsonschema, and plain complaints for its errors."""

from __future__ import annotations

import functools
import json
import operator
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import resources
from itertools import islice
from typing import Any, Protocol

from jsonschema import Draft7Validator, ValidationError, validators

from proviso import foreign_words
from proviso.diagnostics import Diagnostic, did_you_mean, in_order, nearest, quoted
from proviso.document import Document, Steps

_MOST_COMPLAINTS = 100
# Longer lists of what is possible, in characters, are not read; lists of keys are in the editor anyway.
_MOST_LISTED_KEYS = 80
_MOST_LISTED_VALUES = 200
_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "an integer",
    "boolean": "true or false",
}
_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "greater than",
    "exclusiveMaximum": "less than",
}
_COUNTS = {
    "minItems": ("at least", "item", "too-few"),
    "maxItems": ("at most", "item", "too-many"),
    "minProperties": ("at least", "key", "too-few"),
    "maxProperties": ("at most", "key", "too-many"),
}


def provider(document: Document) -> tuple[Diagnostic, ...]:
    """Hold a provider.yaml to its shape.

    Args:
        document: the file as it was loaded.
    """
    return _complaints("provider.schema.json", document)


def model(document: Document) -> tuple[Diagnostic, ...]:
    """Hold the file of a model to its shape.

    Args:
        document: the file as it was loaded.
    """
    return _complaints("model.schema.json", document)


_Errors = Iterator[ValidationError]
_Schema = bool | Mapping[str, object]


class _Validator(Protocol):
    def iter_errors(self, instance: object, /) -> Iterator[ValidationError]: ...
    def descend(self, instance: object, schema: _Schema, path: str | None = None) -> Iterator[ValidationError]: ...


def _complaints(schema: str, document: Document) -> tuple[Diagnostic, ...]:
    errors = _validator(schema).iter_errors(document.data)
    return in_order(_complaint(error, document) for error in islice(errors, _MOST_COMPLAINTS))


def _complaint(error: ValidationError, document: Document) -> Diagnostic:
    steps: Steps = tuple(error.absolute_path)
    place = document.place(*steps)
    subject = _subject(steps)
    value: object = error.instance
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    own_words = schema.get("errorMessage")
    way = list(error.absolute_schema_path)
    if "dependencies" in way:
        # A limit stands beside a type that has no such limit; the limit is what is wrong.
        limit = str(way[way.index("dependencies") + 1])
        return Diagnostic(document.key_place(*steps[:-1], limit), f"{quoted(limit)} {own_words}", "not-allowed")
    if "propertyNames" in way:
        place = document.key_place(*steps, str(value))
        if own_words is not None:
            return Diagnostic(place, f"{_shown(value)} {own_words}", "not-allowed")
        message = f"the key {_shown(value)} is not possible here; {schema['patternErrorMessage']}"
        return Diagnostic(place, message, "pattern")
    match error.validator:
        case "additionalProperties":
            instead = foreign_words.key(_noun(schema), error.message)
            advice = _advice(error.message, list(schema["properties"]), _MOST_LISTED_KEYS, instead)
            message = f"unknown key {quoted(error.message)} in {_noun(schema)}{advice}"
            if isinstance(value, dict) and value[error.message] is None and " " in error.message:
                message += "; where it is the rest of a text with a comma, put that text into quotes"
            return Diagnostic(document.key_place(*steps, error.message), message, "unknown-key")
        case "required":
            message = own_words or f"missing key {quoted(error.message)} in {_noun(schema)}"
            return Diagnostic(place, message, "missing-key")
        case "type":
            return Diagnostic(place, _wrong_type(subject, value, schema), "wrong-type")
        case "enum":
            instead = foreign_words.value(str(steps[-1]) if steps else "", str(value))
            advice = _advice(str(value), [_spelled(one) for one in schema["enum"]], _MOST_LISTED_VALUES, instead)
            return Diagnostic(place, f"{subject} cannot be {_shown(value)}{advice}", "not-allowed")
        case "pattern":
            message = f"{subject} cannot be {_shown(value)}; {schema['patternErrorMessage']}"
            return Diagnostic(place, message, "pattern")
        case "uniqueItems":
            return Diagnostic(place, f"{subject} repeats {_shown(value)}", "repeated")
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" as bound:
            message = f"{subject} must be {_BOUNDS[bound]} {error.validator_value}, not {_shown(value)}"
            return Diagnostic(place, message, "out-of-range")
        case "minItems" | "maxItems" | "minProperties" | "maxProperties" as bound:
            words, unit, rule = _COUNTS[bound]
            units = unit if error.validator_value == 1 else f"{unit}s"
            return Diagnostic(place, f"{subject} must have {words} {error.validator_value} {units}", rule)
        case _:
            # A keyword of the meta-schema for which words are still to be found; a test keeps this from happening.
            return Diagnostic(place, f"{subject} does not fit the keyword {error.validator}", "shape")


def _subject(steps: Steps) -> str:
    if not steps:
        return "the file"
    last = steps[-1]
    if isinstance(last, str):
        return quoted(last)
    around = next((step for step in reversed(steps) if isinstance(step, str)), None)
    return f"item {last + 1}" + ("" if around is None else f" of {quoted(around)}")


def _noun(schema: Mapping[str, object]) -> str:
    return str(schema.get("title", "this mapping"))


def _advice(word: str, allowed: list[str], most: int, instead: str | None) -> str:
    if instead is not None:
        return f"; {instead}"
    if nearest(word, allowed) is not None:
        return did_you_mean(word, allowed)
    listed = ", ".join(allowed)
    return f"; it can be {listed}" if len(listed) <= most else ""


def _wrong_type(subject: str, value: object, schema: Mapping[str, object]) -> str:
    kind = schema["type"]
    wanted = _KINDS.get(str(kind), "")
    wanted = wanted if kind == "object" else str(schema.get("title", wanted))
    if value is None:
        return f"{subject} has no value; it must be {wanted}"
    unquoted = kind == "string" and isinstance(value, int | Decimal)
    fits = unquoted and _ended(str(schema.get("pattern", ""))).search(str(value))
    return f"{subject} must be {wanted}, not {_shown(value)}{'; put quotes around it' if fits else ''}"


def _spelled(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _shown(value: object) -> str:
    match value:
        case str():
            return quoted(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return f"the number {quoted(str(value))[1:-1]}"


@functools.cache
def _validator(name: str) -> _Validator:
    # Numbers are exact here, and true is no number although Python counts it as one.
    kinds = Draft7Validator.TYPE_CHECKER.redefine_many(
        {
            "number": lambda _, value: isinstance(value, int | Decimal) and not isinstance(value, bool),
            "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
        }
    )
    keywords = {
        **Draft7Validator.VALIDATORS,
        "additionalProperties": _closed,
        "pattern": _pattern,
        "required": _required,
        "uniqueItems": _unique,
    }
    of_specs = validators.create(Draft7Validator.META_SCHEMA, validators=keywords, type_checker=kinds)
    return of_specs(_linked(_schema(name)))


def _linked(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put what references lead to in their places, once and not for every value.

    Parts may hold themselves, as values inside values do.
    """
    parts, done = _parts(), dict[str, dict[str, Any]]()

    def part(address: str) -> dict[str, Any]:
        if address not in done:
            done[address] = {}
            # Every part has a name of its own, whatever its file.
            _, _, first, *steps = address.split("/")
            done[address].update(follow(functools.reduce(operator.getitem, steps, parts[first])))
        return done[address]

    def follow(node: Any) -> Any:
        match node:
            case {"$ref": str(address)}:
                return part(address)
            case dict():
                return {key: follow(member) for key, member in node.items()}
            case list():
                return [follow(member) for member in node]
            case _:
                return node

    linked: Mapping[str, Any] = follow({key: member for key, member in schema.items() if key != "definitions"})
    return linked


@functools.cache
def _parts() -> dict[str, Any]:
    files = (resources.files("proviso") / "language").iterdir()
    return {name: part for file in files for name, part in _schema(file.name).get("definitions", {}).items()}


def _schema(name: str) -> Mapping[str, Any]:
    text = (resources.files("proviso") / "language" / name).read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


# Keywords that jsonschema answers with one error for several faults, in no fixed order, or in Python's own way.


def _closed(validator: _Validator, allowed: _Schema, value: object, schema: Mapping[str, object]) -> _Errors:
    if not isinstance(value, dict):
        return
    known = schema.get("properties")
    for key, member in value.items():
        if isinstance(known, dict) and key in known:
            continue
        if allowed is False:
            yield ValidationError(key)
        else:
            yield from validator.descend(member, allowed, path=key)


def _required(_: object, keys: list[str], value: object, __: object) -> _Errors:
    if isinstance(value, dict):
        yield from (ValidationError(key) for key in keys if key not in value)


def _pattern(_: object, pattern: str, value: object, __: object) -> _Errors:
    if isinstance(value, str) and _ended(pattern).search(value) is None:
        yield ValidationError(pattern)


@functools.cache
def _ended(pattern: str) -> re.Pattern[str]:
    # A dollar sign ends a text in JSON Schema; in Python it would let a line break pass.
    return re.compile(re.sub(r"(?<!\\)\$\Z", r"\\Z", pattern))


def _unique(_: object, __: object, value: object, ___: object) -> _Errors:
    # jsonschema compares every item with every other where it cannot sort them, and does not say which one repeats.
    seen: set[tuple[bool, str | int | Decimal]] = set()
    for index, item in enumerate(value) if isinstance(value, list) else ():
        if isinstance(item, str | int | Decimal):
            key = (isinstance(item, bool), item)
            if key in seen:
                yield ValidationError("repeated", path=[index], instance=item)
            seen.add(key)
