"""What a model makes: its kind, how many of it, in which format, and whether it has the pixels that a request names."""

from __future__ import annotations

from proviso import ir
from proviso.lower import conditions, references, results
from proviso.lower.node import Node


def output(node: Node, declared: tuple[ir.Parameter, ...]) -> ir.Output:
    """Read what a model makes, and how many of it."""
    count, media_type = node["count"], node.get("type")
    most = count.get("at_most") if isinstance(count.value, dict) else None
    wanted = count if most is None else most
    return ir.Output(
        kind=results.output_kind(node["kind"]),
        count=references.parameter(wanted, declared) if isinstance(wanted.value, str) else wanted.integer(),
        at_most=most is not None,
        media_type=None if media_type is None else results.type_by(media_type, declared),
        pixels=_pixels(node.get("pixels"), declared),
    )


def _pixels(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Sized | ir.Unknown | None:
    if node is None or (unknown := node.unknown()) is not None:
        return None if node is None else unknown
    of = node.get("of")
    return ir.Sized(
        of=None if of is None else tuple(references.parameter(one, declared) for one in of.each()),
        when=conditions.when(node, declared),
        place=node.key_place,
    )
