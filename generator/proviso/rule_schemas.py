"""The JSON Schema of rules between parameters."""

from __future__ import annotations

from proviso import condition_schemas, ir, kind_schemas


def rule(rule: ir.Rule, places: condition_schemas.Places) -> kind_schemas.Schema:
    """Describe a rule; places: the way through the body to every parameter."""
    then = [condition_schemas.present(places[name]) for name in rule.parameters]
    return {
        "if": condition_schemas.holds(rule.when, places),
        "then": then[0] if len(then) == 1 else {"allOf": then},
    }
