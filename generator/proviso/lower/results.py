"""What comes out: at once, in the end, by callback, or not at all."""

from __future__ import annotations

from proviso import ir
from proviso.lower import operations, texts
from proviso.lower.node import Node


def immediate(node: Node | None) -> ir.Immediate | None:
    """Read the operation that answers at once."""
    if node is None:
        return None
    return ir.Immediate(
        operation=operations.operation(node, job=False),
        returns=node["returns"].texts(),
    )


def failure(node: Node | None) -> ir.Failure | ir.Unknown:
    """Read where a failed job says why."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about failed jobs.")
    if (unknown := node.unknown()) is not None:
        return unknown
    codes = node.get("codes")
    return ir.Failure(
        code=texts.paths(node.get("code")),
        message=texts.paths(node.get("message")),
        codes=() if codes is None else codes.texts(),
        open=node.optional_text("open"),
        place=node.key_place,
    )


def retention(node: Node | None) -> ir.Retention | ir.Unknown:
    """Read how long results are kept."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about the lifetime of results.")
    if (unknown := node.unknown()) is not None:
        return unknown
    return ir.Retention(
        seconds=texts.seconds(node["lasts"]),
        since="completion" if node["from"].text() == "completion" else "submission",
    )


def callback(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Callback | None:
    """Read the reply that the provider sends by itself."""
    if node is None:
        return None
    texts.member(node["parameter"], tuple(one.name for one in declared), "parameter")
    acknowledge, retries, signature = node.get("acknowledge"), node.get("retries"), node.get("signature")
    within = None if acknowledge is None else acknowledge.get("within")
    return ir.Callback(
        parameter=node["parameter"].text(),
        body=node["body"].unknown() or node["body"].text(),
        acknowledge=None if acknowledge is None else acknowledge["status"].integer(),
        within=None if within is None else texts.seconds(within),
        retries=None if retries is None else retries.integer(),
        signature=None if signature is None else signature.unknown(),
        says=node.optional_text("says"),
    )
