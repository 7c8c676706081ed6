"""Which JSON types the values of a kind have, and of which a value is."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir


def type_names(kind: ir.Kind) -> tuple[str, ...]:
    """Return the JSON types of a kind's values."""
    match kind:
        case ir.Sequence():
            return ("array",)
        case ir.Object():
            return ("object",)
        case ir.Nullable(of=inner):
            return (*type_names(inner), "null")
        case ir.Union(arms=arms):
            return tuple(dict.fromkeys(name for arm in arms for name in type_names(arm)))
        case ir.Choice(values=(value, *_)) | ir.Only(value=value):
            return (_type_of(value),)
        case ir.Integer():
            return ("integer",)
        case ir.Number():
            return ("number",)
        case ir.Flag():
            return ("boolean",)
        case _:
            return ("string",)


def _type_of(value: ir.Scalar) -> str:
    names = {bool: "boolean", int: "integer", Decimal: "number", str: "string"}
    return names[type(value)]


def is_of(wanted: str, value: object) -> bool:
    """Say whether a value is of a JSON type."""
    match value:
        case None:
            return wanted == "null"
        case bool():
            return wanted == "boolean"
        case int():
            return wanted in ("integer", "number")
        case float():
            return wanted == "number" or (wanted == "integer" and value.is_integer())
        case str():
            return wanted == "string"
        case list():
            return wanted == "array"
        case dict():
            return wanted == "object"
        case _:
            return False
