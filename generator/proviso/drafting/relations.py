"""Rules between parameters that a schema states: what must come together, and what holds when something else does."""

from __future__ import annotations

from collections.abc import Mapping

from proviso.drafting.parts import Part
from proviso.yaml_text import Tree

Rule = dict[str, Tree]
_SCALARS = str | int | bool


def of_arms(arms: list[Part], *, exclusive: bool) -> Rule | None:
    """Read forms that differ only in the one member that each must have: exactly one of them, or at least one.

    Args:
        arms: the forms.
        exclusive: whether exactly one form fits.
    """
    names = [one["required"].texts() for one in arms]
    if not only_ask(arms) or any(len(each) != 1 for each in names) or len(names) < 2:
        return None
    return {"exactly_one" if exclusive else "at_least_one": [name for (name,) in names]}


def only_ask(arms: list[Part]) -> bool:
    """Tell whether forms say nothing but which members must be there."""
    return all(one["required"] and set(one.names()) <= {"required", "type", "title", "description"} for one in arms)


def of_dependencies(value: Part) -> list[Rule]:
    """Read `dependentRequired`: when one member is given, others are."""
    return [
        {"when": {name: {"given": True}}, "require": list(others.texts())}
        for name, others in value.members()
        if others.texts()
    ]


def of_not(value: Part) -> Rule | None:
    """Read that two members exclude one another."""
    names = value["required"].texts()
    return {"at_most_one": list(names)} if set(value.names()) == {"required"} and len(names) == 2 else None


def of_condition(schema: Part, properties: Mapping[str, Part]) -> Rule | None:
    """Read `if` and `then`: when one member has a value, others must be there, or must not.

    Args:
        schema: what holds both.
        properties: all members, since a default decides whether a condition holds for what is left out.
    """
    when, then = schema["if"], schema["then"]
    named = list(when["properties"].names())
    if len(named) != 1 or not set(when.names()) <= {"properties", "required"} or schema.has("else"):
        return None
    name = named[0]
    value = when["properties"][name]
    values = [value["const"].value] if value.has("const") else [one.value for one in value["enum"].each()]
    default = properties[name]["default"].value if name in properties else None
    asks_for_presence = name in when["required"].texts()
    # In a spec a condition holds for the default of what is left out, and in a schema it holds for all that is.
    if not values or not all(isinstance(one, _SCALARS) for one in values) or asks_for_presence == (default in values):
        return None
    shown = [one for one in values if isinstance(one, _SCALARS)]
    condition: Tree = {name: shown[0] if len(shown) == 1 else shown}
    wanted, unwanted = then["required"].texts(), then["not"]["required"].texts()
    if set(then.names()) == {"required"} and wanted:
        return {"when": condition, "require": list(wanted)}
    if set(then.names()) == {"not"} and set(then["not"].names()) == {"required"} and len(unwanted) == 1:
        return {"when": condition, "forbid": list(unwanted)}
    return None


def names(rule: Rule) -> set[str]:
    """Name the parameters of a rule."""
    found: set[str] = set()
    for value in rule.values():
        if isinstance(value, Mapping | list):
            found.update(one for one in value if isinstance(one, str))
    return found
