"""The JSON Schema of rules between parameters."""

from __future__ import annotations

from proviso import ir, kind_schemas, words


def rule(rule: ir.Rule, places: dict[str, tuple[str, ...]]) -> kind_schemas.Schema:
    """Describe a rule; places: the way through the body to every parameter."""
    when = [_holds(one, places[one.parameter]) for one in rule.when]
    then = [_present(places[name]) for name in rule.parameters]
    return {
        "if": when[0] if len(when) == 1 else {"allOf": when},
        "then": then[0] if len(then) == 1 else {"allOf": then},
    }


def _holds(one: ir.Condition, place: tuple[str, ...]) -> kind_schemas.Schema:
    value: kind_schemas.Schema = (
        {"const": words.plain(one.values[0])}
        if len(one.values) == 1
        else {"enum": [words.plain(value) for value in one.values]}
    )
    for name in reversed(place):
        value = {"properties": {name: value}, **({} if one.by_default else {"required": [name]})}
    return value


def _present(place: tuple[str, ...]) -> kind_schemas.Schema:
    *around, last = place
    value: kind_schemas.Schema = {"required": [last]}
    for name in reversed(around):
        value = {"properties": {name: value}}
    return value
