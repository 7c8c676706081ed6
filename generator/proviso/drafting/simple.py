"""Schemas of OpenAPI 3.0 and 3.1 made simple: one level of plain keywords, whichever way the document wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field

from proviso.drafting import marks, relations
from proviso.drafting.parts import Part
from proviso.drafting.references import RECURSIVE

# What explains a value and does not limit it.
_ANNOTATIONS = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"}
)


@dataclass(slots=True, kw_only=True)
class Simple:
    """A schema without allOf, nullable or arms that only say null.

    `keywords` hold data as in the document; `arms` the forms between which a value may choose; `rules` what holds between
    members, and `conditions` the schemas that say so with `if`; `also` what could not be made simple.
    """

    keywords: dict[str, object] = field(default_factory=dict)
    nullable: bool = False
    arms: list[Part] = field(default_factory=list)
    rules: list[relations.Rule] = field(default_factory=list)
    conditions: list[Part] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


def simple(schema: Part, *, version: str) -> Simple:
    """Make a schema simple.

    Args:
        schema: the schema, with its references written out.
        version: 3.0 or 3.1.
    """
    found = Simple()
    _gather(schema, found, version)
    _null(found, version)
    _constants(found)
    return found


def _gather(schema: Part, found: Simple, version: str) -> None:
    for key, value in schema.members():
        match key:
            case "allOf":
                for inner in value.each():
                    _gather(inner, found, version)
            case "anyOf" | "oneOf":
                _choose(key, value, found, version)
            case "dependentRequired":
                found.rules.extend(relations.of_dependencies(value))
            case "not" if (rule := relations.of_not(value)) is not None:
                found.rules.append(rule)
            case "if":
                found.conditions.append(schema)
            case "then" | "else" if schema.has("if"):
                pass
            case _ if key == RECURSIVE:
                found.also.append("it holds itself")
            case _:
                _join(key, value.value, found)


def _choose(key: str, value: Part, found: Simple, version: str) -> None:
    arms = [arm for arm in value.each() if arm["type"].value != "null"]
    if len(arms) < len(list(value.each())):
        found.nullable = True
    if len(arms) == 1:
        _gather(arms[0], found, version)
    elif (rule := relations.of_arms(arms, exclusive=key == "oneOf")) is not None:
        found.rules.append(rule)
    elif found.arms or relations.only_ask(arms):
        found.also.append(f"{'a second ' if found.arms else ''}{key} {marks.shown(value.value)}")
    else:
        found.arms = arms


def _join(key: str, value: object, found: Simple) -> None:
    there = found.keywords
    if key not in there or key in _ANNOTATIONS:
        # What stands beside a reference explains this use of what it refers to.
        there.setdefault(key, value)
        return
    match there[key], value:
        case dict() as old, dict() as new if key == "properties":
            there[key] = {
                **old,
                **{name: {"allOf": [old[name], one]} if name in old else one for name, one in new.items()},
            }
        case list() as old, list() as new if key == "required":
            there[key] = [*old, *(name for name in new if name not in old)]
        case old, new if old != new:
            found.also.append(f"a second {key}")
        case _:
            pass


def _null(found: Simple, version: str) -> None:
    keywords = found.keywords
    if version == "3.0":
        found.nullable |= keywords.pop("nullable", None) is True
        for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            # Of OpenAPI 3.0: whether the bound itself is allowed.
            if isinstance(keywords.get(exclusive), bool) and keywords.pop(exclusive) and bound in keywords:
                keywords[exclusive] = keywords.pop(bound)
    match keywords.get("type"):
        case list() as types:
            named = [one for one in types if one != "null"]
            found.nullable |= len(named) < len(types)
            if len(named) == 1:
                keywords["type"] = named[0]
            elif named and not found.arms:
                del keywords["type"]
                found.arms = [Part({"type": one}) for one in named]
            elif not named:
                keywords["type"] = "null"
        case _:
            pass
    match keywords.get("enum"):
        case list() as values if None in values:
            found.nullable = True
            keywords["enum"] = [one for one in values if one is not None]
        case _:
            pass


def _constants(found: Simple) -> None:
    keywords = found.keywords
    if "const" in keywords and "enum" not in keywords:
        keywords["enum"] = [keywords.pop("const")]
    single = [_only_value(arm) for arm in found.arms]
    if found.arms and "enum" not in keywords and all(single):
        keywords["enum"] = [value for values in single for value in values]
        found.arms = []
    values = keywords.get("enum")
    if "type" not in keywords and isinstance(values, list):
        kinds = {_type(value) for value in values}
        if len(kinds) == 1:
            keywords["type"] = kinds.pop()


def _only_value(arm: Part) -> list[object]:
    """Give the value of an arm that allows just this one."""
    if arm.has("const"):
        return [arm["const"].value]
    values = arm["enum"].value
    return values if isinstance(values, list) and len(values) == 1 else []


def _type(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case str():
            return "string"
        case None:
            return "null"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "number"
