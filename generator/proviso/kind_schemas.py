"""The JSON Schema of the values of a kind."""

from __future__ import annotations

from typing import assert_never

from proviso import ir, kind_words, text_schemas, words

Schema = dict[str, object]


def parameter(one: ir.Parameter) -> Schema:
    """Describe a parameter, or a member of one."""
    advised = None if one.advice is None else {**kind_schema(one.advice.kind), "because": one.advice.because}
    return {
        **kind_schema(one.kind),
        "description": one.description,
        **given(
            default=None if one.default is None else words.plain(one.default),
            deprecated=one.deprecated is not None or None,
        ),
        **({"x-proviso-advice": advised} if advised else {}),
    }


def kind_schema(kind: ir.Kind) -> Schema:
    """Describe the values of one kind."""
    match kind:
        case ir.Text(min_length=least, max_length=most, pattern=pattern):
            form = {} if pattern is None else text_schemas.pattern(pattern)
            return {"type": "string", **given(minLength=least, maxLength=most), **form}
        case ir.Choice(values=values):
            return {"type": kind_words.json_types(kind)[0], "enum": [words.plain(value) for value in values]}
        case ir.Only(value=value):
            return {"type": kind_words.json_types(kind)[0], "const": words.plain(value)}
        case ir.Url(min_length=least, max_length=most):
            return {"type": "string", **given(minLength=least, maxLength=most), **text_schemas.url(kind)}
        case ir.Formatted(min_length=least, max_length=most):
            return {"type": "string", **given(minLength=least, maxLength=most), **text_schemas.formatted(kind)}
        case ir.Mixed(arms=arms, min_length=least, max_length=most):
            return {
                "type": "string",
                **given(minLength=least, maxLength=most),
                "anyOf": [*map(text_schemas.form, arms)],
            }
        case ir.PixelSize():
            return {"type": "string", **text_schemas.size(kind)}
        case ir.UnitText():
            return {"type": "string", **text_schemas.quantity(kind)}
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return {"type": "integer", **given(minimum=least, maximum=most, multipleOf=multiple)}
        case ir.Number():
            return {"type": "number", **_number(kind)}
        case ir.Flag():
            return {"type": "boolean"}
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            return {
                "type": "array",
                "items": kind_schema(items),
                **given(minItems=least, maxItems=most, uniqueItems=unique or None),
            }
        case ir.Object(members=members):
            required = [one.name for one in members if one.required]
            return {
                "type": "object",
                "properties": {one.name: parameter(one) for one in members},
                **({"required": required} if required else {}),
                "additionalProperties": False,
            }
        case ir.Union(arms=arms):
            return {"anyOf": [kind_schema(arm) for arm in arms]}
        case ir.Nullable(of=inner):
            return _nullable(kind_schema(inner))
        case _:
            assert_never(kind)


def given(**keywords: object) -> Schema:
    """Keep the keywords that have a value."""
    return {name: value for name, value in keywords.items() if value is not None}


def _number(kind: ir.Number) -> Schema:
    bounds = {
        "minimum": kind.minimum,
        "maximum": kind.maximum,
        "exclusiveMinimum": kind.exclusive_minimum,
        "exclusiveMaximum": kind.exclusive_maximum,
        "multipleOf": kind.multiple_of,
    }
    return {key: words.number(one) for key, one in bounds.items() if one is not None}


def _nullable(schema: Schema) -> Schema:
    """Let null pass: where one type is named it is one of two, else null is one more way."""
    wanted, enum = schema.get("type"), schema.get("enum")
    # Limits of texts, numbers, lists and objects say nothing about null; a list of values has to name it.
    if not isinstance(wanted, str) or not schema.keys().isdisjoint(("const", "not", "anyOf")):
        return {"anyOf": [schema, {"type": "null"}]}
    more: Schema = {"enum": [*enum, None]} if isinstance(enum, list) else {}
    return {**schema, "type": [wanted, "null"], **more}
