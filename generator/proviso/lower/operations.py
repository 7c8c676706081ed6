"""HTTP calls: verb, path, and what is read of the reply."""

from __future__ import annotations

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node


def operation(node: Node, *, job: bool) -> ir.Operation:
    """Read one HTTP call."""
    reads, expired, reports = node.get("reads"), node.get("expired"), node.get("reports")
    return ir.Operation(
        call=texts.call(node["call"], job=job),
        reads=(200,) if reads is None else tuple(one.integer() for one in reads.each()),
        expired=() if expired is None else tuple(one.integer() for one in expired.each()),
        reports=() if reports is None else tuple((name, texts.path(one)) for name, one in reports.unordered()),
        place=node.key_place,
        call_place=node["call"].place,
    )
