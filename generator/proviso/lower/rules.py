"""The rules between parameters: each says one thing about those that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

from proviso import ir
from proviso.diagnostics import Place
from proviso.lower import conditions, pixels, rule_limits, texts
from proviso.lower.node import Node

Declared = Mapping[str, ir.Parameter]
"""Parameters by the documents' own names."""

# Without a condition these hold for every request, and then there is a plainer word for them.
_ALWAYS = {
    "require": "what every request must send has `required: true`",
    "forbid": "what no request may send is left out of the parameters",
    "ignored": "what is never heeded is left out of the parameters, or has `deprecated`",
    "limit": "what holds for every request stands beside the parameter's type",
    "sets": "what has one value alone has an `enum` of that value",
}


class _Stated(TypedDict):
    when: tuple[ir.Condition, ...]
    advice: str | None
    sources: tuple[str, ...]
    place: Place


def rules(nodes: tuple[Node | None, ...], declared: tuple[ir.Parameter, ...]) -> tuple[ir.Rule, ...]:
    """Read the rules between parameters, the model's own before the shared ones."""
    by_wire = {one.wire: one for one in declared}
    found = (_rule(rule, by_wire) for node in nodes if node is not None for rule in node.each())
    return tuple(rule for rule in found if rule is not None)


def _rule(node: Node, declared: Declared) -> ir.Rule | None:
    said = [key for key in _READERS if node.get(key) is not None]
    if len(said) != 1:
        several = f"{' and '.join(said)} stand in one rule; write a rule for each"
        node.complain(several if said else f"a rule says one of {', '.join(_READERS)}", "rule")
        return None
    if said[0] in _ALWAYS and node.get("when") is None and node.get("unless") is None:
        message = f"{said[0]} without `when` or `unless` holds for every request; {_ALWAYS[said[0]]}"
        node[said[0]].complain(message, "rule", at_key=True)
    for bound in ("minimum", "maximum"):
        if said[0] not in ("sum", "product") and (misplaced := node.get(bound)) is not None:
            misplaced.complain(f"{bound} stands beside a sum or a product", "rule", at_key=True)
    before = len(node.complaints)
    rule = _READERS[said[0]](node, declared)
    # What is left of a rule of which parts mean nothing could mean anything.
    return rule if len(node.complaints) == before else None


def _stated(node: Node, declared: Declared) -> _Stated:
    return {
        "when": conditions.when(node, tuple(declared.values())),
        "advice": node.optional_text("advice"),
        "sources": node.sources(),
        "place": node.place,
    }


def _require(node: Node, declared: Declared) -> ir.Rule:
    return ir.Require(parameters=_names(node["require"], declared), **_stated(node, declared))


def _forbid(node: Node, declared: Declared) -> ir.Rule:
    return ir.Forbid(parameters=_names(node["forbid"], declared), **_stated(node, declared))


def _ignored(node: Node, declared: Declared) -> ir.Rule:
    return ir.Forbid(parameters=_names(node["ignored"], declared), ignored=True, **_stated(node, declared))


def _group(how: ir.Together) -> Callable[[Node, Declared], ir.Rule]:
    def read(node: Node, declared: Declared) -> ir.Rule:
        return ir.Group(how=how, parameters=_names(node[how], declared), **_stated(node, declared))

    return read


def _limit(node: Node, declared: Declared) -> ir.Rule:
    return ir.Limit(limits=rule_limits.limits(node["limit"], declared), **_stated(node, declared))


def _pixels(node: Node, declared: Declared) -> ir.Rule:
    sized = node["pixels"]
    return ir.Pixels(parameters=_sized(sized, declared), limits=pixels.limits(sized), **_stated(node, declared))


def _any_of(node: Node, declared: Declared) -> ir.Rule:
    return ir.AnyOf(options=tuple(_option(one, declared) for one in node["any_of"].each()), **_stated(node, declared))


def _option(node: Node, declared: Declared) -> ir.Limit | ir.Pixels:
    if (limit := node.get("limit")) is not None:
        return ir.Limit(limits=rule_limits.limits(limit, declared), place=node.place)
    sized = node["pixels"]
    return ir.Pixels(parameters=_sized(sized, declared), limits=pixels.limits(sized), place=node.place)


def _total(how: ir.Counting) -> Callable[[Node, Declared], ir.Rule]:
    def read(node: Node, declared: Declared) -> ir.Rule:
        for name in node[how].each():
            parameter = declared.get(name.text())
            if parameter is not None and not _is_counted(ir.bare(parameter.kind)):
                name.complain(f"a {how} counts integers and lists, and {parameter.name} is neither", "rule")
        least, most = node.get("minimum"), node.get("maximum")
        if least is None and most is None:
            node[how].complain(f"a {how} has a minimum or a maximum beside it", "rule", at_key=True)
        return ir.Total(
            how=how,
            parameters=_names(node[how], declared),
            minimum=None if least is None else least.integer(),
            maximum=None if most is None else most.integer(),
            **_stated(node, declared),
        )

    return read


def _equal_counts(node: Node, declared: Declared) -> ir.Rule:
    for name in node["equal_counts"].each():
        parameter = declared.get(name.text())
        if parameter is not None and not isinstance(ir.bare(parameter.kind), ir.Sequence):
            name.complain(f"the items of lists are counted, and {parameter.name} is no list", "rule")
    return ir.EqualCounts(parameters=_names(node["equal_counts"], declared), **_stated(node, declared))


def _sets(node: Node, declared: Declared) -> ir.Rule:
    values = tuple(
        (declared[name].name, member.scalar())
        for name, member in rule_limits.in_order(node["sets"], declared)
        if rule_limits.is_declared(member, name, declared)
    )
    return ir.Sets(values=values, **_stated(node, declared))


def _sized(node: Node, declared: Declared) -> tuple[str, ...]:
    names = _names(node["of"], declared)
    kinds = [one.kind for one in declared.values() if one.name in names]
    one_text = len(kinds) == 1 and isinstance(kinds[0], ir.PixelSize)
    two_integers = len(kinds) == 2 and all(map(_is_integer, kinds))
    if len(kinds) == len(node["of"].texts()) and not one_text and not two_integers:
        node["of"].complain(
            "pixels are those of two integers, or of one text that has a `size`, none of which can be null", "rule"
        )
    return names


def _is_counted(kind: ir.Kind) -> bool:
    return _is_integer(kind) or isinstance(kind, ir.Sequence)


def _is_integer(kind: ir.Kind) -> bool:
    return isinstance(kind, ir.Integer) or (isinstance(kind, ir.Choice) and isinstance(kind.values[0], int))


def _names(node: Node, declared: Declared) -> tuple[str, ...]:
    known = tuple(declared)
    return tuple(declared[one.text()].name for one in node.each() if texts.member(one, known, "parameter"))


_READERS: Mapping[str, Callable[[Node, Declared], ir.Rule]] = {
    "require": _require,
    "forbid": _forbid,
    "ignored": _ignored,
    "at_most_one": _group("at_most_one"),
    "exactly_one": _group("exactly_one"),
    "at_least_one": _group("at_least_one"),
    "all_or_none": _group("all_or_none"),
    "limit": _limit,
    "any_of": _any_of,
    "sum": _total("sum"),
    "product": _total("product"),
    "equal_counts": _equal_counts,
    "sets": _sets,
    "pixels": _pixels,
}
