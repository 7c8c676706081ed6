"""Facts of a spec as plain JSON, for the fields that a foreign language has no words for.

Every field of the representation comes along by its own name, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from proviso import formula_words, formulas, ir, kind_schemas, units, words

_FORMULAS = get_args(formulas.Formula)
# Members of a closed union say which of them they are.
_TAGGED = frozenset(
    member
    for alias in vars(ir).values()
    if isinstance(alias, types.UnionType)
    for member in get_args(alias)
    if dataclasses.is_dataclass(member)
)
# Kinds are said in JSON Schema, but for what it has no words for.
_KINDS = (*get_args(ir.SimpleKind), ir.Sequence, ir.Object, ir.Union, ir.Nullable)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def facts(value: object, *, without: tuple[str, ...] = ()) -> object:
    """Give a part of the representation as plain JSON.

    without: fields of the outermost node that stand elsewhere. Places and what is not said are left out.
    """
    match value:
        case ir.Unknown(why=why):
            return {"unknown": why}
        case ir.UnknownPrice(why=why, depends_on=depends):
            return {"unknown": why, **({"depends_on": list(depends)} if depends else {})}
        case ir.Reckoned(formula=formula):
            return formula_words.written(formula)
        case ir.PixelSize():
            return _node(value, without)
        case _ if isinstance(value, _KINDS):
            return kind_schemas.kind_schema(value)
        case units.Unit():
            return str(value)
        case Decimal():
            return words.number(value)
        case Mapping():
            return {str(name): facts(one) for name, one in value.items()}
        case tuple() | list():
            return _listed(value)
        case _ if isinstance(value, _FORMULAS):
            return formula_words.written(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _node(value, without)
        case _:
            return value


def members(value: object, *, without: tuple[str, ...] = ()) -> dict[str, object]:
    """Give a node of the representation as the members of an object."""
    found = facts(value, without=without)
    assert isinstance(found, dict), type(value)
    return found


def body(value: object) -> object:
    """Give a documented body as plain JSON; null is kept, and lists stay lists."""
    match value:
        case Mapping():
            return {str(name): body(one) for name, one in value.items()}
        case list() | tuple():
            return [body(one) for one in value]
        case _:
            return facts(value)


def is_said(value: object) -> bool:
    """Tell whether a field says anything."""
    return value is not None and value not in ((), {})


def _node(value: object, without: tuple[str, ...]) -> dict[str, object]:
    assert dataclasses.is_dataclass(value)
    tag = {"is": _HUMP.sub("-", type(value).__name__).lower()} if type(value) in _TAGGED else {}
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return tag | {
        name: facts(one)
        for name, one in fields.items()
        if name not in without and not name.endswith("place") and is_said(one)
    }


def _listed(value: tuple[object, ...] | list[object]) -> object:
    """Give pairs with different names as an object, everything else as a list."""
    pairs = [one for one in value if isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str)]
    named = {str(pair[0]): facts(pair[1]) for pair in pairs}
    if pairs and len(named) == len(value) and isinstance(value, tuple):
        return named
    return [facts(one) for one in value]
