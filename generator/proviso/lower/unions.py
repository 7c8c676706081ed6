"""Unions: kinds of which a value has one, and how a reader tells which."""

from __future__ import annotations

from proviso import ir, kind_words
from proviso.lower.node import Node


def union(node: Node, arms: tuple[ir.Kind | None, ...]) -> ir.Kind:
    """Make a union of some kinds, None among them for null; complain where they cannot be told apart."""
    solid = [arm for arm in arms if isinstance(arm, ir.SolidKind) and not isinstance(arm, ir.Union)]
    if len(solid) < sum(arm is not None for arm in arms):
        message = 'null and the kinds of a union inside stand in this list themselves, null as {type: "null"}'
        node.complain(message, "union")
    elif len(solid) < 2:
        node.complain(
            'a union has two kinds or more; null beside one kind is written as type: [string, "null"]', "union"
        )
    objects = tuple(arm for arm in solid if isinstance(arm, ir.Object))
    others = tuple(arm for arm in solid if not isinstance(arm, ir.Object))
    together = _told_by_tag(node, objects) if len(objects) > 1 else objects[0] if objects else None
    _told_by_type(node, others)
    different = (*others, together) if together is not None else others
    if len(solid) < 2:
        return solid[0] if solid else ir.Flag()
    found = different[0] if len(different) == 1 else ir.Union(arms=different)
    return ir.Nullable(of=found) if None in arms else found


def _told_by_type(node: Node, arms: tuple[ir.SolidKind, ...]) -> None:
    seen: set[str] = set()
    for arm in arms:
        (named,) = kind_words.json_types(arm)
        # JSON has one kind of number.
        one = "number" if named == "integer" else named
        if one in seen:
            message = f"two of these are of the type {one}, so nobody can tell which one is meant"
            node.complain(message, "union")
        seen.add(one)


def _told_by_tag(node: Node, arms: tuple[ir.Object, ...]) -> ir.Union:
    for candidate in arms[0].members:
        found = [_fixed(arm, candidate.name) for arm in arms]
        if None not in found and len(set(found)) == len(found):
            return ir.Union(arms=arms, tag=candidate.name)
    node.complain(
        "two of these are objects, and no member tells which one is meant; give each a required member with a text of "
        "its own, such as kind: {type: string, const: text, required: true, description: ...}",
        "union",
    )
    return ir.Union(arms=arms, tag=arms[0].members[0].name if arms[0].members else "")


def _fixed(arm: ir.Object, name: str) -> str | None:
    for member in arm.members:
        if member.name == name and member.required and isinstance(member.kind, ir.Only):
            return member.kind.value if isinstance(member.kind.value, str) else None
    return None
