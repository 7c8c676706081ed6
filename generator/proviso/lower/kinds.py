"""Kinds of values: the limits that stand beside a type, and kinds that are made of others."""

from __future__ import annotations

from collections.abc import Callable

from proviso import ir
from proviso.lower import simple_kinds, unions
from proviso.lower.node import Node

DEEPEST = 4
"""How many objects may stand one inside the other."""

Members = Callable[[Node, int], tuple[ir.Parameter, ...]]
"""Reads the members of an object that stands inside so many others."""


def kind(node: Node, members: Members, *, objects: int = 0, lists: int = 0) -> ir.Kind:
    """Read the limits of a value.

    members: reads the members of an object, which are written as parameters are.
    objects, lists: how many objects, and lists of lists, it stands in.
    """
    arms = node.get("anyOf")
    if arms is not None:
        _alone(node)
        read = tuple(
            None if arm.value == {"type": "null"} else kind(arm, members, objects=objects, lists=lists)
            for arm in arms.each()
        )
        return unions.union(arms, read)
    wanted = [one for one in node["type"].texts() if one != "null"]
    if not wanted:
        node["type"].complain('null alone is no value; say what else it may be, such as type: [string, "null"]', "type")
        return ir.Flag()
    if len(wanted) > 1:
        node["type"].complain("of two types one is null; write anyOf: [...] for others", "type")
    solid = _solid(node, wanted[0], members, objects=objects, lists=lists)
    nullable = "null" in node["type"].texts()
    _null_is_listed(node, nullable=nullable)
    return ir.Nullable(of=solid) if nullable else solid


def _solid(node: Node, wanted: str, members: Members, *, objects: int, lists: int) -> ir.SolidKind:
    match wanted:
        case "array":
            if lists == 2:
                node.complain("lists of lists of lists have no place in the language", "keyword")
                return ir.Flag()
            items = kind(node["items"], members, objects=objects, lists=lists + 1)
            return counted(node, items)
        case "object":
            if objects == DEEPEST:
                node.complain(f"objects nest at most {DEEPEST} levels here", "keyword")
                return ir.Object(members=())
            return ir.Object(members=members(node["properties"], objects + 1))
        case _:
            return simple_kinds.simple(node, wanted)


def counted(node: Node, items: ir.Kind) -> ir.Sequence:
    """Read the limits of a list beside its items."""
    unique = node.get("uniqueItems")
    if unique is not None and not isinstance(ir.bare(items), ir.SimpleKind):
        unique.complain("uniqueItems is for lists of texts, numbers and truth values", "keyword", at_key=True)
    return ir.Sequence(
        items=items,
        min_items=simple_kinds.count(node, "minItems"),
        max_items=simple_kinds.count(node, "maxItems"),
        unique=unique is not None and unique.flag(),
    )


def advice(node: Node | None, kind: ir.Kind) -> ir.Advice | None:
    """Read the limits that are recommended for values of a kind."""
    if node is None:
        return None
    of = ir.bare(kind)
    wanted, fits = simple_kinds.advisable(of)
    for key, limit in node.items():
        if key not in ("because", *fits):
            allowed = f"; it can be {', '.join(fits)}" if fits else ""
            limit.complain(f"{key} is no advice for these values{allowed}", "advice", at_key=True)
            return None
    advised = counted(node, of.items) if isinstance(of, ir.Sequence) else simple_kinds.simple(node, wanted)
    return ir.Advice(kind=advised, because=node["because"].text())


def _alone(node: Node) -> None:
    for key in ("type", *simple_kinds.LIMITS, "items", "minItems", "maxItems", "uniqueItems", "properties"):
        if (beside := node.get(key)) is not None:
            beside.complain(f"{key} belongs to one of the kinds under anyOf", "keyword", at_key=True)


def _null_is_listed(node: Node, *, nullable: bool) -> None:
    for key in ("enum", "const"):
        listed = node.get(key)
        if listed is None:
            continue
        nulls = [one for one in listed.each() if one.value is None]
        if nulls and not nullable:
            nulls[0].complain('null is not of the type; write type: [string, "null"] beside it', "enum")
        elif nullable and not nulls:
            listed.complain("null is of the type and not in this list, so it could never pass; list it", "enum")
