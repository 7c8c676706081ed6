"""Words that other schema languages have for what this one says otherwise, and how it says it."""

from __future__ import annotations

KEYS = {
    "$ref": "write it out, or give it an anchor (&name) and repeat it (*name)",
    "additionalProperties": "an object has the members under properties and no others",
    "allOf": "write the limits beside each other",
    "contains": "no key says this; describe it",
    "dependentRequired": "under rules, write {when: {this: {given: true}}, require: [that]}",
    "example": "write examples: [...]",
    "if": "what depends on other parameters stands under rules, with when",
    "not": "what must not be sent stands under rules: forbid, at_most_one",
    "nullable": 'write type: [string, "null"], or whatever its type is',
    "oneOf": "write anyOf, with kinds that differ in type or in a const",
    "optional": "what is not required: true is optional",
    "title": "write description",
}
"""Keys of parameters and of values inside them."""

VALUES = {
    "type": {
        "bool": "write boolean",
        "date": "write {type: string, format: date-time}",
        "datetime": "write {type: string, format: date-time}",
        "dict": "write object",
        "enum": "write {type: string, enum: [...]}",
        "file": "write {type: string, format: binary}",
        "float": "write number",
        "int": "write integer",
        "list": "write array",
        "str": "write string",
    },
    "format": {
        "byte": "write base64",
        "float": "numbers have no format; write their limits",
        "int32": "numbers have no format; write minimum and maximum",
        "int64": "numbers have no format; write minimum and maximum",
        "uri": "write http-url, or https-url where only https is taken",
        "url": "write http-url, or https-url where only https is taken",
    },
}
"""Values of keys of parameters."""


def key(noun: str, written: str) -> str | None:
    """Say what to write in place of an unknown key of a mapping, if that is known. noun: what the mapping is."""
    return KEYS.get(written) if noun in ("a parameter", "a value") else None


def value(subject: str, written: str) -> str | None:
    """Say what to write in place of a value that a key cannot have, if that is known. subject: the key."""
    return VALUES.get(subject, {}).get(written)
