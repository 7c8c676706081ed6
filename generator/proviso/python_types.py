"""Kinds of values as types of Python, as a type checker reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from proviso import ir

_LARGEST = 2**63 - 1


def _unnamed(_: ir.Object) -> str:
    return "dict[str, object]"


def python_type(kind: ir.Kind, name_of: Callable[[ir.Object], str] = _unnamed) -> str:
    """Spell the type of a value as a type checker reads it.

    name_of: the name of the TypedDict of an object; by default any object will do.
    """
    match kind:
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed() | ir.PixelSize() | ir.UnitText():
            return "str"
        case ir.Choice(values=values):
            if is_literal(kind):
                return _literal(values)
            return "int" if isinstance(values[0], int) else "float"
        case ir.Only(value=value):
            return _literal((value,)) if is_literal(kind) else "int" if isinstance(value, int) else "float"
        case ir.Integer():
            return "int"
        case ir.Number():
            return "float"
        case ir.Flag():
            return "bool"
        case ir.Sequence(items=items):
            return f"list[{python_type(items, name_of)}]"
        case ir.Nullable(of=inner):
            return f"{python_type(inner, name_of)} | None"
        case ir.Object():
            return name_of(kind)
        case ir.Union(arms=arms):
            spelled = {python_type(arm, name_of): arm for arm in arms}
            several = [value for arm in spelled.values() if is_literal(arm) for value in _values(arm)]
            # Several literals are one, and stand where the first would.
            return " | ".join(dict.fromkeys(_literal(several) if is_literal(spelled[one]) else one for one in spelled))
        case _:
            assert_never(kind)


def _literal(values: Iterable[ir.Scalar]) -> str:
    return f"Literal[{', '.join(map(repr, values))}]"


def _values(kind: ir.Kind) -> tuple[ir.Scalar, ...]:
    """Give the few values of a kind, where they are few."""
    match kind:
        case ir.Choice(values=values):
            return values
        case ir.Only(value=value):
            return (value,)
        case _:
            return ()


def is_literal(kind: ir.Kind) -> bool:
    """Tell whether every allowed value can stand in a Literal: mypy reads no integer beyond 64 bits there."""
    match kind:
        case ir.Choice(values=values):
            return all(map(_is_literal, values))
        case ir.Only(value=value):
            return _is_literal(value)
        case _:
            return False


def _is_literal(value: ir.Scalar) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and -_LARGEST <= value <= _LARGEST)
