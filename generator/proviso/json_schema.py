"""The JSON Schema (2020-12) of a model's wire body."""

from __future__ import annotations

import itertools
from typing import assert_never

from proviso import ir, kind_schemas, layouts, rule_schemas, text_schemas, words
from proviso.condition_schemas import Places, holds

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def body(model: ir.Model) -> kind_schemas.Schema:
    """Describe the body that goes over the wire, limits and rules included."""
    unsaid = list(dict.fromkeys(rule_schemas.not_expressed(model)))
    described = _many(model, model.body) if isinstance(model.body, ir.Many) else _described(model)
    return {
        "$schema": DIALECT,
        "title": model.title,
        "description": model.summary,
        **described,
        **({"x-proviso-not-expressed": unsaid} if unsaid else {}),
    }


def _many(model: ir.Model, many: ir.Many) -> kind_schemas.Schema:
    each = _arm(model, ir.Arm(when=(), value="", told="", body=many.each))
    return {"type": "array", "items": each, "minItems": 1, "maxItems": many.most}


def _described(model: ir.Model) -> kind_schemas.Schema:
    described = [_arm(model, arm) for arm in layouts.arms(model.body)]
    return described[0] if len(described) == 1 else {"oneOf": described}


def _arm(model: ir.Model, arm: ir.Arm) -> kind_schemas.Schema:
    beside, spots = layouts.beside(model), layouts.spots(arm.body)
    fixed: dict[str, ir.Scalar | None] = {
        one.name: None for one in model.parameters if one.name not in spots and one.name not in beside
    }
    if isinstance(model.body, ir.Chosen) and model.body.parameter not in spots:
        fixed[model.body.parameter] = arm.value
    places = Places(spots=spots, fixed=fixed)
    chosen = holds(arm.when, places) if isinstance(model.body, ir.Chosen) else {}
    rules = [*([chosen] if chosen else []), *rule_schemas.rules(model, places)]
    return {**_layout(model, arm.body), **({"allOf": rules} if rules else {})}


def _layout(model: ir.Model, layout: ir.Layout) -> kind_schemas.Schema:
    match layout:
        case ir.Constant(value=value):
            return {"const": words.plain(value)}
        case ir.Value(parameter=wanted, as_json=True):
            return {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": kind_schemas.kind_schema(_wanted(model, wanted).kind),
                "description": _wanted(model, wanted).description,
            }
        case ir.Value(parameter=wanted):
            return kind_schemas.parameter(_wanted(model, wanted))
        case ir.Fresh():
            return {"type": "string", **text_schemas.UUID, "maxLength": 36}
        case ir.Members():
            return _object(model, layout)
        case ir.Items(items=items):
            return {
                "type": "array",
                "prefixItems": [_layout(model, item) for item in items],
                # As good as `items: false`, which some readers of schemas do not know.
                "minItems": len(items),
                "maxItems": len(items),
            }
        case ir.Numbered():
            raise AssertionError("described with its siblings")
        case _:
            assert_never(layout)


def _object(model: ir.Model, layout: ir.Members) -> kind_schemas.Schema:
    properties: kind_schemas.Schema = {}
    required: list[str] = []
    follows: dict[str, list[str]] = {}
    for name, member in layout.members:
        if isinstance(member, ir.Numbered):
            parameter = _wanted(model, member.parameter)
            names, least = _siblings(name, member, parameter)
            assert isinstance(parameter.kind, ir.Sequence)
            described = {**kind_schemas.kind_schema(parameter.kind.items), "description": parameter.description}
            properties |= dict.fromkeys(names, described)
            required += names[:least] if parameter.required else []
            follows[names[0]] = names[1:least]
            follows |= {name: [before] for before, name in itertools.pairwise(names)}
        else:
            properties[name] = _layout(model, member)
            if not isinstance(member, ir.Value) or _wanted(model, member.parameter).required:
                required.append(name)
    follows = {name: others for name, others in follows.items() if others}
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        **({"dependentRequired": follows} if follows else {}),
        "additionalProperties": False,
    }


def _siblings(template: str, member: ir.Numbered, parameter: ir.Parameter) -> tuple[list[str], int]:
    assert isinstance(parameter.kind, ir.Sequence)
    most = parameter.kind.max_items or 0
    names = [layouts.sibling(template, number) for number in range(member.start, member.start + most)]
    return names, parameter.kind.min_items or 0


def _wanted(model: ir.Model, name: str) -> ir.Parameter:
    parameter = model.parameter(name)
    assert parameter is not None, name
    return parameter
