"""How replies say no: envelope, headers worth keeping, and what statuses mean."""

from __future__ import annotations

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node


def envelope(node: Node | None) -> ir.Envelope | None:
    """Read the wrapper of the replies."""
    if node is None:
        return None
    message = node.get("message")
    return ir.Envelope(
        at=texts.path(node["at"]),
        ok=tuple(one.scalar() for one in node["ok"].each()),
        message=None if message is None else texts.path(message),
    )


def reply_headers(node: Node | None) -> tuple[ir.ReplyHeader, ...]:
    """Read the headers worth keeping."""
    found: list[ir.ReplyHeader] = []
    for meaning, member in () if node is None else node.unordered():
        found.append(ir.ReplyHeader(meaning=meaning, header=member["header"].text()))
    return tuple(found)


def errors(node: Node | None) -> ir.Errors | ir.Unknown:
    """Read how refusals look and what they mean."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about refusals.")
    if (unknown := node.unknown()) is not None:
        return unknown
    statuses, billed = node.get("statuses"), node.get("billed")
    stated: bool | ir.Unknown
    if billed is None:
        stated = ir.Unknown(why="The spec does not say whether a refusal is billed.")
    else:
        stated = billed.unknown() or billed.value is True
    return ir.Errors(
        message=texts.paths(node.get("message")),
        code=texts.paths(node.get("code")),
        statuses=() if statuses is None else tuple(_status(status, member) for status, member in statuses.unordered()),
        billed=stated,
        place=node.key_place,
    )


def _status(status: str, node: Node) -> ir.StatusMeaning:
    retry, billed = node.get("retry"), node.get("billed")
    return ir.StatusMeaning(
        status=int(status),
        means=node["means"].text(),
        says=node.optional_text("says"),
        retry=None if retry is None else retry.flag(),
        billed=None if billed is None else billed.flag(),
        sources=node.sources(),
    )
