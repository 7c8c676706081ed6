"""Rate limits: how many calls in a time, how many jobs at once."""

from __future__ import annotations

from typing import get_args

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node

_COUNTED: tuple[ir.Counted, ...] = get_args(ir.Counted)


def rates(node: Node | None) -> tuple[ir.RateLimit, ...] | ir.Unknown:
    """Read the documented limits; none where the spec says nothing."""
    if node is None:
        return ()
    if (unknown := node.unknown()) is not None:
        return unknown
    return tuple(one for limit in node.each() if (one := _limit(limit)) is not None)


def _limit(node: Node) -> ir.RateLimit | None:
    given = [(of, node[of]) for of in _COUNTED if node.get(of) is not None]
    if len(given) != 1:
        message = "a limit is one of requests, submissions and jobs, such as {requests: 100, per: 1m} or {jobs: 5}"
        node.complain(message, "rate-limit")
        return None
    ((of, many),) = given
    per = node.get("per")
    if per is None and of != "jobs":
        node.complain(f"say in what time so many {of} are let in, such as per: 1m", "rate-limit")
        return None
    if per is not None and of == "jobs":
        per.complain("jobs are counted as long as they have not ended; leave `per` out", "rate-limit", at_key=True)
        return None
    if per is not None and not texts.seconds(per):
        per.complain("in no time nothing is let in; say per what, such as 1s", "rate-limit")
        return None
    least, most = _range(many)
    return ir.RateLimit(
        of=of,
        least=least,
        most=most,
        per=None if per is None else texts.seconds(per),
        says=node.optional_text("says"),
        assumed=node.optional_text("assumed"),
        sources=node.sources(),
        place=many.key_place,
    )


def _range(node: Node) -> tuple[int, int]:
    if isinstance(node.value, int):
        return node.value, node.value
    low, _, high = node.text().partition(" to ")
    if int(low) >= int(high):
        node.complain(f"the range {node.text()} does not rise", "range")
    return int(low), int(high)
