"""The narrower limits that a rule gives parameters, in the words of the limits beside their types."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower.node import Node

_INTEGERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_TEXTS = ("minLength", "maxLength", "enum")
_LISTS = ("minItems", "maxItems")


def limits(node: Node, declared: Mapping[str, ir.Parameter]) -> tuple[tuple[str, ir.Kind], ...]:
    """Read limits by parameter."""
    found: list[tuple[str, ir.Kind]] = []
    for name, member in in_order(node, declared):
        if is_declared(member, name, declared) and (kind := _limited(member, name, declared[name].kind)) is not None:
            found.append((declared[name].name, kind))
    return tuple(found)


def in_order(node: Node, declared: Mapping[str, ir.Parameter]) -> list[tuple[str, Node]]:
    """List the members of a mapping by parameter in the order in which the parameters are declared."""
    order = list(declared)
    return sorted(node.items(), key=lambda one: order.index(one[0]) if one[0] in declared else len(order))


def is_declared(node: Node, name: str, declared: Mapping[str, ir.Parameter]) -> bool:
    """Tell whether the key of a node is a parameter; complain where it is none."""
    if name in declared:
        return True
    node.complain(f"parameter {name!r} is not declared{did_you_mean(name, declared)}", "reference", at_key=True)
    return False


def _limited(node: Node, name: str, kind: ir.Kind) -> ir.Kind | None:
    if isinstance(kind, ir.Nullable):
        narrowed = _limited(node, name, kind.of)
        return ir.Nullable(of=narrowed) if isinstance(narrowed, ir.SolidKind) else None
    match kind:
        case ir.Integer():
            return _integer(node, name)
        case ir.Choice(values=values) if isinstance(values[0], int):
            return _integer(node, name)
        case ir.Number() | ir.Choice(values=(Decimal(), *_)):
            _fits(node, name, (*_NUMBERS, "enum"))
            if (enum := node.get("enum")) is not None:
                numbers = [one for one in enum.each() if _is_number(one)]
                return ir.Choice(values=tuple(one.number() for one in numbers))
            least, most, above, below = (_number(node, key) for key in _NUMBERS)
            return ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below)
        case ir.Formatted(format="binary"):
            message = f"{name} is a file, whose limits hold for every request"
            node.complain(message, "keyword", at_key=True)
            return None
        case ir.Text() | ir.Choice() | ir.Url() | ir.Formatted() | ir.Mixed() | ir.PixelSize() | ir.UnitText():
            _fits(node, name, ("enum",) if isinstance(kind, ir.UnitText) else _TEXTS)
            if (enum := node.get("enum")) is not None:
                return ir.Choice(values=tuple(one.text() for one in _of(enum, str, "text")))
            return ir.Text(min_length=_count(node, "minLength"), max_length=_count(node, "maxLength"))
        case ir.Sequence(items=items):
            _fits(node, name, _LISTS)
            return ir.Sequence(items=items, min_items=_count(node, "minItems"), max_items=_count(node, "maxItems"))
        case ir.Flag():
            node.complain(f"{name} is true or false; say which with `sets: {{{name}: true}}`", "keyword", at_key=True)
            return None
        case ir.Only() | ir.Object() | ir.Union():
            node.complain(f"{name} has no limits that could be narrowed", "keyword", at_key=True)
            return None
        case _:
            assert_never(kind)


def _integer(node: Node, name: str) -> ir.Kind:
    _fits(node, name, _INTEGERS)
    if (enum := node.get("enum")) is not None:
        return ir.Choice(values=tuple(one.integer() for one in _of(enum, int, "integer")))
    least, most = _whole(node, "minimum", 0), _whole(node, "maximum", 0)
    above, below = _whole(node, "exclusiveMinimum", 1), _whole(node, "exclusiveMaximum", -1)
    return ir.Integer(
        # Of two lower bounds the greater holds, of two upper bounds the smaller.
        minimum=max((one for one in (least, above) if one is not None), default=None),
        maximum=min((one for one in (most, below) if one is not None), default=None),
        multiple_of=_count(node, "multipleOf"),
    )


def _fits(node: Node, name: str, allowed: tuple[str, ...]) -> None:
    for key, member in node.items():
        if key not in allowed:
            message = f"{key} does not fit the type of {name}; it can be {', '.join(allowed)}"
            member.complain(message, "keyword", at_key=True)
        elif key != "enum" and "enum" in node.mapping():
            message = f"enum says already which values are allowed; {key} adds nothing"
            member.complain(message, "keyword", at_key=True)


def _of(enum: Node, wanted: type, noun: str) -> list[Node]:
    right: list[Node] = []
    for one in enum.each():
        if isinstance(one.value, wanted) and not isinstance(one.value, bool):
            right.append(one)
        else:
            one.complain(f"{one.value} is no {noun}", "enum")
    return right


def _is_number(node: Node) -> bool:
    right = isinstance(node.value, int | Decimal) and not isinstance(node.value, bool)
    if not right:
        node.complain(f"{node.value} is no number", "enum")
    return right


def _count(node: Node, key: str) -> int | None:
    return None if (found := node.get(key)) is None else found.integer()


def _number(node: Node, key: str) -> Decimal | None:
    return None if (found := node.get(key)) is None else found.number()


def _whole(node: Node, key: str, shift: int) -> int | None:
    found = node.get(key)
    if found is None:
        return None
    if isinstance(found.value, int):
        return found.value + shift
    found.complain(f"{key} of an integer is an integer", "keyword")
    return None
