"""Parameters of the spec language from simple schemas: the keywords that both have, and a remark for the others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso.drafting import marks
from proviso.drafting.parts import Part, is_number
from proviso.drafting.simple import Simple, simple
from proviso.yaml_text import Block, Tree

# By type, in the order in which specs write them.
_LIMITS: dict[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "boolean": (),
    "array": ("minItems", "maxItems", "uniqueItems"),
}
_ENUMS = ("string", "integer")
# What no spec needs: words for people, and what is read in another way.
_SILENT = frozenset({
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "xml", "type", "enum", "items", "properties", "required", "additionalProperties", "discriminator", "$comment",
})  # fmt: skip
_MOST_EXAMPLES = 5
_PROSE = 3


def parameter(name: str, schema: Part, *, required: bool, version: str) -> tuple[Block, list[str]]:
    """Describe a parameter; the remarks say what is left out.

    Args:
        name: its name.
        schema: what the document says about its values.
        required: whether it must be sent.
        version: the version of OpenAPI, 3.0 or 3.1.
    """
    read = simple(schema, version=version)
    block, remarks = _kind(read, version=version)
    if required:
        block.put("required", True)
    default = read.keywords.get("default")
    if isinstance(default, str | int | Decimal):
        block.put("default", default)
    elif default is not None:
        remarks.extend(marks.also([f"default {marks.shown(default)}"]))
    if examples := list(_examples(read)):
        block.put("examples", examples)
    if read.keywords.get("deprecated") is True:
        block.put("deprecated", "The document marks it as deprecated and gives no reason here.")
    block.put("description", f"The field {name}.")
    return block, remarks


def is_prose(text: str) -> bool:
    """Tell whether a text is a sentence, which is somebody's own, and not a word of the protocol."""
    return len(text.split()) >= _PROSE


def _kind(read: Simple, *, version: str) -> tuple[Block, list[str]]:
    block, left_out = Block(), list(read.also)
    kind = read.keywords.get("type")
    if read.nullable:
        left_out.append("null is allowed")
    if not isinstance(kind, str) or kind not in _LIMITS:
        what = f"the document says {marks.shown(kind)}" if kind is not None else "the document does not say"
        if read.arms:
            what = f"the document has {len(read.arms)} forms"
        block.put("type", marks.TODO)
        return block, [marks.todo(f"give the type; {what}"), *marks.also(left_out)]
    block.put("type", kind)
    values = read.keywords.get("enum")
    used: set[str] = set()
    if isinstance(values, list) and _fits(kind, values):
        block.put("enum", list(dict.fromkeys(values)))
    else:
        if values is not None:
            left_out.append(f"enum {marks.shown(values)}")
        used = {key for key, value in _limits(kind, read) if _put(block, key, value)}
    remarks: list[str] = []
    if kind == "array":
        items, remarks = _kind(simple(Part(read.keywords.get("items")), version=version), version=version)
        block.put("items", items)
    left_out += [
        f"{key} {marks.shown(value)}"
        for key, value in read.keywords.items()
        if key not in _SILENT and key not in used and not key.startswith("x-") and value is not False
    ]
    return block, [*remarks, *marks.also(left_out)]


def _put(block: Block, key: str, value: Tree) -> bool:
    block.put(key, value)
    return True


def _limits(kind: str, read: Simple) -> Iterator[tuple[str, Tree]]:
    for key in _LIMITS[kind]:
        value = read.keywords.get(key)
        if key == "uniqueItems":
            if value is True:
                yield key, True
        elif is_number(value):
            whole = value == int(value)
            if whole or kind == "number":
                yield key, int(value) if kind != "number" else value


def _fits(kind: str, values: list[object]) -> bool:
    if not values or kind not in _ENUMS:
        return False
    wanted = str if kind == "string" else int
    return all(isinstance(value, wanted) and not isinstance(value, bool) for value in values)


def _examples(read: Simple) -> Iterator[Tree]:
    listed = read.keywords.get("examples")
    given = [*(listed if isinstance(listed, list) else ()), read.keywords.get("example")]
    seen: list[tuple[type, object]] = []
    for value in given:
        if isinstance(value, str | int | Decimal) and (type(value), value) not in seen:
            seen.append((type(value), value))
            if len(seen) <= _MOST_EXAMPLES and not (isinstance(value, str) and is_prose(value)):
                yield value
