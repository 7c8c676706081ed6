"""The JSON Schema (2020-12) of a model's wire body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, words

Schema = dict[str, object]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Written so that ECMA 262 and Python agree: `$` and `\s` differ between the two.
_BLANK = "[\\u0000-\\u0020\\u007f]"
_SCHEMES = {("https",): "^[Hh][Tt][Tt][Pp][Ss]://[^/?#]", ("http", "https"): "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]"}


def body(model: ir.Model) -> Schema:
    """Describe the body that goes over the wire, limits and rules included."""
    places = dict(_places(model.body, ()))
    rules = [_rule(rule, places) for rule in model.rules]
    return {
        "$schema": DIALECT,
        "title": model.title,
        "description": model.summary,
        **_object(model, model.body),
        **({"allOf": rules} if rules else {}),
    }


def kind_schema(kind: ir.Kind) -> Schema:
    """Describe the values of one kind."""
    match kind:
        case ir.Text(min_length=least, max_length=most):
            return {"type": "string", **_given(minLength=least, maxLength=most)}
        case ir.Choice(values=values):
            return {"type": "string" if isinstance(values[0], str) else "integer", "enum": list(values)}
        case ir.Url(schemes=schemes):
            return {"type": "string", "pattern": _SCHEMES[schemes], "not": {"pattern": _BLANK}}
        case ir.PixelSize():
            return {"type": "string", **_size(kind)}
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return {"type": "integer", **_given(minimum=least, maximum=most, multipleOf=multiple)}
        case ir.Number():
            bounds = {
                "minimum": kind.minimum,
                "maximum": kind.maximum,
                "exclusiveMinimum": kind.exclusive_minimum,
                "exclusiveMaximum": kind.exclusive_maximum,
            }
            return {"type": "number", **{key: words.number(one) for key, one in bounds.items() if one is not None}}
        case ir.Flag():
            return {"type": "boolean"}
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            return {
                "type": "array",
                "items": kind_schema(items),
                **_given(minItems=least, maxItems=most, uniqueItems=unique or None),
            }
        case _:
            assert_never(kind)


def _object(model: ir.Model, layout: ir.Members) -> Schema:
    properties: Schema = {}
    required: list[str] = []
    for name, member in layout.members:
        match member:
            case ir.Constant(value=value):
                properties[name] = {"const": words.plain(value)}
                required.append(name)
            case ir.Members():
                properties[name] = _object(model, member)
                required.append(name)
            case ir.Value(parameter=wanted):
                parameter = model.parameter(wanted)
                assert parameter is not None, wanted
                properties[name] = _parameter(parameter)
                if parameter.required:
                    required.append(name)
            case _:
                assert_never(member)
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _parameter(parameter: ir.Parameter) -> Schema:
    return {
        **kind_schema(parameter.kind),
        "description": parameter.description,
        **_given(default=_default(parameter), deprecated=parameter.deprecated is not None or None),
    }


def _default(parameter: ir.Parameter) -> object:
    return None if parameter.default is None else words.plain(parameter.default)


def _size(kind: ir.PixelSize) -> Schema:
    between = "".join(f"\\{one}" if one in "\\[]^-" else one for one in kind.separators)
    explicit: Schema = {
        "pattern": f"^[1-9][0-9]*[{between}][1-9][0-9]*$",
        "not": {"pattern": "\\n"},
    }
    return {"anyOf": [{"enum": list(kind.tiers)}, explicit]} if kind.tiers else explicit


def _rule(rule: ir.Rule, places: dict[str, tuple[str, ...]]) -> Schema:
    when = [_holds(one, places[one.parameter]) for one in rule.when]
    then = [_present(places[name]) for name in rule.parameters]
    return {
        "if": when[0] if len(when) == 1 else {"allOf": when},
        "then": then[0] if len(then) == 1 else {"allOf": then},
    }


def _holds(one: ir.Condition, place: tuple[str, ...]) -> Schema:
    value: Schema = (
        {"const": words.plain(one.values[0])}
        if len(one.values) == 1
        else {"enum": [words.plain(value) for value in one.values]}
    )
    for name in reversed(place):
        value = {"properties": {name: value}, **({} if one.by_default else {"required": [name]})}
    return value


def _present(place: tuple[str, ...]) -> Schema:
    *around, last = place
    value: Schema = {"required": [last]}
    for name in reversed(around):
        value = {"properties": {name: value}}
    return value


def _places(layout: ir.Members, at: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, member in layout.members:
        match member:
            case ir.Value(parameter=parameter):
                yield parameter, (*at, name)
            case ir.Members():
                yield from _places(member, (*at, name))
            case ir.Constant():
                pass
            case _:
                assert_never(member)


def _given(**keywords: object) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}
